"""Laws of outlines: any text has one, places are inside it, and tame pages have the anchors that the site gives them."""

from __future__ import annotations

import markdown  # type: ignore[import-untyped]
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handbook.model.page import destination
from handbook.text import outline
from handbook.text.confirm import Referee
from handbook.text.outline import Outline

#: pieces that Markdown gives a meaning, so that most texts made of them are nearly a page
PIECES = [
    "a", "B c", "é", "😀", "İ", " ", "  ", "    ", "\t", "\n", "\n\n", "\r\n", "\r", "\x00", "\ufeff", "\u2028", "# ", "## ", "#", "===", "---",
    "[", "]", "](", ")", "(", "![", "[a](b.md)", "[a]: ", "<b.md>", "<", ">", "<a id=b>", "</a>", '<img src="c">', "<div>", "</div>",
    "<pre>", "<!--", "-->", "`", "``", "```", "~~~", "\n```\n", "{ #a }", "{", "}", "!!! note\n", "> ", "- ", "1. ", "| ", "\\", "*", "_", "&amp;",
    "\n--8<--\n", '--8<-- "a"', "---\n", "...\n", "https://example.com/a", '"', "'",
]  # fmt: skip

texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=80))


def stretches(page: Outline) -> list[tuple[int, int, str]]:
    """Every place that an outline names, with the text that should stand there."""
    links = [(link.start, link.end, link.target) for link in page.links]
    return links + [(each.start, each.end, each.target) for each in page.includes]


@given(texts)
@example("[`](a)`](b)")
@example("---\n---")
@example("<a href='x'>")
@settings(max_examples=500)
def test_any_text_has_an_outline_whose_places_hold_what_they_say(text: str) -> None:
    page = outline.read(text)
    assert [row for row in stretches(page) if page.text[row[0] : row[1]] != row[2]] == []
    assert all(heading.title in page.text[heading.start : heading.end] for heading in page.headings)
    assert len(page.prose) == len(page.text)


@given(texts)
@settings(max_examples=300)
def test_a_span_leads_back_to_the_same_characters(text: str) -> None:
    page = outline.read(text)
    lines = page.text.split("\n")
    for start, end, target in stretches(page):
        span = page.span(start, end)
        shown = lines[span.line - 1][span.column - 1 : span.end_column - 1]
        assert shown == (target if "\n" not in target else target[:1]) or "\n" in target


@given(texts)
@settings(max_examples=300)
def test_what_readers_see_is_taken_from_the_page_and_nothing_is_added(text: str) -> None:
    page = outline.read(text)
    assert all(seen in (shown, "\n", "\0") for seen, shown in zip(page.prose, page.text, strict=True))


@given(texts)
@settings(max_examples=100)
def test_any_text_can_be_confirmed_or_not(text: str) -> None:
    referee = Referee()
    assert {type(referee.really_links(text, "b.md")), type(referee.really_has(text, "a"))} == {bool}


@given(st.text(alphabet="ab./#?%2e\\&é ", max_size=20))
@settings(max_examples=300)
def test_a_way_within_the_handbook_is_a_path_without_dots(target: str) -> None:
    found = destination("docs/guides/a.md", target)
    if found is not None and not found[0].startswith(".."):
        assert [part for part in found[0].strip("/").split("/") if part in (".", "..")] == []


tails = st.text(alphabet="abc xyz-&'?é`*", max_size=12).filter(lambda text: text.count("`") % 2 == 0)
words = tails.map(lambda text: f"a{text}".strip())
blocks = st.one_of(
    st.tuples(st.sampled_from(["# ", "## ", "### "]), words).map("".join),
    st.tuples(words, st.sampled_from(["\n===", "\n---"])).map("".join),
    st.tuples(words, st.sampled_from([" { #x }", " { .c #y }", ""])).map(
        lambda pair: f"## {pair[0]}{pair[1]}"
    ),
    st.sampled_from(
        [
            "Text [a](b.md).",
            "- one\n- two",
            "```sh\n# no heading\n```",
            "<!-- # none -->",
            "> # quoted",
            "!!! note\n\n    # noted",
        ]
    ),
)


@given(st.lists(blocks, max_size=8))
@settings(max_examples=300, deadline=None)
def test_a_tame_page_has_the_anchors_that_python_markdown_gives_it(parts: list[str]) -> None:
    text = "\n\n".join(parts) + "\n"
    reader = markdown.Markdown(extensions=["toc", "attr_list", "admonition", "pymdownx.superfences"])
    reader.convert(text)
    made = [token["id"] for token in _flat(reader.toc_tokens)]
    assert [heading.anchor for heading in outline.read(text).headings] == made


def _flat(tokens: list[dict[str, object]]) -> list[dict[str, object]]:
    return [found for token in tokens for found in (token, *_flat(token["children"]))]  # type: ignore[arg-type]
