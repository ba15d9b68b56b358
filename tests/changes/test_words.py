"""How values are said in sentences about changes."""

from __future__ import annotations

import pytest

from handbook.changes.words import LONGEST, value


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("guides/business-review-pack.md", "the page “Guides: Business review pack”"),
        ("how-to/index.md", "the page “How to”"),
        ("index.md", "the page “Index”"),
        ("first_day.md", "the page “First day”"),
        ("guides/customer-interviews.md#find-the-customer", "“Find the customer” on the page “Guides: Customer interviews”"),
    ],
)  # fmt: skip
def test_a_page_is_said_in_words(path: str, said: str) -> None:
    assert value(path) == said


def test_pages_in_different_folders_are_said_differently() -> None:
    assert value("guides/a.md") != value("how-to/a.md")


@pytest.mark.parametrize(
    "text",
    [
        "Read the notes.md first",
        "../up.md",
        "https://example.org/a.md",
        "a.md#",
        "notes.txt",
        "a/.md",
        "a.md.bak",
    ],
)
def test_other_texts_are_quoted(text: str) -> None:
    assert value(text) == f"“{text}”"


def test_a_long_text_is_cut() -> None:
    assert len(value("x" * 500)) == LONGEST + 2
