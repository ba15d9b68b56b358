"""Onboarding paths that leave out what the role needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from itertools import islice

from handbook.finding import Hit, Severity
from handbook.model.catalog import Role, Tool
from handbook.model.handbook import Name
from handbook.model.process import Process
from handbook.rules.around import Around, Mention
from handbook.rules.registry import rule
from handbook.text import words as spoken

_DUTIES = ("accountable", "steps.accountable", "steps.responsible")
_ACCESS = "stages.items.access"
_MANY = 3  #: processes from which on a role needs a path of its own
_NAMED = 5  #: how many ids a message lists before it only counts


@rule("onboarding", Severity.WARNING, on=Role, from_absence=True)
def duty_not_in_path(role: Role, around: Around) -> Iterator[Hit]:
    """A role has work in an active process that its onboarding path never speaks of.

    The hire learns of the duty on the day on which it was due. An item with `process`, or an entry under
    `acknowledge`, is enough.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    accountable: head-of-product
    steps:
      - {id: announce, title: Announce the release, responsible: product-manager}
    ```

    ```yaml title="processes/onboarding/example.yaml"
    role: product-manager  # warning: [duty-not-in-path]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    accountable: head-of-product
    steps:
      - {id: announce, title: Announce the release, responsible: product-manager}
    ```

    ```yaml title="processes/onboarding/example.yaml"
    role: product-manager
    acknowledge: [example]
    ```
    """
    if paths := _paths(role, around):
        named = _named_in(paths, around)
        told = {around.resolve(mention.target).id for mention in named if mention.target.kind == "process"}
        if missing := _sources(role, around, _DUTIES, told):
            message = f'"{role.id}" has work in {_said(missing)}, of which this path does not speak'
            yield Hit(paths[0], message, "add an item with the process, or add it to acknowledge")


@rule("onboarding", Severity.WARNING, on=Role, from_absence=True)
def tool_not_in_path(role: Role, around: Around) -> Iterator[Hit]:
    """A tool names a role among those that need it, and the onboarding path of the role has no item for access.

    On the third day the hire writes "I have no access", and waits.

    Wrong:

    ```yaml title="processes/catalog/tools.yaml"
    issue-tracker:
      title: Issue tracker
      summary: Where work is planned and followed.
      owner: product-operations
      category: project-management
      access: Everyone has it from day one
      used_by: [product-manager]
    ```

    ```yaml title="processes/onboarding/example.yaml"
    role: product-manager  # warning: [tool-not-in-path]
    ```

    Right:

    ```yaml title="processes/catalog/tools.yaml"
    issue-tracker:
      title: Issue tracker
      summary: Where work is planned and followed.
      owner: product-operations
      category: project-management
      access: Everyone has it from day one
      used_by: [product-manager]
    ```

    ```yaml title="processes/onboarding/example.yaml"
    role: product-manager
    stages:
      - id: day-1
        title: Day 1
        starts: 0d
        ends: 0d
        outcomes: [You can sign in everywhere]
        items:
          - {id: sign-in, access: issue-tracker}
          - {id: look-back, check: You can sign in everywhere}
    ```
    """
    if paths := _paths(role, around):
        named = _named_in(paths, around)
        asked = {around.resolve(mention.target).id for mention in named if mention.key == _ACCESS}
        if missing := _sources(role, around, ("used_by",), asked):
            message = f'"{role.id}" needs {_said(missing)}, and this path asks for no access to it'
            yield Hit(paths[0], message, "add an item with access, or take the role out of used_by")


@rule("onboarding", Severity.INFO, on=Process)
def tool_without_its_user(process: Process, around: Around) -> Iterator[Hit]:
    """A step is done in a tool that does not name the role of the step among those that need it.

    Onboarding paths and the pages of roles go by `used_by`, so whoever takes over the role gets no access.
    A tool without any `used_by` says nothing about who needs it.

    Wrong:

    ```yaml title="processes/catalog/tools.yaml"
    issue-tracker:
      title: Issue tracker
      summary: Where work is planned and followed.
      owner: product-operations
      category: project-management
      access: Everyone has it from day one
      used_by: [support-lead]
    ```

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: fix, title: Fix the release blockers, responsible: qa-lead, tool: issue-tracker}  # info: [tool-without-its-user]
    ```

    Right:

    ```yaml title="processes/catalog/tools.yaml"
    issue-tracker:
      title: Issue tracker
      summary: Where work is planned and followed.
      owner: product-operations
      category: project-management
      access: Everyone has it from day one
      used_by: [support-lead, qa-lead]
    ```

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: fix, title: Fix the release blockers, responsible: qa-lead, tool: issue-tracker}
    ```
    """
    if process.status != "active":
        return
    told: set[tuple[str, str]] = set()  # a role and a tool are one gap, in however many steps they meet
    for step in process.steps:
        tool = around.find(Tool, step.tool)
        if tool is None or not tool.used_by or _names(tool, step.responsible, around):
            continue
        if (step.responsible, tool.id) not in told:
            told.add((step.responsible, tool.id))
            message = (
                f'step "{step.id}" is done by "{step.responsible}" in "{tool.id}",'
                " which does not name that role in used_by"
            )
            yield Hit(step.at / "tool", message, "add the role to used_by of the tool, or name another tool")


def _names(tool: Tool, role: str, around: Around) -> bool:
    """Whether a tool names a role among those that need it, by its id, which is usual and quick to see, or by an alias."""
    if role in tool.used_by:
        return True
    name = around.resolve(Name("role", role))
    return any(around.resolve(Name("role", user)) == name for user in tool.used_by)


@rule("onboarding", Severity.INFO, on=Role, from_absence=True)
def role_without_path(role: Role, around: Around) -> Iterator[Hit]:
    """A role has work in three or more active processes, and there is no onboarding path into it.

    Whoever takes it over learns the processes by missing them.

    Wrong:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:  # info: [role-without-path]
      title: Product manager
      summary: Decides what comes next, and why.
    ```

    ```yaml title="processes/planning/first.yaml"
    accountable: product-manager
    steps:
      - {id: a, title: Plan the quarter, responsible: product-manager}
    ```

    ```yaml title="processes/planning/second.yaml"
    accountable: product-manager
    steps:
      - {id: a, title: Score the requests, responsible: product-manager}
    ```

    ```yaml title="processes/planning/third.yaml"
    accountable: product-manager
    steps:
      - {id: a, title: Publish the roadmap, responsible: product-manager}
    ```

    Right:

    ```yaml title="processes/onboarding/example.yaml"
    role: product-manager
    acknowledge: [first, second, third]
    ```

    ```yaml title="processes/planning/first.yaml"
    accountable: product-manager
    steps:
      - {id: a, title: Plan the quarter, responsible: product-manager}
    ```

    ```yaml title="processes/planning/second.yaml"
    accountable: product-manager
    steps:
      - {id: a, title: Score the requests, responsible: product-manager}
    ```

    ```yaml title="processes/planning/third.yaml"
    accountable: product-manager
    steps:
      - {id: a, title: Publish the roadmap, responsible: product-manager}
    ```
    """
    if role.status not in ("active", "trial") or _paths(role, around):
        return
    duties = _sources(role, around, _DUTIES, frozenset())
    if len(duties) >= _MANY:
        message = f'"{role.id}" has work in {_said(duties)}, and there is no onboarding path into it'
        yield Hit(role.at.key, message, f"add one with `handbook new onboarding-path {role.id}`")


def _said(ids: list[str]) -> str:
    names = [f'"{id}"' for id in ids[:_NAMED]]
    return f"{', '.join(names)} and more" if len(ids) > _NAMED else spoken.listed(names)


def _sources(role: Role, around: Around, keys: tuple[str, ...], known: Set[str]) -> list[str]:
    """Return the first active records that name a role at one of these keys, without those that are known already.

    One more than a message names is enough: a role can have work in thousands of processes.
    """
    names = (name for name in around.naming(Name("role", role.id), *keys) if name.id not in known)
    active = (name.id for name in names if (head := around.head(name)) and head.status == "active")
    return list(islice(active, _NAMED + 1))


def _paths(role: Role, around: Around) -> list[Mention]:
    """Return where the active onboarding paths of a role name it."""
    mentions = around.incoming(Name("role", role.id), "role")
    into = [mention for mention in mentions if mention.source.kind == "onboarding-path"]
    active = [
        mention for mention in into if (head := around.head(mention.source)) and head.status == "active"
    ]
    return sorted(active, key=lambda mention: mention.source)


def _named_in(paths: Iterable[Mention], around: Around) -> Iterator[Mention]:
    """Yield what paths name, and what the paths that they extend name."""
    seen: set[Name] = set()
    names = [mention.source for mention in paths]
    while names:
        if (name := names.pop()) not in seen:
            seen.add(name)
            for mention in around.outgoing(name):
                yield mention
                if mention.key == "extends":
                    names.append(around.resolve(mention.target))
