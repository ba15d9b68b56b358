"""Processes that are too large to follow, and processes that call each other without an end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.finding import Hit, Severity
from handbook.model.handbook import Name
from handbook.model.process import Process
from handbook.rules.around import Mention, Whole
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


@rule("flow", Severity.WARNING)
def circular_run(whole: Whole) -> Iterator[Hit]:
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
      - {id: prepare, title: Prepare the test, responsible: qa-lead, process: example}
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
    runs: dict[Name, dict[Name, Mention]] = {}
    for mention in whole.mentions("process", "steps.process"):
        runs.setdefault(mention.source, {})[whole.resolve(mention.target)] = mention
    told: set[Name] = set()
    for circle in _circles(runs):
        if len(circle) > 1 and not told.intersection(circle):  # to run itself is another mistake
            told.update(circle)
            names = " → ".join(f'"{name.id}"' for name in (*circle, circle[0]))
            message = f"these processes run one another in a circle: {names}"
            yield Hit(runs[circle[0]][circle[1]], message, "let one hand over to the next with a trigger")


def _circles(runs: Mapping[Name, Mapping[Name, Mention]]) -> Iterator[list[Name]]:
    """Yield circles, at least one of each group of processes that can come back to themselves."""
    done: set[Name] = set()
    for start in sorted(runs):
        way = {start: iter(sorted(runs[start]))} if start not in done else {}
        while way:
            last = next(reversed(way))
            called = next(way[last], None)
            if called is None:
                done.add(last)
                del way[last]
            elif called in way:
                names = list(way)
                yield names[names.index(called) :]
            elif called not in done:
                way[called] = iter(sorted(runs.get(called, ())))
