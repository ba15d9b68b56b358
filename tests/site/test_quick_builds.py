"""Builds that take pages from the last one: the site is the same, and what has to be said is said each time."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.site.building import CONFIG, handbook, write

pytest.importorskip("material", reason="the site is an extra: pip install process-handbook[site]")

BROKEN = "[nothing](nothing.md)"


class Builder:
    """Builds one handbook in this process, and knows which pages were rendered and what was said."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.rendered: list[str] = []
        self.warnings: list[str] = []

    def build(self) -> list[str]:
        """Build and return the pages that were rendered, those of the reference left out."""
        from mkdocs.commands.build import build
        from mkdocs.config import load_config

        self.rendered.clear()
        self.warnings.clear()
        config = load_config(str(self.root / "mkdocs.yml"))
        config.plugins.on_startup(
            command="build", dirty=False
        )  # MkDocs has the plugins of builds before it in a process
        build(config)
        return sorted(path for path in self.rendered if not path.startswith("reference/"))

    def write(self, path: str, text: str) -> None:
        write(self.root, {path: text})

    def site(self) -> dict[str, bytes]:
        """The files of the site; the sitemap counts days and is left out."""
        folder = self.root / "site"
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.startswith("sitemap")
        }


class _Today(date):
    @classmethod
    def today(cls) -> date:  # type: ignore[override]
        return date(2026, 10, 5)


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Builder]]:
    """Make a builder of the small handbook with some settings."""
    from mkdocs.structure.pages import Page

    builder = Builder(tmp_path / "small")
    render = Page.render

    def counted(page: Page, config: object, files: object) -> None:
        builder.rendered.append(page.file.src_uri)
        render(page, config, files)  # type: ignore[arg-type]

    class Heard(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            builder.warnings.append(record.getMessage())

    monkeypatch.setattr(Page, "render", counted)
    monkeypatch.setattr("handbook.site.ahead.processors", lambda: 1)  # what others render is not seen here
    monkeypatch.setattr("handbook.site.mkdocs.date", _Today)
    logger, heard = logging.getLogger("mkdocs"), Heard(logging.WARNING)
    before = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(heard)

    def made(config: str = CONFIG) -> Builder:
        handbook(builder.root, config)
        return builder

    yield made
    logger.removeHandler(heard)
    logger.setLevel(before)


def test_a_second_build_renders_nothing_and_gives_the_same_bytes(start: Callable[..., Builder]) -> None:
    builder = start()
    assert "processes/go-no-go.md" in builder.build()
    cold = builder.site()
    assert builder.build() == []
    assert builder.site() == cold
    assert len(cold) > 100


def test_an_edit_renders_the_pages_that_it_changes(start: Callable[..., Builder]) -> None:
    builder = start()
    builder.build()
    builder.write("docs/guides/four.md", "# Four\n\nNow longer.\n")
    assert builder.build() == ["guides/four.md"]
    assert b"Now longer." in builder.site()["guides/four/index.html"]
    assert b"Now longer." in builder.site()["search/search_index.json"]

    record = builder.root / "processes/release/go-no-go.yaml"
    record.write_text(record.read_text().replace("Go/no-go decision", "Go or no go", 1))
    rendered = builder.build()
    assert {"processes/go-no-go.md", "processes/index.md"} <= set(rendered)
    assert not {"guides/one.md", "index.md"} & set(rendered)
    warm = builder.site()
    (builder.root / ".cache/handbook/site.sqlite").unlink()
    builder.build()
    assert builder.site() == warm


def test_a_page_that_warned_warns_in_every_build(start: Callable[..., Builder]) -> None:
    builder = start()
    builder.write("docs/alone.md", f"# Alone\n\n{BROKEN}\n")
    for _ in range(3):
        assert "alone.md" in builder.build()
        assert any("nothing.md" in each for each in builder.warnings)
    builder.write("docs/alone.md", "# Alone\n")
    builder.build()
    assert (builder.build(), builder.warnings) == ([], [])


def test_nothing_is_kept_of_a_build_that_was_told_to_be_quiet(start: Callable[..., Builder]) -> None:
    builder = start()
    builder.write("docs/alone.md", f"# Alone\n\n{BROKEN}\n")
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    builder.build()
    assert builder.warnings == []
    logging.getLogger("mkdocs").setLevel(logging.INFO)
    builder.build()
    assert any("nothing.md" in each for each in builder.warnings)


def test_a_link_whose_target_is_gone_or_comes_back_is_looked_at_again(start: Callable[..., Builder]) -> None:
    builder = start()
    builder.write("docs/alone.md", "# Alone\n\n[There](guides/there.md)\n")
    builder.write("docs/guides/there.md", "# There\n")
    builder.build()
    (builder.root / "docs/guides/there.md").unlink()
    assert builder.build() == ["alone.md"]
    assert any("guides/there.md" in each for each in builder.warnings)
    builder.write("docs/guides/there.md", "# There\n")
    builder.build()
    assert builder.warnings == []
    assert b'href="../guides/there/"' in builder.site()["alone/index.html"]


def test_a_new_page_renders_itself_only(start: Callable[..., Builder]) -> None:
    builder = start()
    builder.build()
    builder.write("docs/guides/new.md", "# New\n")
    assert builder.build() == ["guides/new.md"]


def test_a_heading_that_is_gone_is_missed_by_pages_that_were_kept(start: Callable[..., Builder]) -> None:
    builder = start()
    builder.build()
    builder.write("docs/guides/one.md", "# One\n\n## Another\n")
    assert builder.build() == ["guides/one.md"]  # index.md links to its heading, and is kept
    assert any("index.md" in each and "#first" in each for each in builder.warnings)


def test_other_settings_of_markdown_render_every_page(start: Callable[..., Builder]) -> None:
    builder = start()
    everything = builder.build()
    builder.write("mkdocs.yml", CONFIG.replace("permalink: true", "permalink: false"))
    assert builder.build() == everything


def test_a_page_that_shows_another_file_is_rendered_each_time(start: Callable[..., Builder]) -> None:
    settings = "  - attr_list\n  - pymdownx.snippets: {base_path: [BASE]}\n"
    builder = start()
    builder.write(
        "mkdocs.yml", CONFIG.replace("  - attr_list\n", settings.replace("BASE", str(builder.root)))
    )
    builder.write("docs/alone.md", '# Alone\n\n--8<-- "shown.txt"\n')
    for said in ("first", "second"):
        builder.write("shown.txt", f"{said}\n")
        assert "alone.md" in builder.build()
        assert said.encode() in builder.site()["alone/index.html"]
    assert builder.build() == ["alone.md"]


@pytest.mark.parametrize(
    "extension", ["pymdownx.b64", "pymdownx.snippets: {auto_append: [mkdocs.yml]}"], ids=["unknown", "reads"]
)
def test_with_an_extension_that_may_read_files_nothing_is_kept(
    start: Callable[..., Builder], extension: str
) -> None:
    builder = start(CONFIG.replace("  - attr_list\n", f"  - attr_list\n  - {extension}\n"))
    everything = builder.build()
    assert builder.build() == everything


@pytest.mark.parametrize("damage", ["no database", "half", "flipped", "another table"])
def test_a_damaged_cache_is_no_cache(start: Callable[..., Builder], damage: str) -> None:
    builder = start()
    everything = builder.build()
    cold = builder.site()
    file = builder.root / ".cache/handbook/site.sqlite"
    data = file.read_bytes()
    if damage == "no database":
        file.write_bytes(b"not a database, but long enough to be read as one" * 50)
    elif damage == "half":
        file.write_bytes(data[: len(data) // 2])
    elif damage == "flipped":
        file.write_bytes(data[:8192] + bytes(255 - each for each in data[8192:]))
    else:
        file.unlink()
        with sqlite3.connect(file) as db:
            db.execute("CREATE TABLE somebody (elses)")
        db.close()
    assert builder.build() == everything
    assert builder.site() == cold
    builder.build()
    assert builder.build() == []


def test_a_cache_that_another_build_writes_into_is_left_alone(start: Callable[..., Builder]) -> None:
    builder = start()
    everything = builder.build()
    builder.write("docs/alone.md", "# Alone\n\nNew.\n")
    db = sqlite3.connect(builder.root / ".cache/handbook/site.sqlite", isolation_level=None)
    db.execute("BEGIN EXCLUSIVE")
    assert builder.build() == everything
    db.execute("ROLLBACK")
    db.close()
    assert builder.build() == ["alone.md"]


def test_a_cache_does_not_grow_without_end(tmp_path: Path) -> None:
    from handbook.site.cache import Cache

    path = str(tmp_path / "site.sqlite")
    for number in range(20):
        cache = Cache(path)
        cache.put(f"page {number}", ["text" * 10])
        cache.close()
    with sqlite3.connect(path) as db:
        (count,) = db.execute("SELECT count(*) FROM kept").fetchone()
    db.close()
    assert count <= 4
    cache = Cache(path)
    assert cache.get("page 19") == ["text" * 10]
    assert cache.get("page 0") is None
    cache.close()
