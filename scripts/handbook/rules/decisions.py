"""Decisions that decide nothing, or about which too little is said."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Change, Hit, Severity
from handbook.model.flow import flow
from handbook.model.process import Process
from handbook.rules.registry import rule


@rule("decisions", on=Process)
def lone_option(process: Process) -> Iterator[Hit]:
    """A decision has only one option, so it decides nothing.

    Either an answer is missing, or it is a step and not a decision.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Go or stop?
        responsible: head-of-product
        requires: [qa-report]
        options:  # error: [lone-option]
          - {when: Go, end: Launched}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Go or stop?
        responsible: head-of-product
        requires: [qa-report]
        options:
          - {when: Go, end: Launched}
          - {when: Stop, end: Launch stopped}
    ```
    """
    for step in process.steps:
        if step.decision and len(step.options) == 1:
            yield Hit(
                (step.at / "options").key,
                f'decision "{step.id}" has one option only',
                "add the other answers, or make it a step",
            )


@rule("decisions", Severity.WARNING, on=Process)
def shares_not_one(process: Process) -> Iterator[Hit]:
    """The shares of the options of a decision do not add up to 1, or only some options have one.

    Forecasts of time and effort weigh each branch with its share, so they come out wrong.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Go or stop?
        responsible: head-of-product
        requires: [qa-report]
        options:  # warning: [shares-not-one]
          - {when: Go, end: Launched, share: 0.8}
          - {when: Stop, end: Launch stopped, share: 0.1}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Go or stop?
        responsible: head-of-product
        requires: [qa-report]
        options:
          - {when: Go, end: Launched, share: 0.8}
          - {when: Stop, end: Launch stopped, share: 0.2}
    ```
    """
    for step in process.steps:
        if not step.options:
            continue
        shares = [option.share for option in step.options if option.share is not None]
        at = (step.at / "options").key
        if shares and len(shares) < len(step.options):
            yield Hit(
                at, f'only some options of "{step.id}" have a share', "give every option a share, or none"
            )
        elif shares and abs(sum(shares) - 1) > 0.001:
            yield Hit(
                at, f'the shares of "{step.id}" add up to {round(sum(shares), 3):g}', "make them add up to 1"
            )


@rule("decisions", Severity.WARNING, on=Process)
def loop_without_limit(process: Process) -> Iterator[Hit]:
    """A way leads back, and nothing says how often.

    Without a limit a review goes round until somebody gives up. With `max`, on the step that leads back or on a
    step of the round, somebody else decides after so many rounds.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: draft, title: Draft the message, responsible: product-manager, outputs: [qa-report]}
      - id: review
        decision: Is the message right?
        responsible: legal-counsel
        requires: [qa-report]
        options:
          - {when: "Yes", end: Message approved}
          - {when: "No", to: draft}  # warning: [loop-without-limit]
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
    for edge in graph.edges:
        if not edge.back:
            continue
        circle = graph.way(edge.target, edge.source)
        if circle and not any(graph.steps[id].max for id in circle):
            yield Hit(
                edge.at,
                f'"{edge.source}" leads back to "{edge.target}" without a limit',
                f"add max: 3 to {edge.source}",
            )


@rule("decisions", Severity.WARNING, on=Process, fix="suggestion")
def limit_without_loop(process: Process) -> Iterator[Hit]:
    """A step says how often a way back may be taken, and from it no way leads back.

    `max` is about rounds. Here there are none, so nobody can tell what was meant: perhaps a `to` is missing.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: draft, title: Draft the message, responsible: product-manager}
      - {id: send, title: Send the message, responsible: product-manager, max: 3}  # warning: [limit-without-loop]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: draft, title: Draft the message, responsible: product-manager}
      - {id: send, title: Send the message, responsible: product-manager}
    ```
    """
    graph = flow(process)
    for step in process.steps:
        if step.max is None or graph.leads_astray(step.id):
            continue
        if step.id not in graph.reached(way.target for way in graph.after(step.id)):
            message = f'step "{step.id}" has max: {step.max}, and from it no way leads back'
            yield Hit(
                step.at / "max", message, "remove it, or lead back with to", change=Change(step.at / "max")
            )


@rule("decisions", Severity.WARNING, on=Process)
def decision_without_evidence(process: Process) -> Iterator[Hit]:
    """A decision does not say what it rests on.

    Without `requires` it is taken by habit, and nobody can tell afterwards why it went that way.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Go or stop?  # warning: [decision-without-evidence]
        responsible: head-of-product
        options:
          - {when: Go, end: Launched}
          - {when: Stop, end: Launch stopped}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Go or stop?
        responsible: head-of-product
        requires: [qa-report]
        options:
          - {when: Go, end: Launched}
          - {when: Stop, end: Launch stopped}
    ```
    """
    for step in process.steps:
        if step.decision and not step.requires:
            yield Hit(
                step.at / "decision",
                f'decision "{step.id}" requires no evidence',
                "name the artifacts it rests on in requires",
            )
