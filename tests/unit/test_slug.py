"""The anchor of a heading is the one that Python-Markdown gives it."""

from __future__ import annotations

import markdown  # type: ignore[import-untyped]
import pytest
from markdown.extensions import toc  # type: ignore[import-untyped]

from handbook.text import slug

HEADINGS = [
    "Your first week",
    "Go/no-go: the decision?",
    "A  b   c",
    "2.1 What's new & what's not",
    "Überblick für Größe",
    "日本語",
    "a_b and _a_ and __b__ and *c* and **d**",
    "snake_case_word",
    "`code_with_underscores` and ``a ` b``",
    "`<tag>` &amp; &lt;b&gt; &#8212;",
    "[A link](a.md) and [another](b.md 'title')",
    "![An image](a.png) of it",
    "<https://example.com/a_b>",
    "a<br>b <b>bold</b> <!-- hidden -->",
    r"escaped \_a\_ and \*b\*",
    "- a dash first",
    "a dash last -",
    "a -- b --- c",
    "…",
    "R&D",
    "C# and F#",
    "50 % of all",
    "tab\there",
    "Émoji 😀 inside",
    "[brackets] and (parentheses)",
    "**_both_**",
    "a *b _c_ d* e",
    "10_000 rows_2",
]


@pytest.mark.parametrize("title", HEADINGS)
def test_a_heading_has_the_anchor_of_python_markdown(title: str) -> None:
    reader = markdown.Markdown(extensions=["toc", "attr_list"])
    reader.convert(f"# {title}\n")
    tokens: list[dict[str, str]] = reader.toc_tokens
    assert slug.unique([slug.slug(slug.attributes(title)[0])], []) == [token["id"] for token in tokens]


ATTRIBUTES = {
    "none": ("A title", ("A title", None)),
    "anchor": ("A title { #here }", ("A title", "here")),
    "with a colon": ("A title {: #here }", ("A title", "here")),
    "without spaces": ("A title {#here}", ("A title", "here")),
    "as a key": ('A title { id="here" }', ("A title", "here")),
    "class": ("A title { .big }", ("A title", None)),
    "class and anchor": ("A title { .big #here key=value }", ("A title", "here")),
    "the last one counts": ("A title { #here #there }", ("A title", "there")),
    "closing signs": ("A title ## { #here }", ("A title", "here")),
    "braces in the text": ("A {title}", ("A", None)),
    "braces without a space": ("A{title}", ("A{title}", None)),
    "braces inside": ("A {title} more", ("A {title} more", None)),
}


@pytest.mark.parametrize(("title", "read"), ATTRIBUTES.values(), ids=list(ATTRIBUTES))
def test_an_attribute_list_gives_a_heading_its_anchor(title: str, read: tuple[str, str | None]) -> None:
    assert slug.attributes(title) == read


SERIES = [
    ["a", "a", "a"],
    ["a", "a_1", "a"],
    ["", ""],
    ["a_1", "a_1"],
    ["a_3", "a", "a_3"],
    ["a", "b", "a", "b"],
]


@pytest.mark.parametrize("anchors", SERIES, ids=map(str, SERIES))
def test_an_anchor_that_is_taken_gets_a_number(anchors: list[str]) -> None:
    used: set[str] = set()
    assert slug.unique(anchors, []) == [toc.unique(anchor, used) for anchor in anchors]
