"""Experiments that cannot answer their question, whatever comes out of them. What follows from an answer is in `verdicts`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handbook.finding import Hit, Severity
from handbook.model.catalog import Metric
from handbook.model.experiment import Experiment
from handbook.model.sample import computed, group_shares, needed
from handbook.rules.around import Around, Whole
from handbook.rules.registry import rule

_TOLERANCE = 0.005  #: three groups of 0.33 count as whole
_ENOUGH = 0.9  #: share of the needed sample from which on nothing is said: plans are estimates


@rule("experiments", Severity.WARNING, on=Experiment)
def experiment_without_guardrail(experiment: Experiment) -> Iterator[Hit]:
    """An experiment names no metric that must not get worse.

    What lifts one number often hurts another that nobody looks at: more sign-ups, and more support cases.

    Wrong:

    ```yaml title="processes/experiments/example.yaml"
    status: active
    primary: {metric: activation-rate}  # warning: [experiment-without-guardrail]
    ```

    Right:

    ```yaml title="processes/experiments/example.yaml"
    status: active
    primary: {metric: activation-rate}
    guardrails:
      - {metric: support-contact-rate, limit: "<= 4.4 cases"}
    ```
    """
    if not experiment.guardrails and experiment.ahead and experiment.status != "draft":
        help = "add `guardrails`, such as the support cases or the retention of those who take part"
        yield Hit(experiment.at / "primary", "no metric is named that must not get worse", help)


@rule("experiments", on=Experiment)
def experiment_without_control(experiment: Experiment) -> Iterator[Hit]:
    """An experiment has no group to compare with: a single variant, no control, or several.

    Without a control nobody can tell the change from the season, a campaign or a price of somebody else.

    Wrong:

    ```yaml title="processes/experiments/example.yaml"
    variants:  # error: [experiment-without-control]
      - {id: checklist, title: A checklist}
      - {id: tour, title: A guided tour}
    ```

    Right:

    ```yaml title="processes/experiments/example.yaml"
    variants:
      - {id: as-is, title: The first screen as it is, control: true}
      - {id: checklist, title: A checklist}
      - {id: tour, title: A guided tour}
    ```
    """
    controls = [variant.id for variant in experiment.variants if variant.control]
    at = (experiment.at / "variants").key
    if len(experiment.variants) == 1:
        yield Hit(at, "there is one variant only", "add the control: what people see today")
    elif not controls:
        yield Hit(at, "no variant is the control", "write `control: true` at the one that people see today")
    elif len(controls) > 1:
        named = " and ".join(f'"{id}"' for id in controls)
        yield Hit(at, f"{named} are all the control", "keep `control: true` at the one that people see today")


@rule("experiments", Severity.WARNING, on=Experiment)
def group_shares_not_one(experiment: Experiment) -> Iterator[Hit]:
    """The shares of the groups do not add up to 1, or only some groups have one.

    The platform then assigns people in another way than the plan says, and the sample is not the planned one.

    Wrong:

    ```yaml title="processes/experiments/example.yaml"
    variants:  # warning: [group-shares-not-one]
      - {id: as-is, title: The first screen as it is, control: true, share: 0.5}
      - {id: checklist, title: A checklist, share: 0.4}
    ```

    Right:

    ```yaml title="processes/experiments/example.yaml"
    exposure: 0.9
    variants:
      - {id: as-is, title: The first screen as it is, control: true, share: 0.5}
      - {id: checklist, title: A checklist, share: 0.5}
    ```
    """
    at = (experiment.at / "variants").key
    shares = group_shares(experiment)
    if shares is None:
        yield Hit(
            at, "only some variants have a share", "give one to each, or to none where all are of one size"
        )
    elif abs(sum(shares) - 1) > _TOLERANCE * len(shares):
        help = "share out all who take part; what part of the segment that is belongs into `exposure`"
        yield Hit(at, f"the shares of the variants add up to {sum(shares):.4g}, not to 1", help)


@rule("experiments", Severity.WARNING, on=Experiment)
def primary_metric_as_guardrail(experiment: Experiment) -> Iterator[Hit]:
    """The metric that decides is a guardrail of the same experiment too.

    It guards nothing: where it gets worse, the experiment has failed anyway. What could get worse unseen has no guardrail.

    Wrong:

    ```yaml title="processes/experiments/example.yaml"
    primary: {metric: activation-rate}
    guardrails:
      - {metric: activation-rate, limit: ">= 31%"}  # warning: [primary-metric-as-guardrail]
    ```

    Right:

    ```yaml title="processes/experiments/example.yaml"
    primary: {metric: activation-rate}
    guardrails:
      - {metric: support-contact-rate, limit: "<= 4.4 cases"}
    ```
    """
    for guardrail in experiment.guardrails:
        if guardrail.metric == experiment.primary.metric:
            message = f'"{guardrail.metric}" is the primary metric already'
            yield Hit(
                guardrail.at / "metric",
                message,
                "name a metric that could get worse while this one gets better",
            )


@rule("experiments", Severity.WARNING, on=Experiment)
def guardrail_without_limit(experiment: Experiment, around: Around) -> Iterator[Hit]:
    """A guardrail has no limit, and its metric has no target that could stand in for one.

    Nobody can say when it broke, so it stops nothing.

    Wrong:

    ```yaml title="processes/catalog/metrics.yaml"
    contact-rate: {title: Contacts, summary: Cases a week., owner: product-operations, unit: cases, direction: down, formula: cases / accounts, baseline: 3.4 cases}
    ```

    ```yaml title="processes/experiments/example.yaml"
    guardrails:
      - {metric: contact-rate}  # warning: [guardrail-without-limit]
    ```

    Right:

    ```yaml title="processes/catalog/metrics.yaml"
    contact-rate: {title: Contacts, summary: Cases a week., owner: product-operations, unit: cases, direction: down, formula: cases / accounts, baseline: 3.4 cases}
    ```

    ```yaml title="processes/experiments/example.yaml"
    guardrails:
      - {metric: contact-rate, limit: "<= 4.4 cases"}
    ```
    """
    for guardrail in experiment.guardrails:
        metric = around.find(Metric, guardrail.metric)
        if metric and metric.target is None and guardrail.limit is None and experiment.ahead:
            message = f'"{guardrail.metric}" has no limit here, and no target of its own'
            yield Hit(guardrail.at / "metric", message, "write the `limit` that has to hold in every group")


@rule("experiments", Severity.WARNING, on=Experiment)
def sample_too_small(experiment: Experiment) -> Iterator[Hit]:
    """Fewer people take part than it takes to see the smallest difference that is worth finding.

    Nothing will be found, even where there is something, and "no effect" will be remembered as a result. The number
    is computed for a share with `baseline` and `detects`, with 5 % false alarms and 80 % power.

    Wrong:

    ```yaml title="processes/experiments/example.yaml"
    primary: {metric: activation-rate, baseline: 31%, detects: 2 points}
    sample: {unit: accounts, per_week: 4600}
    starts_on: 2026-11-09
    ends_on: 2026-11-22  # warning: [sample-too-small]
    ```

    Right:

    ```yaml title="processes/experiments/example.yaml"
    primary: {metric: activation-rate, baseline: 31%, detects: 2 points}
    sample: {unit: accounts, per_week: 4600}
    starts_on: 2026-11-09
    ends_on: 2026-12-06
    ```
    """
    size, at_least, sample = needed(experiment), computed(experiment), experiment.sample
    if size is None or not experiment.ahead or sample is None:
        return
    primary = experiment.primary
    if sample.size and at_least and primary.baseline and primary.detects and sample.size < _ENOUGH * at_least:
        what = f"a difference of {primary.detects.text} at a baseline of {primary.baseline.text}"
        help = "leave out `size`, or look for a larger difference"
        yield Hit(
            sample.at / "size", f"{sample.size:,} are too few for {what}, which takes {at_least:,}", help
        )
    if sample.per_week and experiment.days:
        reached = int(sample.per_week * (experiment.exposure or 1) * experiment.days / 7)
        if reached < _ENOUGH * size:
            message = f"{reached:,} take part until then, and {size:,} are needed"
            help = "let it run for more weeks, include more people, or look for a larger difference"
            yield Hit(experiment.at / "ends_on", message, help)


@rule("experiments", Severity.WARNING)
def overlapping_experiments(whole: Whole) -> Iterator[Hit]:
    """Two experiments run at the same time on one surface, or on the same people with the same primary metric.

    Nobody can tell which of the two moved the number. One of them waits, or each leaves out the people of the other,
    which `apart_from` says.

    Wrong:

    ```yaml title="processes/experiments/tour.yaml"
    surface: first-screen
    starts_on: 2026-10-05
    ends_on: 2026-11-01
    ```

    ```yaml title="processes/experiments/example.yaml"
    surface: first-screen  # warning: [overlapping-experiments]
    starts_on: 2026-10-19
    ends_on: 2026-11-15
    ```

    Right:

    ```yaml title="processes/experiments/tour.yaml"
    surface: first-screen
    starts_on: 2026-10-05
    ends_on: 2026-11-01
    ```

    ```yaml title="processes/experiments/example.yaml"
    surface: first-screen
    starts_on: 2026-11-02
    ends_on: 2026-11-29
    ```
    """
    # By the first day, then by id: the order of `whole`.
    dated = [
        (one.starts_on, one.ends_on, one)
        for one in whole.all(Experiment)
        if one.ahead and one.starts_on and one.ends_on
    ]
    dated.sort(key=lambda row: row[0])
    for index, (start, end, later) in enumerate(dated):
        for _, other_end, earlier in dated[:index]:
            if start <= other_end:
                yield from _overlap(earlier, later, min(end, other_end))


def _overlap(earlier: Experiment, later: Experiment, until: date) -> Iterator[Hit]:
    """Yield what two experiments share at the same time, on the one that starts later."""
    if later.id in earlier.apart_from or earlier.id in later.apart_from:
        return
    help = "let one of them wait, or share out the people and say so with `apart_from`"
    if earlier.surface == later.surface:
        message = f'"{earlier.id}" runs on the surface "{later.surface}" too, until {until}'
        yield Hit(later.at / "surface", message, help, until=until)
    elif earlier.primary.metric == later.primary.metric and earlier.segment == later.segment:
        message = f'"{later.primary.metric}" decides "{earlier.id}" too, with the same people until {until}'
        yield Hit(later.primary.at / "metric", message, help, until=until)
