"""Changes of experiments: what is tried on whom, which numbers decide, the days, and what was decided and learned."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.changes import words
from handbook.changes.change import Change
from handbook.changes.fields import (
    Table,
    amount,
    as_said,
    called,
    choice,
    day,
    existence,
    extras,
    flag,
    names,
    texts,
    value,
    walk,
    wording,
)
from handbook.changes.parts import form
from handbook.changes.record import ENVELOPE, target
from handbook.changes.scope import Scope
from handbook.model.experiment import Experiment, Guardrail, Primary, Sample, Verdict
from handbook.text.words import number

_COUNTED = {
    "unit": "unit that is counted",
    "per_week": "number of those who can take part in a week",
    "size": "number of those who have to take part",
    "computed": "way to the number of those who have to take part",
}


def agreement(scope: Scope, key: str, old: str, new: str) -> Iterator[Change]:
    """Compare whether the plan is agreed."""
    yield scope.change(f"agreement-{'added' if new == 'active' else 'removed'}", key=key)


def primary(scope: Scope, key: str, old: Primary, new: Primary) -> Iterator[Change]:
    """Compare the metric that decides, and the difference that is looked for."""
    yield from value("primary-metric", "metric")(scope, key, old.metric, new.metric)
    yield from as_said(scope, key, "detectable", old.detects, new.detects)
    yield from as_said(scope, key, "usage", old.baseline, new.baseline, label="baseline")


def guardrails(
    scope: Scope, key: str, old: tuple[Guardrail, ...], new: tuple[Guardrail, ...]
) -> Iterator[Change]:
    """Compare the metrics that must not get worse, their limits and what came of them."""
    before = {scope.now(one.metric, "metric"): one for one in old}
    after = {scope.canonical(one.metric, "metric"): one for one in new}
    yield from names("guardrail", "metric")(scope, key, list(before), list(after))
    for metric in after:
        if metric in before:
            yield from _guardrail(scope, key, before[metric], after[metric], scope.show(metric, "metric"))


def _guardrail(scope: Scope, key: str, old: Guardrail, new: Guardrail, measure: str) -> Iterator[Change]:
    yield from target(measure)(scope, key, old.limit, new.limit) if old.limit != new.limit else ()
    yield from as_said(scope, key, "result", old.actual, new.actual, label="result", measure=measure)


def sample(scope: Scope, key: str, old: Sample | None, new: Sample | None) -> Iterator[Change]:
    """Compare how many take part; a sample that says nothing is as good as none."""
    for name, label in _COUNTED.items():
        before, after = getattr(old, name, None), getattr(new, name, None)
        yield from as_said(scope, key, "sample", before, after, label=label)


def decision(scope: Scope, key: str, old: Verdict | None, new: Verdict | None) -> Iterator[Change]:
    """Compare what was decided. The words around it are wording."""
    before = old and _decided(scope, old, scope.now(old.by, "role"))
    after = new and _decided(scope, new, scope.canonical(new.by, "role"))
    if before != after:
        said = {"before": before or "nothing", "after": after or "nothing"}
        yield scope.change(f"verdict-{existence(before, after)}", key=key, **said)
    for name, label in (("effect", "effect"), ("why", "reason"), ("early", "reason to decide early")):
        if old and new:
            yield from wording(label)(scope, key, getattr(old, name), getattr(new, name))


def _decided(scope: Scope, it: Verdict, by: str) -> str:
    return f"{words.quoted(it.verdict)} on {words.value(it.on)}, by {scope.show(by, 'role')}"


def analysis(scope: Scope, key: str, old: str | None, new: str | None) -> Iterator[Change]:
    """Compare how the result will be read; lines of another length are the same plan."""
    if (old or "").split() != (new or "").split():
        yield scope.change(f"analysis-{existence(old, new)}", key=key)


def _percent(share: float | None) -> str:
    return "nothing" if share is None else f"{number(share * 100)} %"


VARIANT: Table = {
    "title": called,
    "control": flag("control"),
    "share": amount("group-share", say=_percent),
    "description": wording(),
    "extra": extras,
}

EXPERIMENT: Table = {
    **ENVELOPE,
    "status": agreement,
    "state": choice("experiment-state"),
    "hypothesis": value("hypothesis"),
    "surface": value("surface"),
    "segment": value("segment"),
    "exposure": amount("exposure", say=_percent),
    "apart_from": names("separation", "experiment"),
    "variants": form("variant", VARIANT),
    "primary": primary,
    "guardrails": guardrails,
    "sample": sample,
    "starts_on": day("experiment-start"),
    "ends_on": day("experiment-end"),
    "analysis": analysis,
    "decision": decision,
    "learnings": texts("learning"),
    "follows": value("basis", "experiment"),
    "launch": value("launch-link", "launch"),
}


def compare_experiment(scope: Scope, old: Experiment, new: Experiment) -> Iterator[Change]:
    """Yield the changes between two states of an experiment."""
    yield from walk(scope, EXPERIMENT, old, new)
