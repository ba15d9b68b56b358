"""Launches from which nobody hears, or from which nobody learns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from handbook.finding import Hit, Severity
from handbook.model.handbook import Name
from handbook.model.launch import Launch
from handbook.plan.calendar import next_day
from handbook.plan.states import AHEAD, OUT
from handbook.rules.around import Around
from handbook.rules.registry import rule
from handbook.rules.working_days import counted, working_days

_SILENCE = 10  #: working days without a report
_LEARNING = 20  #: working days from launch to retrospective
_MEASURED = timedelta(90)  #: calendar days from launch to the last result


@rule("launches", Severity.WARNING, on=Launch)
def launch_without_report(launch: Launch, around: Around) -> Iterator[Hit]:
    """An active launch has had no status report for ten working days.

    Those who are not in the room believe the last thing they heard. Three honest sentences are enough.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    reports:
      - on: 2026-09-15  # warning: [launch-without-report]
        health: green
        text: The brief is agreed.
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    reports:
      - on: 2026-09-15
        health: green
        text: The brief is agreed.
      - on: 2026-09-29
        health: amber
        text: The legal review takes a week longer, and the day holds.
    ```
    """
    if launch.status != "active":
        return
    last = max(launch.reports, key=lambda report: report.on, default=None)
    begun = last.on if last else min(_begun(launch))
    due = counted(working_days(around, launch.calendar), begun, _SILENCE)
    if last:
        message = f"the last status report is of {last.on}, and the next was due by {due}"
    else:
        message = f"work began on {begun}, and the first status report was due by {due}"
    at = last.at / "on" if last else (launch.at / "status")
    yield Hit(
        at, message, "add a report: health, what happened, what is needed from whom", since=next_day(due)
    )


def _begun(launch: Launch) -> Iterator[date]:
    """Yield the days on which work may have begun."""
    for task in launch.tasks:
        yield task.start_on or task.due_on


@rule("launches", Severity.WARNING, on=Launch)
def launch_without_retrospective(launch: Launch, around: Around) -> Iterator[Hit]:
    """A launch is out for twenty working days, and no retrospective was held.

    After a month nobody remembers what was hard, and the next launch repeats it.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    status: launched
    anchor: 2026-09-01  # warning: [launch-without-retrospective]
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager
        due_on: 2026-08-04
        status: done
        done_on: 2026-08-04
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    status: launched
    anchor: 2026-09-01
    tasks:
      - id: brief
        title: Write the launch brief
        responsible: product-manager
        due_on: 2026-08-04
        status: done
        done_on: 2026-08-04
    retrospective:
      on: 2026-09-10
      went_well: [Support knew the answers a week early]
    ```
    """
    if launch.status in OUT and launch.retrospective is None:
        due = counted(working_days(around, launch.calendar), launch.anchor, _LEARNING)
        message = f"the launch was on {launch.anchor}, and its retrospective was due by {due}"
        yield Hit(launch.at / "anchor", message, "hold it, and add what was learned", since=next_day(due))


@rule("launches", Severity.WARNING, on=Launch)
def launch_without_result(launch: Launch) -> Iterator[Hit]:
    """A launch is out for ninety days, and a metric of it has no actual value.

    A target that nobody compares with what came of it is a wish.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    status: launched
    anchor: 2026-07-01
    metrics:
      - metric: activation-rate  # warning: [launch-without-result]
        target: ">= 20%"
    retrospective: {on: 2026-07-10, went_well: [Support knew the answers]}
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    status: launched
    anchor: 2026-07-01
    metrics:
      - metric: activation-rate
        target: ">= 20%"
        actual: 23%
        measured_on: 2026-08-20
    retrospective: {on: 2026-07-10, went_well: [Support knew the answers]}
    ```
    """
    if launch.status not in OUT:
        return
    due = launch.anchor + _MEASURED
    for result in launch.metrics:
        if result.actual is None:
            message = f'the launch was on {launch.anchor}, and "{result.metric}" was to be measured by {due}'
            help = "add actual and measured_on, or say in actual why it cannot be measured"
            yield Hit(result.at / "metric", message, help, since=next_day(due))


@rule("launches", Severity.WARNING, on=Launch)
def result_without_target(launch: Launch) -> Iterator[Hit]:
    """A metric of a launch has no target.

    Whatever comes of it will be called a success.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    metrics:
      - metric: activation-rate  # warning: [result-without-target]
        baseline: 12%
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    metrics:
      - metric: activation-rate
        baseline: 12%
        target: ">= 20%"
    ```
    """
    for result in launch.metrics if launch.status == "active" else ():
        if result.target is None:
            message = f'"{result.metric}" has no target, so nobody can tell whether the launch reached it'
            yield Hit(result.at / "metric", message, "add the value to reach, before the launch")


@rule("launches", on=Launch)
def launch_of_retired_template(launch: Launch, around: Around) -> Iterator[Hit]:
    """A launch starts from a template that is retired, or whose last day had passed when the launch began.

    A launch that is under way keeps the template it began with; a new one repeats what was found wanting.

    Wrong:

    ```yaml title="processes/launches/templates/big-launch.yaml"
    status: retired
    ```

    ```yaml title="processes/launches/plans/example.yaml"
    status: draft
    template: big-launch  # error: [launch-of-retired-template]
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    status: draft
    template: tier-3
    ```
    """
    template = around.head(Name("launch-template", launch.template))
    if template is None or launch.status not in AHEAD:
        return
    begun = min(_begun(launch))
    if template.status == "retired" and launch.status == "draft":
        message = f'the template "{template.id}" is retired'
    elif template.sunset is not None and begun > template.sunset:
        message = f'launches could start from "{template.id}" until {template.sunset}, and this one begins on {begun}'
    else:
        return
    instead = (
        f'start from "{template.replaced_by}"' if template.replaced_by else "start from an active template"
    )
    yield Hit(launch.at / "template", message, instead)
