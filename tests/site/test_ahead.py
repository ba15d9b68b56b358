"""Builds in several processes: the site is the same to the byte, and what has to be said is said once."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.site.building import CONFIG, handbook, write

pytest.importorskip("material", reason="the site is an extra: pip install process-handbook[site]")

if not hasattr(os, "fork"):
    pytest.skip("this system copies no processes", allow_module_level=True)

from handbook import several
from handbook.site import ahead, indexing

pytestmark = pytest.mark.filterwarnings(
    "ignore:This process:DeprecationWarning"
)  # other tests may have left threads

FIRST = ahead._FIRST
UNKNOWN = "reference/rules/broken-include.md"  #: shows the sign of a page that includes another, so it is never kept


class _Today(date):
    @classmethod
    def today(cls) -> date:  # type: ignore[override]
        return date(2026, 10, 5)


class Builder:
    """Builds the small handbook, with as many processes as a test says."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.patch = patch
        self.here: list[str] = []  #: pages that were rendered in this process
        self.read: list[str] = []  #: pages that were read for the search in this process
        self.said: list[str] = []

    def build(self, processes: int) -> dict[str, bytes]:
        """Build from nothing and return the files of the site; the sitemap counts days and is left out."""
        for found in (self.here, self.read, self.said):
            found.clear()
        (self.root / ".cache/handbook/site.sqlite").unlink(missing_ok=True)
        self.patch.setattr(ahead, "processors", lambda: processes)
        self.again()
        folder = self.root / "site"
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.startswith("sitemap")
        }

    def again(self) -> None:
        """Build with what the last build has kept."""
        from mkdocs.commands.build import build
        from mkdocs.config import load_config

        config = load_config(str(self.root / "mkdocs.yml"))
        config.plugins.on_startup(
            command="build", dirty=False
        )  # MkDocs has the plugins of builds before it in a process
        build(config)


@pytest.fixture
def builder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Builder]:
    from mkdocs.structure.pages import Page

    builder = Builder(tmp_path / "small", monkeypatch)
    handbook(builder.root, CONFIG.replace("  - handbook\n", "  - handbook\n  - material/search\n"))
    render, sections = Page.render, indexing.sections

    def counted(page: Page, config: object, files: object) -> None:
        if page.file.src_uri != UNKNOWN:
            builder.here.append(page.file.src_uri)
        render(page, config, files)  # type: ignore[arg-type]

    def taken_apart(source: str) -> Any:
        builder.read.append(source)
        return sections(source)

    class Heard(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.name.startswith("mkdocs.structure"):
                builder.said.append(record.getMessage())

    monkeypatch.setattr(Page, "render", counted)
    monkeypatch.setattr(indexing, "sections", taken_apart)
    monkeypatch.setattr("handbook.site.mkdocs.date", _Today)
    logger, heard = logging.getLogger("mkdocs"), Heard(logging.INFO)
    before = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(heard)
    yield builder
    logger.removeHandler(heard)
    logger.setLevel(before)


def test_two_processes_build_the_same_site_as_one(builder: Builder) -> None:
    alone = builder.build(1)
    every, read = len(builder.here), len(builder.read)
    shared = builder.build(2)
    assert shared == alone
    assert every > 2 * FIRST
    assert len(builder.here) == FIRST
    assert len(builder.read) < read / 2
    assert b"go/no-go" in alone["search/search_index.json"].lower()


def test_what_others_rendered_is_kept_for_the_next_build(builder: Builder) -> None:
    builder.build(3)
    builder.here.clear()
    builder.again()
    assert builder.here == []


def test_a_page_that_warns_is_rendered_here_and_warns_once(builder: Builder) -> None:
    write(
        builder.root,
        {f"docs/guides/{name}.md": "# Late\n\n[nothing](nothing.md)\n" for name in ("x", "y", "z")},
    )
    builder.build(1)
    alone = sorted(builder.said)
    builder.build(2)
    assert sorted(builder.said) == alone
    assert sum("nothing.md" in said for said in alone) == 3
    assert {f"guides/{name}.md" for name in "xyz"} <= set(builder.here)


def test_a_page_that_cannot_be_rendered_fails_the_build_with_its_name(
    builder: Builder, caplog: pytest.LogCaptureFixture
) -> None:
    from mkdocs.structure.pages import Page

    builder.build(1)
    last, render = builder.here[-1], Page.render

    def failing(page: Page, *given: Any) -> None:
        if page.file.src_uri == last:
            raise ValueError("no luck at all")
        render(page, *given)

    builder.patch.setattr(Page, "render", failing)
    begun: list[Any] = []
    shared = several.shared

    def noted(*given: Any) -> Any:
        begun.append(shared(*given))
        return begun[0]

    builder.patch.setattr(ahead, "shared", noted)
    with pytest.raises(ValueError, match="no luck at all"):
        builder.build(2)
    assert f"Error reading page '{last}'" in caplog.text
    assert begun[0].gi_frame is None  # nobody is left behind


def test_where_a_process_dies_this_one_goes_on_alone(builder: Builder) -> None:
    alone = builder.build(1)
    shared = several.shared

    def dying(chunks: Sequence[Any], work: Callable[[Any], list[Any]], workers: int) -> Iterator[list[Any]]:
        return shared(chunks, lambda chunk: os._exit(0) if chunk is chunks[2] else work(chunk), workers)

    builder.patch.setattr(ahead, "shared", dying)
    assert builder.build(2) == alone
    assert len(builder.here) > FIRST


def test_where_nothing_can_be_kept_nobody_helps(builder: Builder) -> None:
    """Where MkDocs is told to be quiet, nobody knows whether a page would have warned."""
    begun: list[object] = []
    builder.patch.setattr(ahead, "shared", lambda *arguments: begun.append(arguments))
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    builder.build(2)
    assert begun == []


def test_a_few_new_pages_are_not_worth_a_process(builder: Builder) -> None:
    builder.build(2)
    begun: list[object] = []
    builder.patch.setattr(ahead, "shared", lambda *arguments: begun.append(arguments))
    write(builder.root, {f"docs/guides/{number}.md": f"# Number {number}\n" for number in range(FIRST - 3)})
    builder.here.clear()
    builder.again()
    assert FIRST > len(builder.here) >= FIRST - 3
    assert begun == []
