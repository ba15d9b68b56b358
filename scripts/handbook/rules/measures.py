"""Processes of which nobody can tell how well they work, or what they cost."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.process import Process
from handbook.rules.registry import rule
from handbook.text.words import listed


@rule("timing", Severity.INFO, on=Process)
def process_without_metric(process: Process) -> Iterator[Hit]:
    """An active process names no metric.

    Nobody can tell whether it works, whether a change made it better, or whether it could be dropped.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    title: Release  # info: [process-without-metric]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    title: Release
    metrics: [{metric: activation-rate, target: ">= 60%"}]
    ```
    """
    if process.status == "active" and not process.metrics:
        yield Hit(
            process.at / "title",
            "this process is active, and no metric says how well it works",
            "name one or two in metrics, with the value to reach",
        )


@rule("timing", Severity.INFO, on=Process)
def process_of_unknown_cost(process: Process) -> Iterator[Hit]:
    """An active process does not say how often it runs, or no step of it says how much work it is.

    What it costs, and what making it lighter would save, cannot be worked out. A rough number is better than none.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    title: Release  # info: [process-of-unknown-cost]
    volume: {per: month, count: 2}
    steps:
      - {id: test, title: Test the release, responsible: qa-lead}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    title: Release
    volume: {per: month, count: 2}
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, effort: 6h, duration: 1d}
    ```
    """
    missing = []
    if process.volume is None:
        missing.append("how often it runs (volume)")
    if not any(step.effort for step in process.steps):
        missing.append("how much work its steps are (effort)")
    if process.status == "active" and missing:
        yield Hit(
            process.at / "title",
            f"this process does not say {listed(missing)}",
            "add it; a rough number is better than none",
        )
