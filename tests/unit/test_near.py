"""Words that are nearly another one."""

from __future__ import annotations

import pytest

from handbook.text.near import did_you_mean, listed, nearest

KNOWN = ["owner", "outcome", "steps", "status", "legal-approval"]


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("owners", "owner"),
        ("legal-aproval", "legal-approval"),
        ("step", "steps"),
        ("xyz", None),
        ("", None),
        ("Owner", "owner"),
    ],
)
def test_a_slip_is_near_the_word_that_was_meant(word: str, near: str | None) -> None:
    assert nearest(word, KNOWN) == near


def test_the_same_word_is_near_in_whatever_order_the_known_ones_come() -> None:
    assert nearest("stat", ["stab", "star"]) == nearest("stat", ["star", "stab"])


def test_a_suggestion_is_the_end_of_a_sentence() -> None:
    assert did_you_mean("owners", KNOWN) == '; did you mean "owner"?'
    assert did_you_mean("xyz", KNOWN) == ""


@pytest.mark.parametrize(
    ("words", "last", "text"),
    [
        ([], "or", ""),
        (["a"], "or", '"a"'),
        (["a", "b"], "or", '"a" or "b"'),
        (["a", "b", "c"], "and", '"a", "b" and "c"'),
    ],
)
def test_words_are_listed_to_be_read_aloud(words: list[str], last: str, text: str) -> None:
    assert listed(words, last) == text
