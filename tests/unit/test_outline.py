"""The outline of a page: what is a heading, a link or an anchor, and what only looks like one."""

from __future__ import annotations

import pytest

from handbook.finding import Span
from handbook.text import outline

#: what a page says -> the targets of its links, in their order
LINKS: dict[str, tuple[str, list[str]]] = {
    "a link": ("See [the plan](plan.md).", ["plan.md"]),
    "two in a line": ("[a](a.md) and [b](b.md#c)", ["a.md", "b.md#c"]),
    "with a title": ('[a](a.md "The plan")', ["a.md"]),
    "with a title in single quotes": ("[a](a.md 'The plan')", ["a.md"]),
    "in angle brackets": ("[a](<a b.md>)", ["a b.md"]),
    "with a space in it": ("[a](a b.md)", ["a b.md"]),
    "with brackets in it": ("[a](https://example.com/a_(b))", ["https://example.com/a_(b)"]),
    "with brackets in its text": ("[a [b] c](d.md)", ["d.md"]),
    "over two lines": ("[the\nplan](plan.md)", ["plan.md"]),
    "an image": ("![The plan](plan.svg)", ["plan.svg"]),
    "an image in a link": ("[![The plan](plan.svg)](plan.md)", ["plan.svg", "plan.md"]),
    "by reference": ("[a][b]\n\n[b]: plan.md\n", ["plan.md"]),
    "by reference with a title": ('[b]\n\n[b]: <plan.md> "The plan"\n', ["plan.md"]),
    "a web address": ("<https://example.com/a>", ["https://example.com/a"]),
    "in HTML": ('<a href="plan.md">a</a> <img src=plan.svg>', ["plan.md", "plan.svg"]),
    "in a block of HTML": ('<div>\n<a href="plan.md">a</a> [b](b.md)\n</div>\n', ["plan.md"]),
    "in HTML that holds Markdown": ("<div markdown>\n\n[b](b.md)\n\n</div>\n", ["b.md"]),
    "in a list": ("- [a](a.md)\n    - [b](b.md)\n", ["a.md", "b.md"]),
    "in a paragraph of a list": ("- a\n\n    [b](b.md)\n", ["b.md"]),
    "in a note": ("!!! note\n\n    [b](b.md)\n", ["b.md"]),
    "in a table": ("| a |\n|---|\n| [b](b.md) |\n", ["b.md"]),
    "behind code that is not closed": ("a ` b [c](c.md)", ["c.md"]),
    "behind code in another paragraph": ("a ` b\n\n[c](c.md) ` d", ["c.md"]),
    "with code as its text": ("[`a](b)`](c.md)", ["c.md"]),
    "not in code": ("`[a](a.md)`", []),
    "not in code with more marks": ("`` ` [a](a.md) ``", []),
    "not in a fence": ("```\n[a](a.md)\n```\n", []),
    "not in a fence of tildes": ("~~~ md\n[a](a.md)\n```\n~~~\n[b](b.md)\n", ["b.md"]),
    "not in a longer fence": ("````\n```\n[a](a.md)\n```\n````\n", []),
    "not in a fence in a list": ("- a\n\n    ```\n    [a](a.md)\n    ```\n", []),
    "not in indented code": ("a\n\n    [a](a.md)\n\nb [b](b.md)\n", ["b.md"]),
    "not in a comment": ("<!-- [a](a.md) --> [b](b.md)", ["b.md"]),
    "not in a comment over lines": ("<!--\n\n[a](a.md)\n\n-->\n\n[b](b.md)", ["b.md"]),
    "not in preformatted text": ("<pre>\n[a](a.md)\n</pre>\n", []),
    "not in front matter": ("---\nlink: '[a](a.md)'\n---\n[b](b.md)\n", ["b.md"]),
    "not with a backslash": (r"\[a](a.md)", []),
    "no footnote": ("a[^1]\n\n[^1]: b.md\n", []),
}


@pytest.mark.parametrize(("text", "targets"), LINKS.values(), ids=list(LINKS))
def test_links_are_found_where_readers_find_them(text: str, targets: list[str]) -> None:
    page = outline.read(text)
    assert [link.target for link in page.links] == targets
    assert [page.text[link.start : link.end] for link in page.links] == targets


#: what a page says -> its headings with level and anchor
HEADINGS: dict[str, tuple[str, list[tuple[int, str, str]]]] = {
    "one": ("# Your first week\n", [(1, "Your first week", "your-first-week")]),
    "in the first line and the last": ("# A\n\n## B", [(1, "A", "a"), (2, "B", "b")]),
    "closed": ("## A ##\n", [(2, "A", "a")]),
    "without a space": ("##A\n", [(2, "A", "a")]),
    "underlined": ("A\n===\n\nB b\n---\n", [(1, "A", "a"), (2, "B b", "b-b")]),
    "right below another": ("# A\nB\n---\n", [(1, "A", "a"), (2, "B", "b")]),
    "with an anchor of its own": ("# A { #b }\n", [(1, "A", "b")]),
    "with a class and an anchor": ("# A {: .c #b }\n", [(1, "A", "b")]),
    "with a class only": ("# A { .c }\n", [(1, "A", "a")]),
    "the same twice": ("# A\n\n# A\n\n# A\n", [(1, "A", "a"), (1, "A", "a_1"), (1, "A", "a_2")]),
    "the same as an anchor below": ("# A\n\n# B { #a }\n", [(1, "A", "a_1"), (1, "B", "a")]),
    "without letters": ("# ?\n\n# !\n", [(1, "?", "_1"), (1, "!", "_2")]),
    "in a quotation": ("> ## A\n", [(2, "A", "a")]),
    "in a list": ("- # A\n", [(1, "A", "a")]),
    "below front matter": ("---\ntitle: A\n---\n\n# B\n", [(1, "B", "b")]),
    "not in a fence": ("```sh\n# A\n```\n\n# B\n", [(1, "B", "b")]),
    "not below a fence that is not closed": ("```sh\n\n# A\n", [(1, "A", "a")]),
    "not indented": ("  # A\n", []),
    "not in indented code": ("a\n\n    # A\n", []),
    "not a rule": ("a\n\n---\n\nb\n", []),
    "not in HTML": ("<div>\n# A\n</div>\n", []),
    "not in a comment": ("<!--\n# A\n-->\n", []),
}


@pytest.mark.parametrize(("text", "headings"), HEADINGS.values(), ids=list(HEADINGS))
def test_headings_have_their_level_and_anchor(text: str, headings: list[tuple[int, str, str]]) -> None:
    assert [(found.level, found.title, found.anchor) for found in outline.read(text).headings] == headings


def test_anchors_are_those_of_headings_attributes_and_html() -> None:
    page = outline.read(
        '# A\n\n**b**{ #b }\n\n<a id="c"></a> <a name=d></a>\n\n<div id="e">\n</div>\n\n`{ #f }`{: .x #g }\n'
    )
    assert page.anchors == {"a", "b", "c", "d", "e", "f", "g"} - {"f"}


INCLUDES = {
    "one": ('a\n--8<-- "b.md"\n', [("b.md", 2, 9)]),
    "a section of one": ('--8<-- "b.md:start"\n', [("b.md:start", 1, 9)]),
    "in code": ('```yaml\n--8<-- "b.yaml"\n```\n', [("b.yaml", 2, 9)]),
    "several": ("--8<--\nb.md\n  c.md\n\n--8<--\n", [("b.md", 2, 1), ("c.md", 3, 3)]),
    "shown, not meant": (';--8<-- "b.md"\n', []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), INCLUDES.values(), ids=list(INCLUDES))
def test_included_files_are_found_even_in_code(text: str, found: list[tuple[str, int, int]]) -> None:
    page = outline.read(text)
    assert [(each.target, *page.position(each.start)) for each in page.includes] == found
    assert [page.text[each.start : each.end] for each in page.includes] == [
        each.target for each in page.includes
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_and_columns_count_characters_whatever_ends_a_line(end: str) -> None:
    page = outline.read(end.join(["\ufeff---", "title: é", "---", "", "# Über 😀", "", "é [a](b.md)", ""]))
    link, heading = page.links[0], page.headings[0]
    assert page.span(link.start, link.end) == Span(7, 7, 7, 11)
    assert page.span(heading.start, heading.end) == Span(5, 1, 5, 9)
    assert page.line_at(link.start) == "é [a](b.md)"


def test_a_stretch_over_several_lines_is_shown_by_its_first_character() -> None:
    page = outline.read("a\nb\n")
    assert page.span(0, 3) == Span(1, 1, 1, 2)


def test_code_that_is_never_closed_is_told() -> None:
    page = outline.read("# A\n\n```sh\na\n\n- b\n\n    ```\n    c\n    ```\n")
    assert [page.position(start) for start in page.unclosed] == [(3, 1)]


def test_prose_is_the_words_that_readers_see_at_their_places() -> None:
    text = "---\ntitle: no\n---\n# Yes `no`\n\n[yes](no.md){ .no } <b>yes</b> <!-- no -->\n\n```\nno\n```\n"
    prose = outline.read(text).prose
    assert len(prose) == len(text)
    assert "no" not in prose
    assert [text[at : at + 3] for at in range(len(prose)) if prose.startswith(("Yes", "yes"), at)] == [
        "Yes",
        "yes",
        "yes",
    ]


TARGETS = {
    "plain": ("a.md", "a.md"),
    "backslash": (r"a\_b.md", "a_b.md"),
    "character reference": ("a?b=1&amp;c=2", "a?b=1&c=2"),
    "backslash before a letter": (r"a\b.md", r"a\b.md"),
}


@pytest.mark.parametrize(("typed", "meant"), TARGETS.values(), ids=list(TARGETS))
def test_a_target_is_understood_as_it_is_meant(typed: str, meant: str) -> None:
    assert outline.address(typed) == meant


def test_an_image_in_html_is_described_by_its_alternative_text() -> None:
    described, silent = outline.read('<img alt="The plan" src="a.svg"> <img src="b.svg">').links
    assert (described.text, described.is_image, silent.text) == ("The plan", True, "")
