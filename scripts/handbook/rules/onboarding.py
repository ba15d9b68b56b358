"""Onboarding paths that cannot be followed in their order."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit
from handbook.model.onboarding import OnboardingPath
from handbook.rules.around import Around
from handbook.rules.extended import extended as extended
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
    known = [item.id for stage in extended(path, around).stages for item in stage.items]
    for stage in path.stages:
        for item in stage.items:
            for index, need in enumerate(item.needs):
                if need not in known:
                    message = f'item "{item.id}" waits for "{need}", which is not an item of this path{did_you_mean(need, known)}'
                    yield Hit(
                        item.at / "needs" / index, message, "name an item of this path, or remove the entry"
                    )


@rule("onboarding", on=OnboardingPath)
def need_in_later_stage(path: OnboardingPath, around: Around) -> Iterator[Hit]:
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
    stages = extended(path, around).stages
    stage_of = {item.id: number for number, stage in enumerate(stages) for item in stage.items}
    for number, stage in enumerate(stages):
        for item in filter(path.owns, stage.items):
            for index, need in enumerate(item.needs):
                if stage_of.get(need, number) > number:
                    later = stages[stage_of[need]].title
                    message = (
                        f'item "{item.id}" of "{stage.title}" waits for "{need}", which comes in "{later}"'
                    )
                    yield Hit(item.at / "needs" / index, message, "move one of the two items")
