"""The rules on experiments where their documentation shows one case of several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pytest

from handbook.finding import Hit, Place
from handbook.model.build import build
from handbook.model.experiment import Experiment
from handbook.model.kinds import KINDS
from handbook.rules import experiments, verdicts
from handbook.rules.around import Whole

OWN = (
    experiments.experiment_without_guardrail, experiments.experiment_without_control, experiments.group_shares_not_one,
    experiments.primary_metric_as_guardrail, experiments.sample_too_small, verdicts.experiment_without_dates,
    verdicts.experiment_ends_before_start, verdicts.experiment_under_a_week, verdicts.undecided_experiment,
    verdicts.decision_and_state_differ, verdicts.unexplained_verdict, verdicts.decided_before_its_end,
)  # fmt: skip

GOOD: dict[str, Any] = {
    "title": "Checklist", "summary": "S", "state": "planned", "owner": "o", "hypothesis": "H", "surface": "start",
    "variants": [{"id": "as-is", "title": "As it is", "control": True}, {"id": "list", "title": "A checklist"}],
    "primary": {"metric": "activation", "baseline": "10%", "detects": "2 points"},
    "guardrails": [{"metric": "support", "limit": "<= 4"}],
    "sample": {"unit": "users", "per_week": 2000},
    "starts_on": "2026-11-02", "ends_on": "2026-11-29",
}  # fmt: skip
OVER = {
    "state": "decided",
    "decision": {"on": "2026-12-01", "verdict": "ship", "by": "pm", "why": "It won"},
    "learnings": ["One step is enough"],
}


def experiment(id: str = "checklist", **changes: Any) -> Experiment:
    data = {key: value for key, value in {**GOOD, **changes}.items() if value is not None}
    record = build(KINDS["experiment"], id, data, Place(f"{id}.yaml"))
    assert isinstance(record, Experiment)
    return record


def place(hit: Hit) -> Place:
    assert isinstance(hit.at, Place)
    return hit.at


def named(hits: Iterable[Hit]) -> list[tuple[tuple[str | int, ...], str]]:
    return [(place(hit).pointer, hit.message) for hit in hits]


def sized(*shares: float | None) -> list[dict[str, Any]]:
    groups = [{"id": f"g-{number}", "title": "G", "control": number == 0} for number in range(len(shares))]
    return [
        group if share is None else {**group, "share": share}
        for group, share in zip(groups, shares, strict=True)
    ]


CLEAN: dict[str, dict[str, Any]] = {
    "as planned": {},
    "a draft that lacks a guardrail": {"status": "draft", "guardrails": None},
    "a plan without days": {"starts_on": None, "ends_on": None},
    "thirds": {"variants": sized(0.33, 0.33, 0.33), "sample": None},
    "a third that is rounded": {"variants": sized(0.333, 0.333, 0.333), "sample": None},
    "a sample nearly reached": {"sample": {"per_week": 1800}},
    "a size that is typed and right": {"sample": {"size": 7700, "per_week": 2000}},
    "decided": OVER,
    "decided on its last day": {**OVER, "decision": {**OVER["decision"], "on": "2026-11-29"}},  # type: ignore[dict-item]
    "decided, and smaller than planned": {**OVER, "sample": {"per_week": 10}},
    "decided after three days": {**OVER, "ends_on": "2026-11-04"},
    "stopped before its end": {**OVER, "state": "stopped", "decision": {**OVER["decision"], "on": "2026-11-05"}},  # type: ignore[dict-item]
    "stopped before anybody took part": {**OVER, "state": "stopped", "starts_on": None, "ends_on": None},
}  # fmt: skip


@pytest.mark.parametrize("changes", CLEAN.values(), ids=CLEAN)
def test_nothing_is_said_about(changes: dict[str, Any]) -> None:
    today = date(2026, 11, 29)
    hits = [hit for rule in OWN for hit in rule(experiment(**changes))]
    assert named(hit for hit in hits if hit.since is None or hit.since <= today) == []


FOUND: dict[str, tuple[Any, dict[str, Any], list[tuple[tuple[str | int, ...], str]]]] = {
    "a single variant": (experiments.experiment_without_control, {"variants": sized(1)}, [(("variants",), "there is one variant only")]),
    "two controls": (
        experiments.experiment_without_control,
        {"variants": [*GOOD["variants"], {"id": "old", "title": "Older", "control": True}]},
        [(("variants",), '"as-is" and "old" are all the control')],
    ),
    "a share that is missing": (experiments.group_shares_not_one, {"variants": sized(0.5, None)}, [(("variants",), "only some variants have a share")]),
    "shares above 1": (experiments.group_shares_not_one, {"variants": sized(0.5, 0.6)}, [(("variants",), "the shares of the variants add up to 1.1, not to 1")]),
    "a size that is typed too small": (
        experiments.sample_too_small,
        {"sample": {"size": 3000}},
        [(("sample", "size"), "3,000 are too few for a difference of 2 points at a baseline of 10%, which takes 7,677")],
    ),
    "half of the people": (experiments.sample_too_small, {"exposure": 0.5}, [(("ends_on",), "4,000 take part until then, and 7,677 are needed")]),
    "a single day": (verdicts.experiment_under_a_week, {"ends_on": "2026-11-02"}, [(("ends_on",), "it runs for 1 day, less than a week")]),
    "running without days": (
        verdicts.experiment_without_dates,
        {"state": "running", "starts_on": None, "ends_on": None},
        [(("state",), "it is running, but starts_on and ends_on are missing")],
    ),
    "decided while it is running": (
        verdicts.decision_and_state_differ,
        {**OVER, "state": "running"},
        [(("state",), "it has a decision, and is still running")],
    ),
    "stopped without a decision": (verdicts.decision_and_state_differ, {"state": "stopped"}, [(("state",), "it is stopped, and no decision is written down")]),
    "a verdict without learnings": (verdicts.unexplained_verdict, {**OVER, "learnings": None}, [(("decision",), "nothing is written down that was learned")]),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "changes", "expected"), FOUND.values(), ids=FOUND)
def test_a_rule_finds(rule: Any, changes: dict[str, Any], expected: list[Any]) -> None:
    assert named(rule(experiment(**changes))) == expected


@pytest.mark.parametrize(
    ("ends_on", "since"),
    [
        ("2026-11-29", date(2026, 12, 5)),
        ("2026-12-02", date(2026, 12, 10)),
        ("2026-12-04", date(2026, 12, 12)),
    ],
    ids=["Sunday", "Wednesday", "Friday"],
)
def test_a_decision_is_late_after_five_working_days(ends_on: str, since: date) -> None:
    (hit,) = verdicts.undecided_experiment(experiment(ends_on=ends_on))
    assert hit.since == since


class Some(Whole):
    """A handbook of experiments only."""

    def __init__(self, *found: Experiment) -> None:
        self.__dict__["found"] = found

    def all(self, entity: type[Any]) -> Iterator[Any]:
        yield from sorted(self.__dict__["found"], key=lambda one: one.id)


OTHER = {
    "surface": "invitation",
    "primary": {"metric": "retention"},
    "starts_on": "2026-11-16",
    "ends_on": "2026-12-13",
}
PAIRS: dict[str, tuple[dict[str, Any], list[tuple[tuple[str | int, ...], str]]]] = {
    "nothing in common": ({}, []),
    "one surface": ({"surface": "start"}, [(("surface",), '"checklist" runs on the surface "start" too, until 2026-11-29')]),
    "one surface on the last day": (
        {"surface": "start", "starts_on": "2026-11-29"},
        [(("surface",), '"checklist" runs on the surface "start" too, until 2026-11-29')],
    ),
    "one surface, one after the other": ({"surface": "start", "starts_on": "2026-11-30"}, []),
    "one surface and other people": ({"surface": "start", "apart_from": ["checklist"]}, []),
    "one surface, and one of them is over": ({**OVER, "surface": "start"}, []),
    "one surface, without days": ({"surface": "start", "starts_on": None, "ends_on": None}, []),
    "one metric": (
        {"primary": {"metric": "activation"}},
        [(("primary", "metric"), '"activation" decides "checklist" too, with the same people until 2026-11-29')],
    ),
    "one metric in another segment": ({"primary": {"metric": "activation"}, "segment": "Administrators"}, []),
    "both": (
        {"surface": "start", "primary": {"metric": "activation"}},
        [(("surface",), '"checklist" runs on the surface "start" too, until 2026-11-29')],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), PAIRS.values(), ids=PAIRS)
def test_two_experiments_share(changes: dict[str, Any], expected: list[Any]) -> None:
    hits = list(
        experiments.overlapping_experiments(Some(experiment(), experiment("banner", **{**OTHER, **changes})))
    )
    assert named(hits) == expected
    assert {(hit.at.path, hit.until) for hit in hits} <= {("banner.yaml", date(2026, 11, 29))}


def test_experiments_that_leave_each_other_out_may_say_it_on_either_side() -> None:
    earlier = experiment(apart_from=["banner"])
    later = experiment("banner", **{**OTHER, "surface": "start"})
    assert list(experiments.overlapping_experiments(Some(earlier, later))) == []
