"""Pages of the site as Lighthouse sees them on a phone: quick, and with nothing to say against them otherwise."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import npm
from tests.browser import served
from tests.conftest import BROWSERS

pytestmark = pytest.mark.browser

PAGES = ("", "processes/pricing-change/", "guides/first-day/")
#: what does not depend on the machine, and so has to be all there
WHOLE = ("accessibility", "best-practices", "seo")
QUICK = 95  #: the score of a page that opens quickly on a slow phone
_TRIES = 3  #: how often the speed is measured at most: other work on this machine only ever slows a page down


@pytest.fixture(scope="module")
def packed(site: Path) -> Iterator[str]:
    """The address of the site, served in packed form as hosts on the web do."""
    with served.at(site, packed=True) as address:
        yield address


def measured(categories: tuple[str, ...], *addresses: str) -> dict[str, Any]:
    """Return for each address the scores from 0 to 100, and what lost points."""
    home = npm.required("lighthouse", ("lighthouse@12.8.2",), "nobody notices when the site gets slow")
    chrome = next(filter(None, map(shutil.which, BROWSERS)), "")
    script = Path(__file__).with_name("lighthouse.cjs")
    done = subprocess.run(
        ["node", str(script), str(home), chrome, ",".join(categories), *addresses],
        env={**os.environ, "DO_NOT_TRACK": "1"}, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.mark.usefixtures("browser")
def test_lighthouse_has_nothing_to_say_against_a_page_on_a_phone(packed: str) -> None:
    addresses = [packed + path for path in PAGES]
    found = measured((*WHOLE, "performance"), *addresses)
    for address, page in found.items():
        assert {name: page["scores"][name] for name in WHOLE} == dict.fromkeys(WHOLE, 100), (address, page)
    assert list(found) == addresses
    slow = {address: page for address, page in found.items() if page["scores"]["performance"] < QUICK}
    for _ in range(_TRIES - 1):
        if slow:
            again = measured(("performance",), *slow)
            slow = {address: page for address, page in again.items() if page["scores"]["performance"] < QUICK}
    assert slow == {}
