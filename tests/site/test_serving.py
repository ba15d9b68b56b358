"""Builds that follow each other in one process, as in `mkdocs serve`: quick, and always the site that a first build makes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.building import CONFIG, handbook, write

pytest.importorskip("material", reason="the site is an extra: pip install process-handbook[site]")

ADDRESS = "http://127.0.0.1:8000/"
GO = "processes/release/go-no-go.yaml"
NARROW = '{% extends "base.html" %}{% block announce %}Look: {{ page.title }}{% endblock %}\n'
WIDE = '{% extends "base.html" %}{% block announce %}{{ pages | length }}{% endblock %}\n'


class Server:
    """Builds a handbook again and again, without listening to anybody."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.begun = False

    def build(self, to: str = "served", *, first: bool = False) -> dict[str, bytes]:
        """Build, and return the files of the site. The first build of a process knows nothing of others."""
        from mkdocs.commands.build import build
        from mkdocs.config import load_config

        config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.root.parent / to))
        if first or not self.begun:
            config.plugins.on_startup(command="serve", dirty=False)
            self.begun = True
        config.site_url = ADDRESS
        build(config, serve_url=ADDRESS)
        folder = self.root.parent / to
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    def fresh(self) -> dict[str, bytes]:
        """Return the site that a process makes which has just begun, in another folder. Its cache has tests of its own."""
        return self.build("fresh", first=True)

    def looks(self) -> dict[str, int]:
        """When each file of the site was written."""
        folder = self.root.parent / "served"
        return {
            path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
            for path in folder.rglob("*")
            if path.is_file()
        }

    def replace(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        write(self.root, {path: text.replace(old, new, 1)})

    def override(self, template: str) -> None:
        """Give the theme a template of one's own."""
        write(self.root, {"own/main.html": template})
        if "custom_dir" not in (self.root / "mkdocs.yml").read_text():
            self.replace("mkdocs.yml", "  name: material\n", "  name: material\n  custom_dir: own\n")


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(handbook(tmp_path / "small"))


EDITS: dict[str, Callable[[Server], None]] = {
    "nothing": lambda server: None,
    "a summary": lambda server: server.replace(GO, "summary: ", "summary: Now edited. "),
    "a title that others show": lambda server: server.replace(GO, "Go/no-go decision", "Go or no go"),
    "a new record": lambda server: write(
        server.root, {GO.replace("go-no-go", "second-look"): (server.root / GO).read_text(encoding="utf-8")}
    ),
    "a record that is gone": lambda server: (server.root / GO).unlink(),
    "a word of the glossary": lambda server: server.replace(
        "processes/catalog/terms.yaml", "title: ", "title: A "
    ),
    "a page by hand": lambda server: server.replace("docs/guides/one.md", "## Second", "## Third"),
    "a title by hand": lambda server: server.replace("docs/guides/one.md", "# One", "# Another one"),
    "a page by hand that is gone": lambda server: (server.root / "docs/guides/more/four.md").unlink(),
    "a page by hand in the place of ours": lambda server: write(
        server.root, {"docs/processes/go-no-go.md": "# By hand\n"}
    ),
    "a file beside the pages": lambda server: write(server.root, {"docs/picture.svg": "<svg/>\n"}),
    "the settings of the handbook": lambda server: write(
        server.root, {"handbook.toml": 'title = "Other"\nfeedback = "mailto:team@example.com"\n'}
    ),
    "the settings of the site": lambda server: server.replace("mkdocs.yml", "Small", "Large"),
    "the navigation": lambda server: server.replace("mkdocs.yml", "  - Alone: alone.md\n", ""),
    "a template": lambda server: server.override(NARROW),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_a_later_build_gives_the_same_site_as_a_first_one(
    server: Server, edit: Callable[[Server], None]
) -> None:
    server.build()
    edit(server)
    later = server.build()
    first = server.fresh()
    assert later.keys() == first.keys()
    assert [path for path in first if later[path] != first[path]] == []


@pytest.mark.parametrize("template", [NARROW, WIDE], ids=["of one page", "that looks at others"])
def test_a_template_that_changes_shows(server: Server, template: str) -> None:
    server.override(template)
    server.build()
    server.override(template.replace("{{", "Now {{"))
    write(server.root, {"docs/guides/new.md": "# New\n"})
    later = server.build()
    assert all(b"Now " in html for path, html in later.items() if path.endswith("/index.html"))
    assert later == server.fresh()


def test_a_template_that_looks_at_other_pages_shows_them_as_they_are(server: Server) -> None:
    server.override(WIDE)
    before = server.build()
    write(server.root, {"docs/guides/new.md": "# New\n"})
    after = server.build()
    assert before["alone/index.html"] != after["alone/index.html"]
    assert after == server.fresh()


def test_an_edit_writes_the_pages_that_it_changes_and_no_others(server: Server) -> None:
    server.build()
    before = server.looks()
    server.replace(GO, "summary: ", "summary: Now edited. ")
    server.build()
    written = {path for path, time in server.looks().items() if time != before.get(path)}
    assert {"processes/go-no-go/index.html", "processes/index.html"} <= written
    assert not {"guides/one/index.html", "roles/index.html", "assets/handbook.js"} & written
    assert len(written) < len(before) / 4


def test_a_file_that_somebody_removed_from_the_site_is_written_again(server: Server) -> None:
    before = server.build()
    (server.root.parent / "served/alone/index.html").unlink()
    assert server.build() == before


def test_after_a_build_that_failed_everything_is_written(server: Server) -> None:
    from mkdocs.exceptions import Abort, BuildError

    server.build()
    (server.root / "docs/alone.md").write_bytes(b"\xff\xfe# No text \xff\n")
    with pytest.raises((Abort, BuildError, ValueError)):
        server.build()
    write(server.root, {"docs/alone.md": "# Alone\n\nMended.\n"})
    before = server.looks()
    after = server.build()
    assert all(time != before[path] for path, time in server.looks().items() if path in before)
    assert after == server.fresh()


def test_with_another_plugin_every_page_is_written(server: Server) -> None:
    write(server.root, {"mkdocs.yml": CONFIG.replace("[search, handbook]", "[search, tags, handbook]")})
    server.build()
    before = server.looks()
    server.build()
    assert server.looks()["alone/index.html"] != before["alone/index.html"]
