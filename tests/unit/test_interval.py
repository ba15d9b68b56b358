"""Answers that stand for numbers: what they take in, where they overlap and what they leave out."""

from __future__ import annotations

import pytest

from handbook.model.interval import Interval, interval, missing_number, shared_number

ENDLESS = float("inf")

READ = {
    "Less than 5 days": Interval(-ENDLESS, False, 5, False, "day"),
    "up to 5 days": Interval(-ENDLESS, False, 5, True, "day"),
    "No more than 2.5 %": Interval(-ENDLESS, False, 2.5, True, "%"),
    "more than 1,000 customers": Interval(1000, False, ENDLESS, False, "customer"),
    ">= 10": Interval(10, True, ENDLESS, False, ""),
    "5 days or more": Interval(5, True, ENDLESS, False, "day"),
    "Between 5 and 20 working days": Interval(5, True, 20, True, "working day"),
    "5–20 days": Interval(5, True, 20, True, "day"),
    "5 .. 20": Interval(5, True, 20, True, ""),
}


@pytest.mark.parametrize(("answer", "expected"), READ.items(), ids=list(READ))
def test_an_answer_stands_for_these_numbers(answer: str, expected: Interval) -> None:
    assert interval(answer) == expected


@pytest.mark.parametrize(
    "answer", ["", "Yes", "Tier 1", "5 days", "more than we can do", "Up to the team", "1 to 2 to 3"]
)
def test_other_answers_stand_for_no_numbers(answer: str) -> None:
    assert interval(answer) is None


def read(*answers: str) -> list[Interval]:
    return [found for answer in answers if (found := interval(answer))]


SHARED = {
    ("up to 5", "5 to 10"): [(0, 1, 5)],
    ("up to 5", "more than 5"): [],
    ("less than 5", "5 to 10", "more than 10"): [],
    ("5 to 10", "more than 5"): [(0, 1, 6)],
    ("more than 3", "up to 5"): [(1, 0, 4)],
    ("less than 5", "less than 10"): [(0, 1, 4)],
    ("1 to 5", "6 to 10", "8 to 12"): [(1, 2, 8)],
    ("up to 5", "up to 5"): [(0, 1, 4)],
}


@pytest.mark.parametrize(("answers", "expected"), SHARED.items(), ids=[", ".join(key) for key in SHARED])
def test_answers_that_overlap_share_a_number(
    answers: tuple[str, ...], expected: list[tuple[int, int, float]]
) -> None:
    found = list(shared_number(read(*answers)))
    assert found == expected
    assert all(read(*answers)[index].holds(number) for one, other, number in found for index in (one, other))


MISSING = {
    ("less than 5", "more than 5"): 5,
    ("up to 5", "more than 5"): None,
    ("less than 5", "5 or more"): None,
    ("1 to 5", "6 to 10"): None,
    ("1 to 5", "7 to 10"): 6,
    ("up to 5", "more than 10"): 10,
    ("less than 5", "more than 10"): 5,
    ("more than 10", "up to 20", "1 to 2"): None,
    ("0.5 to 1.5", "2 to 3"): 1.75,
}


@pytest.mark.parametrize(("answers", "expected"), MISSING.items(), ids=[", ".join(key) for key in MISSING])
def test_a_number_between_the_answers_may_belong_to_none(
    answers: tuple[str, ...], expected: float | None
) -> None:
    found = missing_number(read(*answers))
    assert found == expected
    assert found is None or not any(each.holds(found) for each in read(*answers))
