"""Places on pages that somebody writes, filled by the plugin and by `handbook pages` alike."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.cli import run
from handbook.site import home
from handbook.site.page import Here
from tests.changes.repositories import Repository
from tests.site import past, small
from tests.site.test_plugin import CONFIG

EXTENSIONS = "admonition, attr_list, def_list, tables, toc, pymdownx.superfences, pymdownx.tasklist"
HOME = """\
# Home

<!-- handbook: news -->

<!-- handbook: launches -->

<!-- handbook: health -->

<!-- handbook: nonsense -->

```html
<!-- handbook: launches -->
```
"""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = past.repository(tmp_path / "handbook")
    made.commit("Write a home", {"docs/index.md": HOME, "mkdocs.yml": CONFIG})
    return made


def test_places_are_filled_and_all_else_stays_as_it_was_written(repository: Repository) -> None:
    text = past.made(repository.root)["index.md"].text
    assert text.startswith("# Home\n\n[Since v2026.10.1](changes/unreleased.md): ")
    assert "[Go/no-go decision](processes/go-no-go.md): " in text
    assert "| 26\u00a0Jan\u00a02027 | [Dashboards](launches/dashboards.md) | " in text
    assert "On 2 November 2026, 1 of 5 reviews are in date" in text
    assert "[More on the health of this handbook](health/index.md)." in text
    assert text.endswith("<!-- handbook: nonsense -->\n\n```html\n<!-- handbook: launches -->\n```\n")


def test_the_plugin_and_the_command_make_the_same_pages_and_both_build(repository: Repository) -> None:
    root, environment = (
        repository.root,
        os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    def build(*options: str) -> None:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", *options]
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    build()
    assert run(["pages", "--root", str(root), "--out", str(root / "build/pages")]) == 0
    lines = "INHERIT: ../mkdocs.yml\ndocs_dir: pages\nsite_dir: site\nplugins: [search]\nnav: null\n"
    lines += f"markdown_extensions: [{EXTENSIONS}, handbook.site.boxes]\n"
    (root / "build/plain.yml").write_text(lines, encoding="utf-8")
    build("--config-file", "build/plain.yml")
    for path in (
        "changes/feed.xml",
        "changes/for/analyst.json",
        "launches/launches.ics",
        "launches/board.svg",
    ):
        assert (root / "site" / path).read_bytes() == (root / "build/site" / path).read_bytes()
    for path in ("index.html", "changes/index.html", "processes/go-no-go.html", "health/index.html"):
        ours, plain = (
            (folder / path).read_text(encoding="utf-8") for folder in (root / "site", root / "build/site")
        )
        assert article(ours) == article(plain)
    page = (root / "site/changes/index.html").read_text(encoding="utf-8")
    assert (
        '<link rel="alternate feed" type="application/atom+xml" href="feed.xml">'
        in page.partition("</head>")[0]
    )
    edit = "https://git.example.com/small/edit/main/docs/index.md"
    assert edit in (root / "site/index.html").read_text(encoding="utf-8")


def article(page: str) -> str:
    """The text of a page without the ways to change it and the imprint: only the plugin knows the source of a page."""
    inside = page.partition("<article")[2].partition("</article>")[0]
    return re.sub(r'<p class="(?:feedback|imprint)".*?</p>', "", inside[inside.index("<h1") :]).rstrip()


def test_a_handbook_without_a_past_has_places_that_lead_on() -> None:
    from handbook import check
    from handbook.sources import literal

    sources = literal({path: text for path, text in small.FILES.items() if "/launches/plans/" not in path})
    handbook = check.load(sources, check.read_settings(sources)[0]).handbook
    here = Here(handbook=handbook, settings=check.read_settings(sources)[0], path="index.md")
    text = home.filled(here, "<!-- handbook: news -->\n<!-- handbook: launches -->\n")
    assert text == (
        "[What changed](changes/index.md)\nNo launch is planned.\n\n[All launches on one time line](launches/board.md).\n"
    )
