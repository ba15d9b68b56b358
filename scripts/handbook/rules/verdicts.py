"""Experiments whose days or decision do not hold. Registered with the group of the experiments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from handbook.finding import Hit, Severity
from handbook.model.experiment import Experiment
from handbook.rules.registry import rule

_DAYS_TO_DECIDE = 5  #: working days from the last day of an experiment to its decision
_WEEK = 7
_OVER = ("decided", "stopped")


@rule("experiments", on=Experiment)
def experiment_without_dates(experiment: Experiment) -> Iterator[Hit]:
    """An experiment is running or decided, and does not say from when until when.

    Without an end that is fixed before the start, somebody ends it on the day on which the number looks best.

    Wrong:

    ```yaml title="processes/experiments/example.yaml"
    state: running  # error: [experiment-without-dates]
    starts_on: 2026-09-21
    ```

    Right:

    ```yaml title="processes/experiments/example.yaml"
    state: running
    starts_on: 2026-09-21
    ends_on: 2026-10-18
    ```
    """
    if experiment.state in ("running", "decided"):
        missing = [name for name in ("starts_on", "ends_on") if getattr(experiment, name) is None]
        if missing:
            message = f"it is {experiment.state}, but {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
            yield Hit(experiment.at / "state", message, "write the first day, and the last one that counts")


@rule("experiments", on=Experiment)
def experiment_ends_before_start(experiment: Experiment) -> Iterator[Hit]:
    """An experiment ends before it begins.

    One of the two days is a slip, and every plan that waits for the result is wrong.

    Wrong:

    ```yaml title="processes/experiments/example.yaml"
    starts_on: 2026-11-09
    ends_on: 2026-10-06  # error: [experiment-ends-before-start]
    ```

    Right:

    ```yaml title="processes/experiments/example.yaml"
    starts_on: 2026-11-09
    ends_on: 2026-12-06
    ```
    """
    start, end = experiment.starts_on, experiment.ends_on
    if start and end and end < start:
        yield Hit(
            experiment.at / "ends_on",
            f"it ends on {end}, before it begins on {start}",
            "correct one of the two days",
        )


@rule("experiments", Severity.WARNING, on=Experiment)
def experiment_under_a_week(experiment: Experiment) -> Iterator[Hit]:
    """An experiment runs for less than a full week.

    People behave differently on Mondays and Sundays. Half a week shows which days it had, not what the change does.

    Wrong:

    ```yaml title="processes/experiments/example.yaml"
    starts_on: 2026-11-09
    ends_on: 2026-11-12  # warning: [experiment-under-a-week]
    ```

    Right:

    ```yaml title="processes/experiments/example.yaml"
    starts_on: 2026-11-09
    ends_on: 2026-11-15
    ```
    """
    days = experiment.days
    if days and days < _WEEK and experiment.ahead:
        message = f"it runs for {days} day{'s' if days > 1 else ''}, less than a week"
        yield Hit(experiment.at / "ends_on", message, "let it run for whole weeks, one at least")


@rule("experiments", Severity.WARNING, on=Experiment)
def undecided_experiment(experiment: Experiment) -> Iterator[Hit]:
    """An experiment is over, and after five working days nobody has decided what follows.

    Its code stays in the product, its groups block the surface for others, and what it cost has bought nothing.

    Wrong:

    ```yaml title="processes/experiments/example.yaml"
    state: running
    starts_on: 2026-08-31
    ends_on: 2026-09-27  # warning: [undecided-experiment]
    ```

    Right:

    ```yaml title="processes/experiments/example.yaml"
    state: decided
    starts_on: 2026-08-31
    ends_on: 2026-09-27
    decision: {on: 2026-09-30, verdict: stop, by: product-manager, why: No group did better than the control}
    learnings: [A list of features is not a first step]
    ```
    """
    if experiment.ends_on and experiment.ahead and not experiment.decision:
        last = _working_days_after(experiment.ends_on, _DAYS_TO_DECIDE)
        message = f"it ended on {experiment.ends_on} and was to be decided by {last}, but it is still {experiment.state}"
        help = "add the `decision` with `state: decided`; where it runs longer, move the day and say why in `notes`"
        yield Hit(experiment.at / "ends_on", message, help, since=last + timedelta(days=1))


def _working_days_after(day: date, count: int) -> date:
    """Return the day so many Mondays to Fridays later. Holidays do not count: they would only make it later."""
    while count:
        day += timedelta(days=1)
        count -= day.isoweekday() <= 5
    return day


@rule("experiments", on=Experiment)
def decision_and_state_differ(experiment: Experiment) -> Iterator[Hit]:
    """An experiment is over without a decision, or has a decision while it is planned or running.

    A reader cannot tell whether the change is coming. One of the two was forgotten.

    Wrong:

    ```yaml title="processes/experiments/example.yaml"
    state: decided  # error: [decision-and-state-differ]
    starts_on: 2026-08-31
    ends_on: 2026-09-27
    ```

    Right:

    ```yaml title="processes/experiments/example.yaml"
    state: decided
    starts_on: 2026-08-31
    ends_on: 2026-09-27
    decision: {on: 2026-09-30, verdict: ship, by: product-manager, why: It found the difference it looked for}
    learnings: [Most people begin with the first of three steps, whatever it is]
    ```
    """
    if experiment.state in _OVER and experiment.decision is None:
        yield Hit(
            experiment.at / "state",
            f"it is {experiment.state}, and no decision is written down",
            "add `decision`: the day, the verdict, who decided and why",
        )
    elif experiment.ahead and experiment.decision is not None:
        yield Hit(
            experiment.at / "state",
            f"it has a decision, and is still {experiment.state}",
            "set `state` to decided or stopped, or remove the decision",
        )


@rule("experiments", Severity.WARNING, on=Experiment)
def unexplained_verdict(experiment: Experiment) -> Iterator[Hit]:
    """An experiment was decided without saying why, or without anything learned.

    The next team tries the same again. What was learned is the only result that every experiment has, also a lost one.

    Wrong:

    ```yaml title="processes/experiments/example.yaml"
    state: decided
    starts_on: 2026-08-31
    ends_on: 2026-09-27
    decision: {on: 2026-09-30, verdict: stop, by: product-manager}  # warning: [unexplained-verdict]
    ```

    Right:

    ```yaml title="processes/experiments/example.yaml"
    state: decided
    starts_on: 2026-08-31
    ends_on: 2026-09-27
    decision: {on: 2026-09-30, verdict: stop, by: product-manager, why: No group did better than the control}
    learnings: [A list of features is not a first step]
    ```
    """
    decision = experiment.decision
    if decision is None or experiment.ahead:
        return
    if decision.why is None:
        yield Hit(
            experiment.at / "decision",
            "the decision has no reason",
            "say in `why` how it follows from the result",
        )
    if not experiment.learnings:
        yield Hit(
            (experiment.at / "decision").key,
            "nothing is written down that was learned",
            "add `learnings`: what is known now that was not known before",
        )


@rule("experiments", Severity.WARNING, on=Experiment)
def decided_before_its_end(experiment: Experiment) -> Iterator[Hit]:
    """An experiment was decided before its planned end, and no reason is given.

    Who looks on each of 20 days and stops on a good one finds a difference in a quarter of all cases that have none.

    Wrong:

    ```yaml title="processes/experiments/example.yaml"
    state: decided
    starts_on: 2026-08-31
    ends_on: 2026-09-27
    decision: {on: 2026-09-16, verdict: ship, by: product-manager, why: The checklist won}  # warning: [decided-before-its-end]
    learnings: [Most people begin with the first of three steps]
    ```

    Right:

    ```yaml title="processes/experiments/example.yaml"
    state: decided
    starts_on: 2026-08-31
    ends_on: 2026-09-27
    decision:
      on: 2026-09-16
      verdict: ship
      by: product-manager
      why: The checklist won
      early: The plan has one look after two weeks, with a boundary of its own, and it was crossed
    learnings: [Most people begin with the first of three steps]
    ```
    """
    # A quarter: Armitage, McPherson & Rowe, Repeated significance tests on accumulating data, 1969, table 2.
    decision, end = experiment.decision, experiment.ends_on
    if experiment.state == "decided" and decision and end and decision.on < end and not decision.early:
        message = f"it was decided on {decision.on}, before its planned end on {end}"
        help = "say in `early` why; a guardrail that broke, or no valid result, is `state: stopped`"
        yield Hit(decision.at / "on", message, help)
