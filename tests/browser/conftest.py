"""The site in a real browser: it is built once, served on this machine, and watched for what it asks for and complains of."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import npm
from tests.browser import served


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository, built anew: once, also where tests run in two processes."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # the folder of the run; each process has its own in it
    site = folder / "site"
    with (folder / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.exists():
            served.built(Path(__file__).parent.parent.parent, folder / "site.part").rename(site)
    return site


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address under which the site is served, on this machine only."""
    with served.at(site) as address:
        yield address


@pytest.fixture(scope="session")
def axe() -> str:
    """The program axe-core."""
    home = npm.required("axe", ("axe-core@4.14.1",), "nobody notices when a page shuts people out")
    return (home / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """An empty page. At its end, nothing may have gone to another host or into the console as an error."""
    with served.opened(browser, address, viewport={"width": 1280, "height": 900}) as page:
        yield page


@pytest.fixture(scope="session")
def nothing_to_find(site: Path) -> str:
    """The index of the search, with its settings and no text."""
    index = json.loads((site / served.INDEX).read_text(encoding="utf-8"))
    return json.dumps({**index, "docs": []})


@pytest.fixture
def reading(page: Page, nothing_to_find: str) -> Page:
    """The same, for who reads and does not search: each page that opens would have the whole handbook read for its search."""
    page.context.route(
        f"**/{served.INDEX}",
        lambda route: route.fulfill(body=nothing_to_find, content_type="application/json"),
    )
    return page
