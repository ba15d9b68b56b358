"""Ways between steps that are said twice, or need not be said."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from handbook.finding import Change, Hit, Severity
from handbook.model.flow import always_before, flow
from handbook.model.process import Process
from handbook.rules.registry import rule


@rule("flow", Severity.WARNING, on=Process)
def doubled_way(process: Process) -> Iterator[Hit]:
    """A step needs another one, and that one also leads to it with `to`.

    `needs` lets the step begin whatever is answered; `to` lets it begin without waiting for the other needs. Only
    one of the two can be meant.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Go or stop?
        responsible: head-of-product
        requires: [qa-report]
        options:
          - {when: Go, to: announce}
          - {when: Stop, end: Launch stopped}
      - {id: announce, title: Announce the launch, responsible: product-manager, needs: [decide]}  # warning: [doubled-way]
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
    jumps = {(way.source, way.target): way for way in flow(process).edges if way.jump and not way.back}
    for step in process.steps if jumps else ():
        for index, need in enumerate(step.needs or ()):
            jump = jumps.get((need, step.id))
            if jump:
                besides = f'when the answer is "{jump.when}"' if jump.when else "with to"
                yield Hit(
                    step.at / "needs" / index,
                    f'step "{step.id}" needs "{need}", which also leads to it {besides}',
                    "keep the needs if it follows in any case and waits for all of them; otherwise keep the to",
                )


@rule("flow", Severity.INFO, on=Process, fix="safe")
def redundant_need(process: Process) -> Iterator[Hit]:
    """A step names a need that another of its needs waits for anyway.

    It changes nothing, but the drawing gets a needless arrow, and a ticket looks blocked by one more.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: draft, title: Draft the message, responsible: product-manager}
      - {id: legal, title: Confirm the wording, responsible: legal-counsel, needs: [draft]}
      - id: publish
        title: Publish
        responsible: product-manager
        needs:
          - draft  # info: [redundant-need]
          - legal
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: draft, title: Draft the message, responsible: product-manager}
      - {id: legal, title: Confirm the wording, responsible: legal-counsel, needs: [draft]}
      - id: publish
        title: Publish
        responsible: product-manager
        needs:
          - legal
    ```
    """
    if not any(len(step.needs or ()) > 1 for step in process.steps):
        return
    before = always_before(flow(process))
    for step in process.steps:
        needs = step.needs or ()
        for need in before.not_last(needs) if len(needs) > 1 else ():
            at = step.at / "needs" / needs.index(need)
            later = next(other for other in needs if before.holds(need, other))
            message = f'step "{step.id}" needs "{need}", and so does "{later}", which it needs as well'
            yield Hit(at, message, "remove the entry", change=Change(at, safe=True))


@rule("flow", Severity.INFO, on=Process, fix="safe")
def needless_to(process: Process) -> Iterator[Hit]:
    """A step says with `to` that the next one follows, which it does anyway.

    `to` tells readers that something unusual happens here. Where nothing does, they look for it in vain.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: draft
        title: Draft the message
        responsible: product-manager
        to: send  # info: [needless-to]
      - {id: send, title: Send the message, responsible: support-lead}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: draft
        title: Draft the message
        responsible: product-manager
      - {id: send, title: Send the message, responsible: support-lead}
    ```
    """
    graph = flow(process)
    for step, below in itertools.pairwise(process.steps):
        if (
            step.to == below.id != step.id
            and below.needs is None
            and len(graph.before(below.id, forward=True)) == 1
        ):
            at = step.at / "to"
            yield Hit(
                at,
                f'step "{below.id}" follows "{step.id}" anyway',
                "remove the to",
                change=Change(at, safe=True),
            )
