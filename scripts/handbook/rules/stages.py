"""Stages of an onboarding path whose days do not fit together, or hold too much or too little."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from handbook.finding import Hit, Place, Severity
from handbook.model.onboarding import OnboardingPath, Stage
from handbook.rules.around import Around
from handbook.rules.extended import extended
from handbook.rules.registry import rule


@rule("onboarding", on=OnboardingPath)
def inverted_stage(path: OnboardingPath) -> Iterator[Hit]:
    """A stage ends before it starts.

    None of its items can be given a day.

    Wrong:

    ```yaml title="processes/onboarding/example.yaml"
    stages:
      - id: week-1
        title: The first week
        starts: 4d
        ends: 1d  # error: [inverted-stage]
        outcomes: [You can sign in everywhere]
        items: [{id: look-back, check: You can sign in everywhere}]
    ```

    Right:

    ```yaml title="processes/onboarding/example.yaml"
    stages:
      - id: week-1
        title: The first week
        starts: 1d
        ends: 4d
        outcomes: [You can sign in everywhere]
        items: [{id: look-back, check: You can sign in everywhere}]
    ```
    """
    for stage in path.stages:
        if stage.ends.days < stage.starts.days:
            message = f'stage "{stage.id}" starts on {stage.starts} and ends on {stage.ends}'
            yield Hit(stage.at / "ends", message, "swap the two, or correct one")


@rule("onboarding", Severity.WARNING, on=OnboardingPath)
def overlapping_stages(path: OnboardingPath, around: Around) -> Iterator[Hit]:
    """A stage begins before the one above it is over.

    On the days that belong to both, the hire is asked for the work of two stages, and the budget of the day holds
    for neither.

    Wrong:

    ```yaml title="processes/onboarding/example.yaml"
    stages:
      - id: week-1
        title: The first week
        starts: 0d
        ends: 4d
        outcomes: [You can sign in everywhere]
        items: [{id: look-back, check: You can sign in everywhere}]
      - id: day-30
        title: Until day 30
        starts: 4d  # warning: [overlapping-stages]
        ends: 20d
        outcomes: [You own a process]
        items: [{id: own, check: You own a process}]
    ```

    Right:

    ```yaml title="processes/onboarding/example.yaml"
    stages:
      - id: week-1
        title: The first week
        starts: 0d
        ends: 4d
        outcomes: [You can sign in everywhere]
        items: [{id: look-back, check: You can sign in everywhere}]
      - id: day-30
        title: Until day 30
        starts: 5d
        ends: 20d
        outcomes: [You own a process]
        items: [{id: own, check: You own a process}]
    ```
    """
    for stage, following in _pairs(path, around):
        if stage.starts.days <= stage.ends.days and following.starts.days <= stage.ends.days:
            message = (
                f'stage "{following.id}" starts on {following.starts}, and "{stage.id}" ends on {stage.ends}'
            )
            yield Hit(
                _between(path, stage, following),
                message,
                f"start it on {stage.ends.days + 1}d, or end the other earlier",
            )


@rule("onboarding", Severity.INFO, on=OnboardingPath)
def gap_between_stages(path: OnboardingPath, around: Around) -> Iterator[Hit]:
    """There are days between two stages of a path that belong to neither.

    On these days the hire has no outcome to work towards, and whatever is late falls into a hole.

    Wrong:

    ```yaml title="processes/onboarding/example.yaml"
    stages:
      - id: week-1
        title: The first week
        starts: 0d
        ends: 4d
        outcomes: [You can sign in everywhere]
        items: [{id: look-back, check: You can sign in everywhere}]
      - id: day-30
        title: Until day 30
        starts: 10d  # info: [gap-between-stages]
        ends: 20d
        outcomes: [You own a process]
        items: [{id: own, check: You own a process}]
    ```

    Right:

    ```yaml title="processes/onboarding/example.yaml"
    stages:
      - id: week-1
        title: The first week
        starts: 0d
        ends: 4d
        outcomes: [You can sign in everywhere]
        items: [{id: look-back, check: You can sign in everywhere}]
      - id: day-30
        title: Until day 30
        starts: 5d
        ends: 20d
        outcomes: [You own a process]
        items: [{id: own, check: You own a process}]
    ```
    """
    for stage, following in _pairs(path, around):
        if following.starts.days > stage.ends.days + 1:
            message = (
                f'stage "{stage.id}" ends on {stage.ends}, and "{following.id}" starts on {following.starts}'
            )
            yield Hit(
                _between(path, stage, following), message, "let the stages follow one another without a gap"
            )


@rule("onboarding", Severity.WARNING, on=OnboardingPath)
def overloaded_stage(path: OnboardingPath, around: Around) -> Iterator[Hit]:
    """The items of a stage take more time than the daily budget of the path gives to its days.

    The hire skips what looks optional, and it is the reading that was not.

    Wrong:

    ```yaml title="processes/onboarding/example.yaml"
    daily_budget: 4h
    stages:
      - id: day-1
        title: Day 1
        starts: 0d
        ends: 0d
        outcomes: [You know your tools]
        items:  # warning: [overloaded-stage]
          - {id: tools, do: Set up every tool, time: 6h}
          - {id: look-back, check: You can sign in everywhere, time: 30min}
    ```

    Right:

    ```yaml title="processes/onboarding/example.yaml"
    daily_budget: 4h
    stages:
      - id: day-1
        title: Day 1
        starts: 0d
        ends: 0d
        outcomes: [You know your tools]
        items:
          - {id: tools, do: Set up the first three tools, time: 3h}
          - {id: look-back, check: You can sign in everywhere, time: 30min}
    ```
    """
    path_of_hire = extended(path, around)
    if (budget := path_of_hire.daily_budget) is None:
        return
    for stage in filter(path.owns, path_of_hire.stages):
        days = stage.ends.days - max(stage.starts.days, 0) + 1  # before the first day nobody is there to work
        hours = sum(item.time.hours for item in stage.items if item.time and item.actor == "hire")
        if days > 0 and hours > (most := budget.hours * days):
            message = (
                f'the items of "{stage.id}" take {hours:.3g} h, and {budget.text} a day make {most:.3g} h'
            )
            yield Hit((stage.at / "items").key, message, "move items to a later stage, or shorten them")


@rule("onboarding", Severity.INFO, on=OnboardingPath)
def stage_without_check(path: OnboardingPath, around: Around) -> Iterator[Hit]:
    """A stage after the first day has no item that is a check.

    Nobody looks at the outcomes together, so a hire who is lost stays lost until the next stage.

    Wrong:

    ```yaml title="processes/onboarding/example.yaml"
    stages:
      - id: week-1
        title: The first week  # info: [stage-without-check]
        starts: 1d
        ends: 4d
        outcomes: [You can explain the launch tiers]
        items:
          - {id: read-launches, read: How we launch, time: 30min}
    ```

    Right:

    ```yaml title="processes/onboarding/example.yaml"
    stages:
      - id: week-1
        title: The first week
        starts: 1d
        ends: 4d
        outcomes: [You can explain the launch tiers]
        items:
          - {id: read-launches, read: How we launch, time: 30min}
          - {id: check-week-1, check: You can explain the launch tiers without looking, actor: buddy}
    ```
    """
    for stage in filter(path.owns, extended(path, around).stages):
        if stage.ends.days > 0 and all(item.check is None for item in stage.items):
            message = f'stage "{stage.id}" has outcomes, and no item checks them'
            yield Hit(stage.at / "title", message, "add an item with check, for the manager or the buddy")


def _pairs(path: OnboardingPath, around: Around) -> Iterator[tuple[Stage, Stage]]:
    """Yield each stage with the one after it, where one of the two is written in this path."""
    pairs = pairwise(extended(path, around).stages)
    return ((one, other) for one, other in pairs if path.owns(one) or path.owns(other))


def _between(path: OnboardingPath, stage: Stage, following: Stage) -> Place:
    """Return where this path says when one stage ends and the other begins."""
    return following.at / "starts" if path.owns(following) else stage.at / "ends"
