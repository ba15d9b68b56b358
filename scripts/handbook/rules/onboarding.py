"""Onboarding paths that cannot be followed in their order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from handbook.finding import Hit, Severity
from handbook.model.onboarding import OnboardingPath
from handbook.rules.around import Around
from handbook.rules.registry import rule
from handbook.text.near import did_you_mean


@rule("onboarding", on=OnboardingPath)
def unknown_item(path: OnboardingPath, around: Around) -> Iterator[Hit]:
    """An item waits for an item that the path does not have.

    The hire cannot tell what has to be done first.

    Wrong:

    ```yaml title="processes/onboarding/example.yaml"
    stages:
      - id: day-1
        title: Day 1
        starts: 0d
        ends: 0d
        outcomes: [You can sign in everywhere]
        items:
          - {id: sign-in, access: issue-tracker}
          - {id: first-task, do: Take your first task, needs: [sign-inn]}  # error: [unknown-item]
    ```

    Right:

    ```yaml title="processes/onboarding/example.yaml"
    stages:
      - id: day-1
        title: Day 1
        starts: 0d
        ends: 0d
        outcomes: [You can sign in everywhere]
        items:
          - {id: sign-in, access: issue-tracker}
          - {id: first-task, do: Take your first task, needs: [sign-in]}
    ```
    """
    extended = around.find(OnboardingPath, path.extends)
    stages = (*(extended.stages if extended else ()), *path.stages)
    known = [item.id for stage in stages for item in stage.items]
    for stage in path.stages:
        for item in stage.items:
            for index, need in enumerate(item.needs):
                if need not in known:
                    message = f'item "{item.id}" waits for "{need}", which is not an item of this path{did_you_mean(need, known)}'
                    yield Hit(
                        item.at / "needs" / index, message, "name an item of this path, or remove the entry"
                    )


@rule("onboarding", on=OnboardingPath)
def need_in_later_stage(path: OnboardingPath) -> Iterator[Hit]:
    """An item waits for one of a later stage.

    It stays open at the end of its stage whatever the hire does.

    Wrong:

    ```yaml title="processes/onboarding/example.yaml"
    stages:
      - id: day-1
        title: Day 1
        starts: 0d
        ends: 0d
        outcomes: [You have taken your first task]
        items:
          - {id: first-task, do: Take your first task, needs: [sign-in]}  # error: [need-in-later-stage]
      - id: week-1
        title: The first week
        starts: 1d
        ends: 4d
        outcomes: [You can sign in everywhere]
        items:
          - {id: sign-in, access: issue-tracker}
    ```

    Right:

    ```yaml title="processes/onboarding/example.yaml"
    stages:
      - id: day-1
        title: Day 1
        starts: 0d
        ends: 0d
        outcomes: [You can sign in everywhere, You have taken your first task]
        items:
          - {id: sign-in, access: issue-tracker}
          - {id: first-task, do: Take your first task, needs: [sign-in]}
    ```
    """
    stage_of = {item.id: number for number, stage in enumerate(path.stages) for item in stage.items}
    for number, stage in enumerate(path.stages):
        for item in stage.items:
            for index, need in enumerate(item.needs):
                if stage_of.get(need, number) > number:
                    later = path.stages[stage_of[need]].title
                    message = (
                        f'item "{item.id}" of "{stage.title}" waits for "{need}", which comes in "{later}"'
                    )
                    yield Hit(item.at / "needs" / index, message, "move one of the two items")


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
def overlapping_stages(path: OnboardingPath) -> Iterator[Hit]:
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
    for stage, following in pairwise(path.stages):
        if stage.starts.days <= stage.ends.days and following.starts.days <= stage.ends.days:
            message = (
                f'stage "{following.id}" starts on {following.starts}, and "{stage.id}" ends on {stage.ends}'
            )
            yield Hit(
                following.at / "starts",
                message,
                f"start it on {stage.ends.days + 1}d, or end the other earlier",
            )


@rule("onboarding", Severity.INFO, on=OnboardingPath)
def gap_between_stages(path: OnboardingPath) -> Iterator[Hit]:
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
    for stage, following in pairwise(path.stages):
        if following.starts.days > stage.ends.days + 1:
            message = (
                f'stage "{stage.id}" ends on {stage.ends}, and "{following.id}" starts on {following.starts}'
            )
            yield Hit(following.at / "starts", message, "let the stages follow one another without a gap")
