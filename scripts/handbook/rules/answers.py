"""Answers of a decision that are missing, or of which nobody can tell which one holds."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Change, Hit, Severity
from handbook.model.interval import Interval, interval, missing_number, shared_number
from handbook.model.process import Process, Step
from handbook.rules.registry import rule
from handbook.text.near import listed
from handbook.text.words import number

_YES = frozenset({
    *("yes", "go", "approve", "approved", "accept", "accepted", "pass", "passed", "ok", "okay", "agreed", "granted"),
    "confirmed",
})  # fmt: skip


@rule("decisions", on=Process)
def repeated_option(process: Process) -> Iterator[Hit]:
    """A decision has the same answer twice, and the two lead to different places.

    Nobody can tell which way to go. Most often the second was copied and its label forgotten.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Go or stop?
        responsible: head-of-product
        requires: [qa-report]
        options:
          - {when: Go, end: Launched}
          - {when: Go, end: Launch stopped}  # error: [repeated-option]
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
        first: dict[str, tuple[str | None, str | None]] = {}
        for option in step.options:
            label = option.when.strip().casefold()
            leads = (option.to, option.end)
            if first.setdefault(label, leads) != leads:
                message = (
                    f'decision "{step.id}" has the answer "{option.when}" twice, with different consequences'
                )
                yield Hit(option.at / "when", message, "say in one of the two when it is the answer")


@rule("decisions", Severity.WARNING, on=Process)
def decision_without_consequence(process: Process) -> Iterator[Hit]:
    """Whatever is decided, the same happens next.

    The decision costs time and changes nothing. Either an answer should lead elsewhere, or it is a step and not
    a decision.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Is the message good enough?
        responsible: head-of-product
        requires: [qa-report]
        options:  # warning: [decision-without-consequence]
          - {when: "Yes", to: send}
          - {when: Not quite, to: send}
      - {id: send, title: Send the message, responsible: support-lead}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Is the message good enough?
        responsible: head-of-product
        requires: [qa-report]
        options:
          - {when: "Yes", to: send}
          - {when: Not quite, end: Message dropped}
      - {id: send, title: Send the message, responsible: support-lead}
    ```
    """
    for step in process.steps:
        consequences = {(option.to, option.end) for option in step.options}
        if len(step.options) > 1 and len(consequences) == 1:
            to, end = consequences.pop()
            where = f'lead to "{to}"' if to else f'end with "{end}"'
            message = f'all answers of "{step.id}" {where}, so it decides nothing'
            yield Hit((step.at / "options").key, message, "let an answer lead elsewhere, or make it a step")


@rule("decisions", Severity.WARNING, on=Process)
def no_way_to_say_no(process: Process) -> Iterator[Hit]:
    """Every answer of a decision is a yes.

    Whoever decides can only agree, so nobody will ever disagree. Say what happens then.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: May it be launched?
        responsible: head-of-product
        requires: [qa-report]
        options:  # warning: [no-way-to-say-no]
          - {when: "Yes", end: Launched}
          - {when: "Yes, to some customers", end: Launched in part}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: May it be launched?
        responsible: head-of-product
        requires: [qa-report]
        options:
          - {when: "Yes", end: Launched}
          - {when: "Yes, to some customers", end: Launched in part}
          - {when: "No", end: Launch stopped}
    ```
    """
    for step in process.steps:
        labels = [option.when for option in step.options]
        if len(set(labels)) > 1 and all(_first_word(label) in _YES for label in labels):
            message = f'every answer of "{step.id}" agrees: {listed(labels, "and")}'
            yield Hit((step.at / "options").key, message, "add the answer that does not")


def _first_word(label: str) -> str:
    return label.replace(",", " ").replace(":", " ").lower().split(maxsplit=1)[0] if label.strip() else ""


@rule("decisions", Severity.WARNING, on=Process)
def overlapping_options(process: Process) -> Iterator[Hit]:
    """A number belongs to two answers of a decision.

    Two people decide the same case differently, and both are right.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: size
        decision: How long will it take?
        responsible: engineering-manager
        requires: [qa-report]
        options:
          - {when: Up to 5 days, end: Done in this round}
          - {when: 5 to 20 days, end: Planned for the quarter}  # warning: [overlapping-options]
          - {when: More than 20 days, end: Split}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: size
        decision: How long will it take?
        responsible: engineering-manager
        requires: [qa-report]
        options:
          - {when: Up to 5 days, end: Done in this round}
          - {when: 6 to 20 days, end: Planned for the quarter}
          - {when: More than 20 days, end: Split}
    ```
    """
    for step in process.steps:
        ranges = _ranges(step)
        for one, other, shared in shared_number(ranges):
            first, later = step.options[min(one, other)], step.options[max(one, other)]
            message = f'{number(shared)} is both "{first.when}" and "{later.when}"'
            yield Hit(later.at / "when", message, "let one begin where the other ends")


@rule("decisions", Severity.WARNING, on=Process)
def gap_between_options(process: Process) -> Iterator[Hit]:
    """A number between the answers of a decision belongs to none of them.

    The case that falls through is noticed on the day on which it comes up, and then nobody knows what to do.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: size
        decision: How long will it take?
        responsible: engineering-manager
        requires: [qa-report]
        options:  # warning: [gap-between-options]
          - {when: Less than 5 days, end: Done in this round}
          - {when: More than 5 days, end: Planned for the quarter}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: size
        decision: How long will it take?
        responsible: engineering-manager
        requires: [qa-report]
        options:
          - {when: Less than 5 days, end: Done in this round}
          - {when: 5 days or more, end: Planned for the quarter}
    ```
    """
    for step in process.steps:
        ranges = _ranges(step)
        missing = missing_number(ranges) if ranges else None
        if missing is not None:
            message = f'no answer of "{step.id}" is for {number(missing)}'
            yield Hit((step.at / "options").key, message, "let one begin where the other ends")


def _ranges(step: Step) -> list[Interval]:
    """The numbers that the answers of a decision stand for, or nothing unless all of them do, in the same unit."""
    if len(step.options) < 2 or not any(character.isdigit() for character in step.options[0].when):
        return []
    ranges = [interval(option.when) for option in step.options]
    units = {each.unit for each in ranges if each}
    return [each for each in ranges if each] if None not in ranges and len(units) == 1 else []


@rule("decisions", Severity.INFO, on=Process, fix="suggestion")
def decision_not_a_question(process: Process) -> Iterator[Hit]:
    """A decision is not put as a question.

    A question says what is to be decided, and its answers are the options. "Legal approval" leaves open what
    exactly is approved.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Legal approval  # info: [decision-not-a-question]
        responsible: legal-counsel
        requires: [qa-report]
        options:
          - {when: Granted, end: Launched}
          - {when: Refused, end: Launch stopped}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: May the notice go out as it is?
        responsible: legal-counsel
        requires: [qa-report]
        options:
          - {when: Granted, end: Launched}
          - {when: Refused, end: Launch stopped}
    ```
    """
    for step in process.steps:
        if step.decision and "?" not in step.decision:
            at = step.at / "decision"
            change = Change(at, step.decision.rstrip(" .") + "?")
            yield Hit(
                at,
                f'"{step.decision}" is not a question',
                "ask what is decided, with a ? at the end",
                change=change,
            )
