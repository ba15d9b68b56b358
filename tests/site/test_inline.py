"""The quicker inline half of Python-Markdown gives what the usual one gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("material", reason="the site is an extra: pip install process-handbook[site]")

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.extensions import Extension  # type: ignore[import-untyped]
from markdown.inlinepatterns import InlineProcessor as Pattern  # type: ignore[import-untyped]
from markdown.treeprocessors import InlineProcessor  # type: ignore[import-untyped]

from handbook.site.inline import _SIGNS, Inline

ROOT = Path(__file__).parent.parent.parent
NAME = "handbook.site.inline"
USUAL = [
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "tables",
    "toc",
    "pymdownx.superfences",
    "pymdownx.tasklist",
]
MORE = [
    *USUAL,
    "abbr",
    "md_in_html",
    "smarty",
    "pymdownx.betterem",
    "pymdownx.tilde",
    "pymdownx.magiclink",
    "pymdownx.keys",
]
PIECES = (
    "word", " ", "  \n", "\n", "\n\n", "*", "**", "_", "__", "`", "``", "\\", "[", "]", "(", ")", "![", "[^1]", "[^1]: note",
    "<", ">", "<b>", "</b>", "<!-- x -->", "&", "&amp;", "&#38;", "<https://example.org>", "<me@example.org>", "https://example.org",
    "[a](b.md)", "[a][b]", "[b]: c.md", "![a](b.png)", "{: .c }", "| a | b |\n|---|---|\n| c | d |", "- [ ] ", "# ", "> ",
    "~~", "++", "é", "\u2028", "\x02", "\x03", "klzzwxh:0001", '"', "'", "--", "*[HTML]: text", "HTML", "!!! note\n    ",
)  # fmt: skip


def both(text: str, extensions: Sequence[str | Extension]) -> tuple[str, str]:
    quick = Markdown(extensions=[*extensions, NAME])
    assert type(quick.treeprocessors["inline"]) is Inline
    return Markdown(extensions=[*extensions]).convert(text), quick.convert(text)


@pytest.mark.parametrize("extensions", [[], USUAL, MORE], ids=["none", "usual", "more"])
@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_comes_out_the_same(extensions: list[str], text: str) -> None:
    usual, quick = both(text, extensions)
    assert quick == usual


PAGES = sorted((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("path", PAGES, ids=[str(path.relative_to(ROOT)) for path in PAGES])
def test_every_page_of_the_handbook_comes_out_the_same(path: Path) -> None:
    usual, quick = both(path.read_text(encoding="utf-8"), USUAL)
    assert quick == usual


def test_fewer_patterns_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    known = InlineProcessor._InlineProcessor__applyPattern

    def counted(self: object, pattern: Pattern, data: str, *more: int) -> object:
        tried.append(data)
        return known(self, pattern, data, *more)

    monkeypatch.setattr(InlineProcessor, "_InlineProcessor__applyPattern", counted)
    Markdown(extensions=USUAL).convert("Plain words, and no sign.")
    usual = len(tried)
    Markdown(extensions=[*USUAL, NAME]).convert("Plain words, and no sign.")
    assert usual >= 15
    assert len(tried) == usual


@pytest.mark.parametrize("pattern", sorted(_SIGNS))
def test_a_pattern_finds_nothing_in_a_text_without_its_signs(pattern: str) -> None:
    every = "".join(map(chr, range(0x180)))
    without = every.translate({ord(sign): None for sign in _SIGNS[pattern]})
    compiled = re.compile(pattern, re.DOTALL)
    for text in (without, without[::-1], without * 2, " ".join(without)):
        assert not compiled.search(text)


class _Company(Extension):  # type: ignore[misc]
    """Makes a ticket number a link, as an extension of a company might."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        class Ticket(Pattern):  # type: ignore[misc]
            def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # noqa: N802
                element = Element("b")
                element.text = m[0]
                return element, m.start(), m.end()

        md.inlinePatterns.register(Ticket(r"PRO-\d+", md), "ticket", 175)


def test_a_pattern_that_is_not_known_is_tried_on_every_text() -> None:
    usual, quick = both("See PRO-12.", [_Company()])
    assert quick == usual == "<p>See <b>PRO-12</b>.</p>"


class _Other(Extension):  # type: ignore[misc]
    """Puts an inline half of its own in."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        class Mine(InlineProcessor):  # type: ignore[misc]
            pass

        md.treeprocessors.register(Mine(md), "inline", 20)


def test_an_inline_half_of_another_extension_stays() -> None:
    md = Markdown(extensions=[_Other(), NAME])
    assert type(md.treeprocessors["inline"]).__name__ == "Mine"


def test_another_kind_of_python_markdown_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(InlineProcessor, "_InlineProcessor__applyPattern")
    md = Markdown(extensions=[NAME])
    assert type(md.treeprocessors["inline"]) is InlineProcessor
