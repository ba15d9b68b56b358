"""Onboarding paths that build on others: what the hire gets in all, and where the two do not fit together."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.handbook import Name
from handbook.model.onboarding import OnboardingPath, whole
from handbook.rules.around import Around
from handbook.rules.registry import rule


def extended(path: OnboardingPath, around: Around) -> OnboardingPath:
    """Return a path with the stages and items of those that it extends; what has errors of its own is left out."""
    return whole(path, lambda id: around.find(OnboardingPath, id)) if path.extends else path


@rule("onboarding", on=OnboardingPath)
def item_of_base(path: OnboardingPath, around: Around) -> Iterator[Hit]:
    """An item has the id of an item in the path that this one extends.

    The hire gets both items, and nobody can tell which of them another one waits for.

    Wrong:

    ```yaml title="processes/onboarding/everyone.yaml"
    stages:
      - id: day-1
        title: Day 1
        starts: 0d
        ends: 0d
        outcomes: [You can sign in everywhere]
        items: [{id: sign-in, access: issue-tracker}]
    ```

    ```yaml title="processes/onboarding/example.yaml"
    extends: everyone
    stages:
      - id: day-1
        title: Day 1
        starts: 0d
        ends: 0d
        outcomes: [You can write a brief]
        items: [{id: sign-in, access: workspace}]  # error: [item-of-base]
    ```

    Right:

    ```yaml title="processes/onboarding/everyone.yaml"
    stages:
      - id: day-1
        title: Day 1
        starts: 0d
        ends: 0d
        outcomes: [You can sign in everywhere]
        items: [{id: sign-in, access: issue-tracker}]
    ```

    ```yaml title="processes/onboarding/example.yaml"
    extends: everyone
    stages:
      - id: day-1
        title: Day 1
        starts: 0d
        ends: 0d
        outcomes: [You can write a brief]
        items: [{id: sign-in-workspace, access: workspace}]
    ```
    """
    items = [item for stage in extended(path, around).stages for item in stage.items]
    inherited = {item.id for item in items if not path.owns(item)}
    for item in filter(path.owns, items):
        if item.id in inherited:
            message = f'item "{item.id}" is an item of the path that this one extends, too'
            yield Hit(item.at / "id", message, "give one of them another id, or leave it out here")


@rule("onboarding", Severity.WARNING, on=OnboardingPath, from_absence=True)
def path_without_role(path: OnboardingPath, around: Around) -> Iterator[Hit]:
    """An active path names no role, and no other path extends it.

    Nobody is led along it: a hire finds a path by the role.

    Wrong:

    ```yaml title="processes/onboarding/everyone.yaml"
    title: Everyone  # warning: [path-without-role]
    ```

    Right:

    ```yaml title="processes/onboarding/everyone.yaml"
    title: Everyone
    ```

    ```yaml title="processes/onboarding/example.yaml"
    role: product-manager
    extends: everyone
    ```
    """
    if path.role or path.status != "active":
        return
    if not around.naming(Name("onboarding-path", path.id), "extends"):
        message = "this path names no role, and no other path extends it"
        yield Hit(path.at / "title", message, "add the role, or let a path extend this one")


@rule("onboarding", on=OnboardingPath)
def other_days_than_base(path: OnboardingPath, around: Around) -> Iterator[Hit]:
    """A stage has other days here than in the path that this one extends.

    A stage of the same id is the same stage, so its items of both paths get days from the same stretch. With two
    stretches, one of the two paths promises days on which the other does not count.

    Wrong:

    ```yaml title="processes/onboarding/everyone.yaml"
    stages:
      - id: week-1
        title: The first week
        starts: 1d
        ends: 4d
        outcomes: [You can sign in everywhere]
        items: [{id: sign-in, check: You can sign in everywhere}]
    ```

    ```yaml title="processes/onboarding/example.yaml"
    extends: everyone
    stages:
      - id: week-1
        title: The first week
        starts: 1d
        ends: 9d  # error: [other-days-than-base]
        outcomes: [You can explain the launch tiers]
        items: [{id: tiers, check: You can explain the launch tiers}]
    ```

    Right:

    ```yaml title="processes/onboarding/everyone.yaml"
    stages:
      - id: week-1
        title: The first week
        starts: 1d
        ends: 4d
        outcomes: [You can sign in everywhere]
        items: [{id: sign-in, check: You can sign in everywhere}]
    ```

    ```yaml title="processes/onboarding/example.yaml"
    extends: everyone
    stages:
      - id: week-1
        title: The first week
        starts: 1d
        ends: 4d
        outcomes: [You can explain the launch tiers]
        items: [{id: tiers, check: You can explain the launch tiers}]
    ```
    """
    base = around.find(OnboardingPath, path.extends)
    theirs = {stage.id: stage for stage in extended(base, around).stages} if base else {}
    for stage in path.stages:
        other = theirs.get(stage.id)
        for key in ("starts", "ends"):
            if other and (mine := getattr(stage, key)).days != (its := getattr(other, key)).days:
                message = (
                    f'stage "{stage.id}" {key} on {mine} here, and on {its} in the path that this one extends'
                )
                yield Hit(stage.at / key, message, f"write {its}, or give the stage another id")
