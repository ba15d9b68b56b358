"""Processes that are too large to follow, and processes that call each other without an end."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.circles import circle
from handbook.model.handbook import Name
from handbook.model.process import Process
from handbook.model.record import Record
from handbook.rules.around import Around, Mention
from handbook.rules.registry import rule

MOST_STEPS = 25
MOST_DECISIONS = 7


@rule("flow", Severity.WARNING, on=Process)
def too_many_steps(process: Process) -> Iterator[Hit]:
    """A process has more than 25 steps.

    Nobody keeps so many in mind, and the drawing fits on no screen. Make a stretch with an outcome of its own a process,
    and call it from a step with `process`.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:  # warning: [too-many-steps]
      - {id: step-1, title: Do part 1, responsible: qa-lead}
      - {id: step-2, title: Do part 2, responsible: qa-lead}
      - {id: step-3, title: Do part 3, responsible: qa-lead}
      - {id: step-4, title: Do part 4, responsible: qa-lead}
      - {id: step-5, title: Do part 5, responsible: qa-lead}
      - {id: step-6, title: Do part 6, responsible: qa-lead}
      - {id: step-7, title: Do part 7, responsible: qa-lead}
      - {id: step-8, title: Do part 8, responsible: qa-lead}
      - {id: step-9, title: Do part 9, responsible: qa-lead}
      - {id: step-10, title: Do part 10, responsible: qa-lead}
      - {id: step-11, title: Do part 11, responsible: qa-lead}
      - {id: step-12, title: Do part 12, responsible: qa-lead}
      - {id: step-13, title: Do part 13, responsible: qa-lead}
      - {id: step-14, title: Do part 14, responsible: qa-lead}
      - {id: step-15, title: Do part 15, responsible: qa-lead}
      - {id: step-16, title: Do part 16, responsible: qa-lead}
      - {id: step-17, title: Do part 17, responsible: qa-lead}
      - {id: step-18, title: Do part 18, responsible: qa-lead}
      - {id: step-19, title: Do part 19, responsible: qa-lead}
      - {id: step-20, title: Do part 20, responsible: qa-lead}
      - {id: step-21, title: Do part 21, responsible: qa-lead}
      - {id: step-22, title: Do part 22, responsible: qa-lead}
      - {id: step-23, title: Do part 23, responsible: qa-lead}
      - {id: step-24, title: Do part 24, responsible: qa-lead}
      - {id: step-25, title: Do part 25, responsible: qa-lead}
      - {id: step-26, title: Do part 26, responsible: qa-lead}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: first, title: Do the first half, responsible: qa-lead, process: around}
      - {id: second, title: Do the second half, responsible: qa-lead}
    ```
    """
    count = len(process.steps)
    if count > MOST_STEPS:
        message = f"this process has {count} steps, more than the {MOST_STEPS} that can be followed"
        yield Hit(
            (process.at / "steps").key,
            message,
            "make a stretch of it a process of its own, and call it with process",
        )


@rule("flow", Severity.WARNING, on=Process)
def too_many_decisions(process: Process) -> Iterator[Hit]:
    """A process has more than 7 decisions.

    Seven questions with two answers each make 128 ways through, and nobody has seen most of them. A table of
    cases in the instructions of one decision is often shorter and clearer.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:  # warning: [too-many-decisions]
      - {id: a, decision: "Is it new?", responsible: qa-lead, requires: [qa-report], options: [{when: "Yes", to: b}, {when: "No", end: Kept}]}
      - {id: b, decision: "Is it large?", responsible: qa-lead, requires: [qa-report], options: [{when: "Yes", to: c}, {when: "No", end: Kept}]}
      - {id: c, decision: "Is it public?", responsible: qa-lead, requires: [qa-report], options: [{when: "Yes", to: d}, {when: "No", end: Kept}]}
      - {id: d, decision: "Is it paid?", responsible: qa-lead, requires: [qa-report], options: [{when: "Yes", to: e}, {when: "No", end: Kept}]}
      - {id: e, decision: "Is it legal?", responsible: qa-lead, requires: [qa-report], options: [{when: "Yes", to: f}, {when: "No", end: Kept}]}
      - {id: f, decision: "Is it safe?", responsible: qa-lead, requires: [qa-report], options: [{when: "Yes", to: g}, {when: "No", end: Kept}]}
      - {id: g, decision: "Is it tested?", responsible: qa-lead, requires: [qa-report], options: [{when: "Yes", to: h}, {when: "No", end: Kept}]}
      - {id: h, decision: "Is it ready?", responsible: qa-lead, requires: [qa-report], options: [{when: "Yes", end: Sent}, {when: "No", end: Kept}]}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: a, decision: "Which class is it?", responsible: qa-lead, requires: [qa-report], options: [{when: A, end: Sent}, {when: B or C, end: Kept}]}
    ```
    """
    count = sum(step.decision is not None for step in process.steps)
    if count > MOST_DECISIONS:
        message = f"this process has {count} decisions, more than the {MOST_DECISIONS} that can be followed"
        yield Hit(
            (process.at / "steps").key,
            message,
            "decide several questions at once, or make a stretch of it a process of its own",
        )


@rule("flow", on=Process)
def process_runs_itself(process: Process) -> Iterator[Hit]:
    """A step of a process runs the process itself.

    Each run begins another one before it can come to its end, so none ever does. To do steps again, lead back to
    them with `to`.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead}
      - {id: repeat, title: Test what was fixed, responsible: qa-lead, process: example}  # error: [process-runs-itself]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, outputs: [qa-report]}
      - id: verdict
        decision: Is it good?
        responsible: head-of-product
        requires: [qa-report]
        max: 3
        options: [{when: "Yes", end: Released}, {when: "No", to: test}]
    ```
    """
    for step in process.steps:
        if step.process in (process.id, *process.aliases):
            message = f'step "{step.id}" runs the process that it belongs to'
            yield Hit(step.at / "process", message, "to do steps again, lead back to them with to")


@rule("flow", Severity.WARNING, on=Record)
def circular_run(record: Record, around: Around) -> Iterator[Hit]:
    """A step of a process runs one that, by way of others, runs the process itself.

    Each waits for the outcome of the next, and the last for that of the first. Where one of them only hands over
    to the next, let it do so with a trigger instead of running it as a step.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, process: other}  # warning: [circular-run]
    ```

    ```yaml title="processes/release/other.yaml"
    steps:
      - {id: prepare, title: Prepare the test, responsible: qa-lead, process: example}  # warning: [circular-run]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, process: other}
    ```

    ```yaml title="processes/release/other.yaml"
    trigger: {event: A release is ready to be tested, from: example}
    ```
    """
    if record.kind != "process":
        return

    def run_by(id: str) -> dict[str, Mention]:
        """Return the processes that one runs, each with the mention of it."""
        mentions = around.outgoing(Name("process", id))
        return {around.resolve(m.target).id: m for m in mentions if m.key == "steps.process"}

    found = circle(record.id, run_by)
    if found:
        names = " → ".join(f'"{id}"' for id in (*found, found[0]))
        message = f"these processes run one another in a circle: {names}"
        yield Hit(run_by(record.id)[found[1]], message, "let one hand over to the next with a trigger")
