"""What is worth knowing about a page that changed: sections, obligations and numbers, and not new words alone."""

from __future__ import annotations

import random

import pytest

from handbook.changes.pages import compare_pages
from handbook.changes.prose import compare_sections, lines

PAGE = """\
---
title: Leave
---

# Leave

Everybody needs time off, and everybody gets it.

## Ask for it

You must ask your lead 10 days before. Say it in the calendar, so that others see it.

- Name who stands in for you.
- Hand over what is urgent.

## Come back

Read what happened. Your lead tells you the rest in a short talk on your first day.

```sh
handbook notes v1..v2
```
"""

#: what somebody edits -> what happened to which section, and what is worth knowing
EDITS: dict[str, tuple[tuple[str, str], list[tuple[str, str]], list[str]]] = {
    "nothing": (("", ""), [], []),
    "front matter": (("title: Leave", "title: Time off"), [], []),
    "white space": (("off, and everybody", "off,\nand  everybody"), [("reworded", "")], []),
    "punctuation and emphasis": (("Everybody needs", "*Everybody* needs,"), [("reworded", "")], []),
    "a link": (("your lead 10", "[your lead](lead.md) 10"), [("reworded", "Ask for it")], []),
    "where a link leads": (("the calendar", "[the calendar](a.md)"), [("reworded", "Ask for it")], []),
    "words": (("what is urgent", "whatever is urgent"), [("reworded", "Ask for it")], []),
    "a bullet for another": (("- Name", "* Name"), [("reworded", "Ask for it")], []),
    "a number": (
        ("10 days", "5 days"),
        [("restated", "Ask for it")],
        ["“Ask for it”: “You must ask your lead 5 days before.” instead of “You must ask your lead 10 days before.”."],
    ),
    "an obligation that is weaker": (
        ("You must ask", "You should ask"),
        [("restated", "Ask for it")],
        ["“Ask for it”: “You should ask your lead 10 days before.” instead of “You must ask your lead 10 days before.”."],
    ),
    "an obligation that came": (
        ("Read what happened.", "Read what happened. Reports are mandatory."),
        [("restated", "Come back")],
        ["“Come back”: now says “Reports are mandatory.”."],
    ),
    "an obligation that went": (
        ("You must ask your lead 10 days before. ", ""),
        [("restated", "Ask for it")],
        ["“Ask for it”: no longer says “You must ask your lead 10 days before.”."],
    ),
    "a command": (
        ("v1..v2", "v2..v3"),
        [("restated", "Come back")],
        ["“Come back”: the commands or examples changed."],
    ),
    "a section that came": (
        ("## Come back", "## While you are away\n\nRest.\n\n## Come back"),
        [("added", "While you are away")],
        ["New: “While you are away”."],
    ),
    "a section that went": (
        (PAGE[PAGE.index("## Come back") :], ""),
        [("removed", "Come back")],
        ["Gone: “Come back”."],
    ),
    "another heading": (("## Come back", "## The first day"), [("renamed", "The first day")], []),
    "another heading of the page": (("# Leave", "# Time off"), [], []),
    "a heading that is underlined": (("## Come back", "Come back\n---------"), [], []),
    "a deeper heading": (("## Come back", "### Come back"), [("moved", "Come back")], []),
    "everything in a section": (
        ("Everybody needs time off, and everybody gets it.", "Nobody is ever away; those who try are called at home by me."),
        [("rewritten", "")],
        ["Rewritten: the beginning."],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "kinds", "said"), EDITS.values(), ids=EDITS)
def test_an_edit_is_told_by_section(
    edit: tuple[str, str], kinds: list[tuple[str, str]], said: list[str]
) -> None:
    assert edit[0] in PAGE
    found = compare_sections(PAGE, PAGE.replace(*edit) if edit[0] else PAGE)
    assert [(one.kind, one.title) for one in found] == kinds
    assert list(lines(found)) == said


def test_sections_that_change_places_moved_and_nothing_else() -> None:
    head, ask, back = PAGE.partition("## Ask")[0], "## Ask" + PAGE.partition("## Ask")[2].partition("## Come")[0], "## Come" + PAGE.partition("## Come")[2]  # fmt: skip
    found = compare_sections(PAGE, f"{head}{back}\n{ask}")
    assert [one.kind for one in found] == ["moved"]
    assert lines(found) == ()


def test_long_sentences_are_shown_where_they_differ() -> None:
    old = "## A\n\n" + "word " * 60 + "and at the end 5 days."
    (line,) = lines(compare_sections(old, old.replace("5 days", "6 days")))
    assert (
        line == "“A”: “… word word and at the end 6 days.” instead of “… word word and at the end 5 days.”."
    )


def test_a_page_with_many_changes_is_told_in_few_lines() -> None:
    old = "\n".join(f"## S{n}\n\nYou must do {n} things.\n" for n in range(50))
    new = "\n".join(f"## S{n}\n\nYou must do {n + 1} things.\n" for n in range(50))
    said = lines(compare_sections(old, new))
    assert len(said) == 9
    assert said[-1] == "42 more sentences with obligations or numbers changed."


ODD = ["", "\n", "#", "# \n", "---\n", "---\na: [\n---\n# X", "\ufeff# A", "```\n", "[](", "# A\r\n\r\nB\r\n", "x" * 10_000, "\x00", "| a |\n|---|", "<b"]  # fmt: skip


@pytest.mark.parametrize("one", ODD, ids=[f"{row}" for row in range(len(ODD))])
def test_any_text_is_a_page_and_is_like_itself(one: str) -> None:
    assert compare_sections(one, one) == ()
    for other in ODD:
        compare_sections(one, other)
        compare_pages({"docs/a.md": one.encode()}, {"docs/a.md": other.encode()}, ())


def test_every_mix_of_lines_is_compared_and_the_other_way_round_mirrors_it() -> None:
    dice = random.Random(7)
    parts = PAGE.split("\n")
    for _ in range(200):
        old, new = ("\n".join(dice.sample(parts, dice.randrange(len(parts)))) for _ in range(2))
        there, back = compare_sections(old, new), compare_sections(new, old)
        came = sorted(one.title for one in there if one.kind == "added")
        assert came == sorted(one.title for one in back if one.kind == "removed")


def test_pages_that_moved_are_found_by_their_text_and_others_are_not() -> None:
    before = {"docs/a.md": PAGE.encode(), "docs/b/index.md": b"# B\n\nAbout something else altogether."}
    after = {"docs/leave.md": PAGE.replace("urgent", "open").encode(), "docs/c.md": b"# C\n\nNew and short."}
    found = [(one.kind, one.was, one.path) for one in compare_pages(before, after, ())]
    assert found == [
        ("removed", "docs/b/index.md", "docs/b/index.md"),
        ("added", None, "docs/c.md"),
        ("moved", "docs/a.md", "docs/leave.md"),
    ]


def test_a_page_that_is_no_text_is_a_page() -> None:
    (found,) = compare_pages({"docs/a.md": b"caf\xe9"}, {"docs/a.md": b"caf\xe9 \xff\x00"}, ())
    assert (found.kind, found.title) == ("reworded", "a")
