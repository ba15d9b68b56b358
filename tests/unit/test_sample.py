"""How many have to take part in an experiment."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from handbook.finding import Place
from handbook.model.build import build
from handbook.model.experiment import Experiment
from handbook.model.kinds import KINDS
from handbook.model.sample import computed, needed, weeks

HALVES = [{"id": "as-is", "title": "As it is", "control": True}, {"id": "other", "title": "Another way"}]


def experiment(primary: dict[str, str], **more: Any) -> Experiment:
    data = {"title": "T", "summary": "S", "state": "planned", "owner": "o", "hypothesis": "H", "surface": "s", "variants": HALVES}  # fmt: skip
    record = build(
        KINDS["experiment"], "x", {**data, "primary": {"metric": "m", **primary}, **more}, Place("x")
    )
    assert isinstance(record, Experiment)
    return record


def thirds(*shares: float) -> list[dict[str, Any]]:
    return [
        {"id": f"group-{number}", "title": "Group", "control": number == 0, "share": share}
        for number, share in enumerate(shares)
    ]


#: R says 2 x 3841 for the first: power.prop.test(p1 = .1, p2 = .12, power = .8), which pools the two variances
COMPUTED: dict[str, tuple[dict[str, str], dict[str, Any], int | None]] = {
    "points": ({"baseline": "10%", "detects": "2 points"}, {}, 7677),
    "one point": ({"baseline": "10%", "detects": "1 point"}, {}, 29497),
    "relative to the baseline": ({"baseline": "10 %", "detects": "20%"}, {}, 7677),
    "the way down is as far": ({"baseline": "10%", "detects": "-2 points"}, {}, 7677),
    "groups of other sizes": ({"baseline": "20%", "detects": "5 points"}, {"variants": thirds(0.4, 0.3, 0.3)}, 3898),
    "the smallest group decides": ({"baseline": "20%", "detects": "5 points"}, {"variants": thirds(0.4, 0.4, 0.2)}, 5086),
    "no share": ({"baseline": "52 hours", "detects": "8 hours"}, {}, None),
    "another unit": ({"baseline": "31%", "detects": "2 hours"}, {}, None),
    "no baseline": ({"detects": "2 points"}, {}, None),
    "no difference": ({"baseline": "31%", "detects": "0 points"}, {}, None),
    "more than everyone": ({"baseline": "99%", "detects": "2 points"}, {}, None),
    "a baseline that cannot move": ({"baseline": "0%", "detects": "2 points"}, {}, None),
    "no control": ({"baseline": "31%", "detects": "2 points"}, {"variants": [{"id": "a", "title": "A"}] * 2}, None),
    "only some sizes": ({"baseline": "31%", "detects": "2 points"}, {"variants": [*HALVES, *thirds(0.2)]}, None),
    "one group": ({"baseline": "31%", "detects": "2 points"}, {"variants": HALVES[:1]}, None),
}  # fmt: skip


@pytest.mark.parametrize(("primary", "more", "expected"), COMPUTED.values(), ids=COMPUTED)
def test_a_sample_is_computed_for_a_share(
    primary: dict[str, str], more: dict[str, Any], expected: int | None
) -> None:
    assert computed(experiment(primary, **more)) == expected


@given(
    baseline=st.integers(5, 90), points=st.integers(1, 20), control=st.floats(0.1, 0.9, allow_subnormal=False)
)
def test_as_many_as_computed_find_the_difference_four_times_in_five(
    baseline: int, points: int, control: float
) -> None:
    assume(baseline + points < 100)
    variants = thirds(control, 1 - control)
    total = computed(
        experiment({"baseline": f"{baseline}%", "detects": f"{points} points"}, variants=variants)
    )
    assert total is not None
    before, after = baseline / 100, (baseline + points) / 100
    error = (before * (1 - before) / (total * control) + after * (1 - after) / (total * (1 - control))) ** 0.5
    normal = NormalDist()
    power = 1 - normal.cdf(normal.inv_cdf(0.975) - (after - before) / error)
    assert power + 1e-6 >= 0.8
    assert power < 0.8 + 1 / total**0.5


def test_several_comparisons_share_the_chance_of_a_false_alarm() -> None:
    share = {"baseline": "20%", "detects": "5 points"}
    two = computed(experiment(share, variants=thirds(0.25, 0.75)))
    normal = NormalDist()
    power = normal.inv_cdf(0.8)
    for others in range(1, 10):
        variants = thirds(0.25, *[0.75] * others)  # more than everyone, so that only the comparisons differ
        ratio = (normal.inv_cdf(1 - 0.025 / others) + power) ** 2 / (normal.inv_cdf(0.975) + power) ** 2
        assert two is not None
        assert computed(experiment(share, variants=variants)) == pytest.approx(two * ratio, abs=2)


def test_what_is_typed_goes_before_what_is_computed() -> None:
    share = {"baseline": "10%", "detects": "2 points"}
    assert needed(experiment(share, sample={"size": 9000})) == 9000
    assert needed(experiment(share, sample={"unit": "accounts"})) == 7677
    assert needed(experiment({})) is None


def test_the_weeks_count_only_those_who_are_let_in() -> None:
    share = {"baseline": "10%", "detects": "2 points"}
    assert weeks(experiment(share, sample={"per_week": 4000})) == 2
    assert weeks(experiment(share, sample={"per_week": 4000}, exposure=0.5)) == 4
    assert weeks(experiment(share)) is None
    assert weeks(experiment({}, sample={"per_week": 4000})) is None


def test_the_smallest_numbers_that_may_be_written_are_still_counted() -> None:
    least = {"baseline": "0.000001%", "detects": "0.000001%"}
    tiny = experiment(least, variants=thirds(0.9999, 0.0001), sample={"per_week": 1}, exposure=0.0001)
    total = computed(tiny)
    assert total is not None
    assert total > 10**20
    assert weeks(tiny) == pytest.approx(total * 10**4)


def test_the_guide_shows_what_is_computed(root: Path) -> None:
    guide = (root / "docs/guides/experiment-plan.md").read_text(encoding="utf-8")
    rows = re.findall(r"\| (\d+) % \| (\d+) points? \| about ([\d,]+) \|", guide)
    assert len(rows) == 4
    for baseline, points, people in rows:
        total = computed(experiment({"baseline": f"{baseline}%", "detects": f"{points} points"}))
        assert total == pytest.approx(int(people.replace(",", "")), rel=0.005)
