"""Launch days that cannot be kept: days off, freezes, and weekdays that the template does not allow."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.launch import Launch, LaunchTemplate
from handbook.plan.calendar import WEEKDAYS
from handbook.plan.states import AHEAD
from handbook.rules.around import Around
from handbook.rules.registry import rule
from handbook.rules.working_days import working_days
from handbook.text.words import listed as spoken


@rule("launches", Severity.WARNING, on=Launch)
def launch_day_off(launch: Launch, around: Around) -> Iterator[Hit]:
    """A launch day is a weekend, a holiday or in a closure.

    Nobody is at work to switch it on, to answer customers or to switch it off again.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    calendar: company
    anchor: 2026-11-14  # warning: [launch-day-off]
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    calendar: company
    anchor: 2026-11-17
    ```
    """
    if launch.status in AHEAD and (why := working_days(around, launch.calendar).why_off(launch.anchor)):
        help = "move it to a working day, and write the move down under slips"
        yield Hit(launch.at / "anchor", f"the launch day {launch.anchor} is a day off: {why}", help)


@rule("launches", Severity.WARNING, on=Launch)
def launch_in_freeze(launch: Launch, around: Around) -> Iterator[Hit]:
    """A launch day is in a freeze of the calendar that the launch counts in.

    In a freeze nothing is launched, because customers or colleagues have no hands free for surprises. A freeze with
    a `scope` holds for launches that have one of its tags.

    Wrong:

    ```yaml title="processes/launches/plans/example.yaml"
    calendar: company
    anchor: 2026-11-24  # warning: [launch-in-freeze]
    ```

    Right:

    ```yaml title="processes/launches/plans/example.yaml"
    calendar: company
    anchor: 2026-12-01
    ```
    """
    if launch.status not in AHEAD:
        return
    if freeze := working_days(around, launch.calendar).freeze(launch.anchor, launch.tags):
        message = f'the launch day {launch.anchor} is in the freeze "{freeze.title}" from {freeze.from_} to {freeze.to}'
        yield Hit(launch.at / "anchor", message, "move the launch to a day outside, or record who allowed it")


@rule("launches", Severity.WARNING, on=Launch)
def launch_on_other_weekday(launch: Launch, around: Around) -> Iterator[Hit]:
    """A launch day is not one of the weekdays that its template allows.

    On a Friday nobody is there to see what goes wrong on Saturday, and on a Monday the week's first hours go into
    getting ready.

    Wrong:

    ```yaml title="processes/launches/templates/small.yaml"
    anchor: {name: Launch day, weekdays: [tuesday, wednesday]}
    ```

    ```yaml title="processes/launches/plans/example.yaml"
    template: small
    anchor: 2026-11-13  # warning: [launch-on-other-weekday]
    ```

    Right:

    ```yaml title="processes/launches/templates/small.yaml"
    anchor: {name: Launch day, weekdays: [tuesday, wednesday]}
    ```

    ```yaml title="processes/launches/plans/example.yaml"
    template: small
    anchor: 2026-11-10
    ```
    """
    template = around.find(LaunchTemplate, launch.template) if launch.status in AHEAD else None
    allowed = template.anchor.weekdays if template else ()
    weekday = WEEKDAYS[launch.anchor.weekday()]
    if allowed and weekday not in allowed:
        days = spoken((f"a {one.capitalize()}" for one in allowed), "or")
        message = (
            f"the launch day {launch.anchor} is a {weekday.capitalize()}, and the template asks for {days}"
        )
        yield Hit(
            launch.at / "anchor", message, "move it with `handbook launch replan`, or change the template"
        )
