"""The page of an experiment: what is believed, what is tried on whom, which number decides, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.model.catalog import Metric, Role
from handbook.model.experiment import Experiment, Variant
from handbook.model.launch import Launch
from handbook.model.sample import ALARM, POWER, computed, group_shares, needed, weeks
from handbook.site import frame
from handbook.site.metric import DIRECTIONS
from handbook.site.page import Here, Page
from handbook.site.uses import uses
from handbook.text import markup, words

STATES = {"running": "Running", "planned": "Planned", "decided": "Decided", "stopped": "Stopped"}
VERDICTS = {"ship": "Ship it", "iterate": "Try again", "stop": "Give it up"}


def page(here: Here, experiment: Experiment) -> Page:
    """Return the page of an experiment."""
    return frame.page(
        here,
        experiment,
        _facts(here, experiment),
        markup.section("What we believe", markup.text(experiment.hypothesis), anchor="hypothesis"),
        markup.section("What was decided", *_decision(here, experiment), anchor="decision"),
        markup.section(
            "What we learned", markup.bullets(map(markup.text, experiment.learnings)), anchor="learnings"
        ),
        markup.section("What the groups see", *_groups(here, experiment), anchor="groups"),
        markup.section("What decides", _primary(here, experiment), anchor="primary"),
        markup.section("What must not get worse", _guardrails(here, experiment), anchor="guardrails"),
        markup.section("How many take part", *_sample(experiment), anchor="sample"),
        markup.section("How the result is read", here.markdown(experiment.analysis, 3), anchor="analysis"),
    )


def state(experiment: Experiment) -> str:
    """Return how far an experiment is, as a label."""
    return markup.chip(STATES[experiment.state], "status", experiment.state)


def verdict(experiment: Experiment) -> str:
    """Return what was decided, as a label; empty where nothing was yet."""
    made = experiment.decision
    return markup.chip(VERDICTS[made.verdict], "status", made.verdict) if made else ""


def _facts(here: Here, experiment: Experiment) -> Iterator[tuple[str, str]]:
    yield "State", " ".join(filter(None, (state(experiment), verdict(experiment))))
    yield "Days", _days(experiment)
    yield "Where", markup.text(words.sentence(experiment.surface.replace("-", " ")))
    yield "Who takes part", _people(experiment)
    yield "Shares nobody with", here.names(Experiment, experiment.apart_from)
    yield "Builds on", here.name(Experiment, experiment.follows)
    yield "Led to", ", ".join(here.link(one) for one in _followers(here, experiment))
    yield "Launch", here.name(Launch, experiment.launch)


def _days(experiment: Experiment) -> str:
    start, end = words.day(experiment.starts_on), words.day(experiment.ends_on)
    if experiment.days is None:
        return f"From {start}" if start else f"Until {end}" if end else ""
    whole, rest = divmod(experiment.days, 7)
    length = words.count(experiment.days, "day") if rest else words.count(whole, "week")
    return f"{start} to {end}, {length}"


def _people(experiment: Experiment) -> str:
    segment = markup.text(experiment.segment or "Everyone")
    return f"{segment}; {_percent(experiment.exposure)} of them" if experiment.exposure else segment


def _percent(share: float) -> str:
    return f"{words.number(share * 100)}\u00a0%"


def _followers(here: Here, experiment: Experiment) -> list[Experiment]:
    found = (use.record for use in uses(here.handbook, experiment) if use.key == "follows")
    return [record for record in found if isinstance(record, Experiment)]


def _decision(here: Here, experiment: Experiment) -> Iterator[str]:
    made = experiment.decision
    if made is None:
        return
    yield f"{verdict(experiment)} {words.day(made.on)}, {here.name(Role, made.by)}"
    yield markup.facts(
        (
            ("Effect", markup.text(made.effect or "")),
            ("Why", markup.text(made.why or "")),
            ("Why before its end", markup.text(made.early or "")),
        )
    )


def _groups(here: Here, experiment: Experiment) -> Iterator[str]:
    """Yield the groups, and below them what is different where the title does not say it."""
    shares = group_shares(experiment)
    sizes = [_percent(share) for share in shares] if shares else [""] * len(experiment.variants)
    rows = (
        (_name(variant), markup.text(variant.title), size)
        for variant, size in zip(experiment.variants, sizes, strict=True)
    )
    yield markup.table(("Group", "What it sees", "Share"), rows)
    for variant in experiment.variants:
        told = here.markdown(variant.description, 4)
        yield markup.section(variant.title, told, level=3) if told else ""


def _name(variant: Variant) -> str:
    name = f"{markup.code(variant.id)}{{ #variant-{variant.id} }}"
    return f"{name} {markup.chip('Control', 'status', 'control')}" if variant.control else name


def _primary(here: Here, experiment: Experiment) -> str:
    primary = experiment.primary
    metric = here.handbook.find(Metric, primary.metric)
    better = words.sentence(DIRECTIONS[metric.direction]) if metric else ""
    row = (
        here.name(Metric, primary.metric),
        better,
        markup.text(words.quantity(primary.baseline)),
        markup.text(words.quantity(primary.detects)),
    )
    return markup.table(("Metric", "Direction", "Before", "Smallest difference worth finding"), [row])


def _guardrails(here: Here, experiment: Experiment) -> str:
    rows = []
    for guardrail in experiment.guardrails:
        metric = here.handbook.find(Metric, guardrail.metric)
        limit = guardrail.limit or (metric.target if metric else None)
        actual = markup.text(guardrail.actual or "")
        rows.append((here.name(Metric, guardrail.metric), markup.text(words.target(limit)), actual))
    return markup.table(("Metric", "Has to stay", "At the end"), rows)


def _sample(experiment: Experiment) -> Iterator[str]:
    """Yield how many are needed, how long it takes to reach them, and where the number comes from."""
    size, sample = needed(experiment), experiment.sample
    if size is None:
        return
    ours = size == computed(experiment)
    unit = markup.text(sample.unit if sample and sample.unit else "participants")
    each = f" {_thousands(sample.per_week)} come in a week." if sample and sample.per_week else ""
    time = weeks(experiment)
    long = f" To reach them takes {words.count(time, 'week')}." if time else ""
    yield f"**{_rounded(size) if ours else _thousands(size)} {unit}** in all groups together.{each}{long}"
    if ours:
        yield (
            f"That many show the smallest difference worth finding with a chance of {_percent(POWER)},"
            f" and one that is not there with a chance of {_percent(ALARM)}."
        )
    yield markup.text(sample.computed or "") if sample else ""


def _rounded(number: int) -> str:
    """Return a number in three digits and zeros, rounded up: About 17 100 for 17072."""
    step = 10 ** max(0, len(str(number)) - 3)
    return f"About {_thousands(-(-number // step) * step)}"


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
