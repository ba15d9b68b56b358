"""The small values of records: what `2d..6d`, `45min`, `-20d`, `6mo` and `>= 90%` come to."""

from __future__ import annotations

import pytest

from handbook.model.values import Duration, Effort, Offset, Period, Target

DURATIONS = {
    "4h": (0.5, 0.5),
    "2d": (2, 2),
    "1.5d": (1.5, 1.5),
    "1w": (5, 5),
    "2d..6d": (2, 6),
    "4h..1d": (0.5, 1),
    "0d": (0, 0),
}


@pytest.mark.parametrize(("text", "days"), DURATIONS.items(), ids=list(DURATIONS))
def test_a_duration_is_counted_in_working_days(text: str, days: tuple[float, float]) -> None:
    assert Duration.parse(text) == Duration(*days, text)


EFFORTS = {"45min": 0.75, "3h": 3, "2d": 16, "0.5h": 0.5}


@pytest.mark.parametrize(("text", "hours"), EFFORTS.items(), ids=list(EFFORTS))
def test_an_effort_is_counted_in_hours(text: str, hours: float) -> None:
    assert Effort.parse(text) == Effort(hours, text)


OFFSETS = {"-20d": (-20, "-20d"), "0d": (0, "0d"), "+5d": (5, "+5d"), "5d": (5, "+5d")}


@pytest.mark.parametrize(
    ("text", "days", "shown"), [(text, *row) for text, row in OFFSETS.items()], ids=list(OFFSETS)
)
def test_an_offset_is_shown_with_its_sign(text: str, days: int, shown: str) -> None:
    offset = Offset.parse(text)
    assert (offset.days, str(offset)) == (days, shown)


@pytest.mark.parametrize(
    ("text", "count", "unit"), [("10d", 10, "d"), ("2w", 2, "w"), ("6mo", 6, "mo"), ("1y", 1, "y")]
)
def test_a_period_keeps_its_unit(text: str, count: int, unit: str) -> None:
    period = Period.parse(text)
    assert (period.count, period.unit, str(period)) == (count, unit, text)


TARGETS = {
    ">= 90%": (">=", 90, "%"),
    "<= 3 d": ("<=", 3, "d"),
    ">5": (">", 5, ""),
    "< -1.5 points": ("<", -1.5, "points"),
    "= 0": ("=", 0, ""),
}


@pytest.mark.parametrize(("text", "parts"), TARGETS.items(), ids=list(TARGETS))
def test_a_target_is_a_comparison_a_number_and_a_unit(text: str, parts: tuple[str, float, str]) -> None:
    assert Target.parse(text) == Target(*parts, text)


@pytest.mark.parametrize("text", ["", "d", "2", "2m", "-2d", "2d 3h", "two days"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount"):
        Effort.parse(text)


@pytest.mark.parametrize("text", ["", "90%", "about 90%", "=> 90%"])
def test_what_is_no_target_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a target"):
        Target.parse(text)
