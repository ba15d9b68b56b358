"""Steps that cannot work as they are drawn."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Place
from handbook.model.flow import flow, in_order
from handbook.model.process import Process, Step
from handbook.rules.registry import rule
from handbook.text.near import did_you_mean, listed

_MOST_NAMED = 50  #: steps of a process that are named to choose from


@rule("flow", on=Process)
def unknown_step(process: Process) -> Iterator[Hit]:
    """A step waits for, or leads to, a step that the process does not have.

    It is a slip, or the step was renamed. The work stops there, because what it waits for never happens.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: collect, title: Collect the evidence, responsible: product-operations-lead}
      - {id: quality, title: Confirm release quality, responsible: qa-lead, needs: [colect]}  # error: [unknown-step]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: collect, title: Collect the evidence, responsible: product-operations-lead}
      - {id: quality, title: Confirm release quality, responsible: qa-lead, needs: [collect]}
    ```
    """
    known = {step.id: None for step in process.steps}
    for step in process.steps:
        named = {*(step.needs or ()), *(option.to for option in step.options), step.to} - {None}
        for target, at, verb in _named_steps(step) if not named <= known.keys() else ():
            if target not in known:
                near = did_you_mean(target, known) if len(known) <= _MOST_NAMED else ""
                message = f'step "{step.id}" {verb} "{target}", which is not a step of this process{near}'
                help = (
                    f"the steps are {listed(known, 'and')}"
                    if len(known) <= _MOST_NAMED
                    else "name a step of it"
                )
                yield Hit(at, message, help)


def _named_steps(step: Step) -> Iterator[tuple[str, Place, str]]:
    for index, need in enumerate(step.needs or ()):
        yield need, step.at / "needs" / index, "waits for"
    for option in step.options:
        if option.to is not None:
            yield option.to, option.at / "to", "leads to"
    if step.to is not None:
        yield step.to, step.at / "to", "leads to"


@rule("flow", on=Process)
def dependency_cycle(process: Process) -> Iterator[Hit]:
    """Steps wait for each other in a circle.

    Nobody can ever begin. To do something again after a check, let an option of a decision lead back with `to`.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: draft, title: Draft the message, responsible: product-manager, needs: [review]}  # error: [dependency-cycle]
      - {id: review, title: Review the message, responsible: legal-counsel, needs: [draft]}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: draft, title: Draft the message, responsible: product-manager}
      - {id: review, title: Review the message, responsible: legal-counsel, needs: [draft]}
    ```
    """
    graph = flow(process)
    if len(in_order(graph)) == len(graph.steps):
        return
    reported: set[str] = set()
    for edge in graph.edges:
        if edge.back or edge.target in reported:
            continue
        circle = graph.way(edge.target, edge.source)
        if circle:
            reported.update(circle)
            message = (
                f"these steps wait for each other in a circle: {listed([*circle, circle[0]], 'and')}"
                if len(circle) > 1
                else f'step "{circle[0]}" waits for itself'
            )
            yield Hit(edge.at, message, "remove one of the needs, or lead back from a decision with to")


@rule("flow", on=Process)
def unreachable_step(process: Process) -> Iterator[Hit]:
    """No way leads to a step.

    It looks like part of the process, but nobody ever comes to it. A step below a decision, or below a step
    with `to`, does not follow it by itself: an option has to lead there, or `needs` has to name what comes before.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Go or stop?
        responsible: head-of-product
        requires: [qa-report]
        options:
          - {when: Go, end: Launched}
          - {when: Stop, end: Launch stopped}
      - {id: announce, title: Announce the launch, responsible: product-manager}  # error: [unreachable-step]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Go or stop?
        responsible: head-of-product
        requires: [qa-report]
        options:
          - {when: Go, to: announce}
          - {when: Stop, end: Launch stopped}
      - {id: announce, title: Announce the launch, responsible: product-manager}
    ```
    """
    graph = flow(process)
    seen = graph.reached(graph.starts)
    lost = [id for id in graph.steps if id not in seen]
    for id in sorted(lost, key=lambda id: bool(graph.before(id))):  # first those that nothing leads to
        step = graph.steps[id]
        if id not in seen and all(need in graph.steps for need in step.needs or ()):
            yield Hit(
                step.at / "id",
                f'no way leads to step "{id}"',
                "lead an option or a to there, or say what it needs",
            )
        seen |= graph.reached([id])  # what follows it is cut off with it, and said once


@rule("flow", on=Process)
def endless_step(process: Process) -> Iterator[Hit]:
    """From a step no end can be reached: every way leads back.

    Whoever gets there goes round for ever.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: draft, title: Draft the message, responsible: product-manager}
      - {id: review, title: Review the message, responsible: legal-counsel, to: draft, max: 3}  # error: [endless-step]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: draft, title: Draft the message, responsible: product-manager, outputs: [qa-report]}
      - id: review
        decision: Is the message right?
        responsible: legal-counsel
        requires: [qa-report]
        max: 3
        options:
          - {when: "Yes", end: Message approved}
          - {when: "No", to: draft}
    ```
    """
    graph = flow(process)
    ending = {id for id in graph.steps if graph.ends(id) or graph.leads_astray(id)}
    freed = graph.leading_to(ending)
    stuck = [id for id in graph.steps if id not in freed]
    last = [id for id in stuck if graph.steps[id].to or graph.steps[id].options]
    for id in last[-1:]:
        yield Hit(
            graph.steps[id].at / "id",
            f'from step "{id}" no end can be reached',
            "let one of the options end the process",
        )
