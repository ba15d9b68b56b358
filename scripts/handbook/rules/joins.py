"""Steps at which ways come together that cannot, or that come together twice."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from handbook.finding import Hit, Severity
from handbook.model.courses import Course, courses, entries
from handbook.model.flow import Flow, flow
from handbook.model.process import Process, Step
from handbook.rules.registry import rule
from handbook.text.near import listed


@rule("flow", on=Process)
def deadlocked_join(process: Process) -> Iterator[Hit]:
    """A step waits for steps that never all happen.

    Several `needs` mean that all of them have to be done. If they lie on different answers of the same decision,
    one of them never is, and the step waits for ever. Let both branches lead to the step with `to`.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Large or small?
        responsible: head-of-product
        requires: [qa-report]
        options:
          - {when: Large, to: campaign}
          - {when: Small, to: note}
      - {id: campaign, title: Plan the campaign, responsible: product-manager}
      - {id: note, title: Write the note, responsible: product-manager}
      - {id: publish, title: Publish, responsible: product-manager, needs: [campaign, note]}  # error: [deadlocked-join]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Large or small?
        responsible: head-of-product
        requires: [qa-report]
        options:
          - {when: Large, to: campaign}
          - {when: Small, to: note}
      - {id: campaign, title: Plan the campaign, responsible: product-manager, to: publish}
      - {id: note, title: Write the note, responsible: product-manager, to: publish}
      - {id: publish, title: Publish, responsible: product-manager}
    ```
    """
    joins = [step for step in process.steps if step.needs and len(step.needs) > 1]
    possible = courses(flow(process)) if joins else ()
    happening = set().union(*(course.steps for course in possible))
    earlier = set().union(*(course.steps for course in possible if course.returns))  # done in a round before
    for step in joins:
        needs = step.needs or ()
        if step.id in happening or not happening.issuperset(needs):
            continue
        if not any((course.steps | earlier).issuperset(needs) for course in possible):
            message = f'step "{step.id}" waits for {_never_together(possible, needs)}'
            yield Hit(step.at / "needs", message, f"let them lead to {step.id} with to, and remove the needs")


def _never_together(possible: Sequence[Course], needs: Sequence[str]) -> str:
    """Say which steps never happen in the same run, and because of which decision."""
    pairs = itertools.combinations(needs, 2)
    pair = next((pair for pair in pairs if not any(c.steps.issuperset(pair) for c in possible)), None)
    if pair is None:
        return f"{listed(needs, 'and')}, which never all happen in one run"
    decision = _parting(possible, *pair)
    return f"{listed(pair, 'and')}, " + (
        f'but "{decision}" leads to only one of them' if decision else "of which only one ever happens"
    )


def _parting(possible: Sequence[Course], one: str, other: str) -> str | None:
    """Return the last decision whose answers with the one step are all different from those with the other."""
    with_one = [course for course in possible if one in course.steps]
    with_other = [course for course in possible if other in course.steps]
    for decision, _ in reversed(with_one[0].answers):
        if not {c.answer(decision) for c in with_one} & {c.answer(decision) for c in with_other}:
            return decision
    return None


@rule("flow", Severity.WARNING, on=Process)
def need_met_only_sometimes(process: Process) -> Iterator[Hit]:
    """A step waits for another that is left out on some ways through the process.

    When the answer is the other one, what it waits for never comes, and the work stands still although nothing is
    missing. Let each answer lead to the step with `to`, or let the optional step be done on every way.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: draft, title: Draft the message, responsible: product-manager, outputs: [qa-report]}
      - id: ask
        decision: Does it speak of prices?
        responsible: head-of-product
        needs: [draft]
        requires: [qa-report]
        options:
          - {when: "Yes", to: legal}
          - {when: "No", to: translate}
      - {id: legal, title: Confirm the wording, responsible: legal-counsel, to: translate}
      - {id: translate, title: Translate the message, responsible: support-lead}
      - {id: publish, title: Publish, responsible: product-manager, needs: [legal, translate]}  # warning: [need-met-only-sometimes]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: draft, title: Draft the message, responsible: product-manager, outputs: [qa-report]}
      - id: ask
        decision: Does it speak of prices?
        responsible: head-of-product
        needs: [draft]
        requires: [qa-report]
        options:
          - {when: "Yes", to: legal}
          - {when: "No", to: translate}
      - {id: legal, title: Confirm the wording, responsible: legal-counsel, to: translate}
      - {id: translate, title: Translate the message, responsible: support-lead}
      - {id: publish, title: Publish, responsible: product-manager, needs: [translate]}
    ```
    """
    joins = [step for step in process.steps if step.needs and len(step.needs) > 1]
    possible = courses(flow(process)) if joins else ()
    happening = set().union(*(course.steps for course in possible))
    for step in joins:
        needs = step.needs or ()
        if happening.issuperset((step.id, *needs)):
            stuck = next((course for course in possible if _stands_still(course, step)), None)
            if stuck:
                missing = next(need for need in needs if need not in stuck.steps)
                message = f'step "{step.id}" waits for "{missing}", which is left out{_when(possible, stuck, missing)}'
                help = f"let each answer lead to {step.id} with to, or do {missing} on every way"
                yield Hit(step.at / "needs" / needs.index(missing), message, help)


def _stands_still(course: Course, step: Step) -> bool:
    """Whether a course brings some of what a step waits for, and not all, and goes no further otherwise."""
    met = [need in course.steps for need in step.needs or ()]
    return any(met) and not all(met) and not (step.id in course.steps or course.ends or course.returns)


def _when(possible: Sequence[Course], stuck: Course, missing: str) -> str:
    """Say at which answer a step is left out."""
    with_it = [course for course in possible if missing in course.steps]
    for decision, answer in reversed(stuck.answers):
        if answer not in {course.answer(decision) for course in with_it}:
            return f' when the answer of "{decision}" is "{answer}"'
    return " on another way"


@rule("flow", Severity.WARNING, on=Process)
def step_done_twice(process: Process) -> Iterator[Hit]:
    """Two steps that run beside each other both lead to the same step, so it is done twice.

    A step is entered by whichever `to` comes, once for each. Where it has to wait for both, it says so with `needs`.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: draft, title: Draft the message, responsible: product-manager}
      - {id: legal, title: Confirm the wording, responsible: legal-counsel, needs: [draft], to: publish}
      - {id: support, title: Prepare the answers, responsible: support-lead, needs: [draft], to: publish}
      - {id: publish, title: Publish, responsible: product-manager}  # warning: [step-done-twice]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: draft, title: Draft the message, responsible: product-manager}
      - {id: legal, title: Confirm the wording, responsible: legal-counsel, needs: [draft]}
      - {id: support, title: Prepare the answers, responsible: support-lead, needs: [draft]}
      - {id: publish, title: Publish, responsible: product-manager, needs: [legal, support]}
    ```
    """
    graph = flow(process)
    told: set[str] = set()
    for course in courses(graph) if _may_come_twice(graph) else ():
        for id, ways in entries(graph, course).items():
            sources = list(dict.fromkeys(way.source for way in ways))
            if len(sources) < 2 or id in told or set(sources) & set(graph.steps[id].needs or ()):
                continue
            told.add(id)
            word = "both" if len(sources) == 2 else "all"
            message = f'{listed(sources, "and")} {word} lead to "{id}" in the same run, so it is done {len(sources)} times'
            help = (
                f"if it has to wait for them, write needs: [{', '.join(sources)}] and remove what leads there"
            )
            yield Hit(graph.steps[id].at / "id", message, help)


def _may_come_twice(graph: Flow) -> bool:
    """Whether more than one way enters a step, at least one of them a jump forward."""
    entered = {way.target for way in graph.edges if way.jump and not way.back}
    return any(len(graph.before(id, forward=True)) > 1 for id in entered)
