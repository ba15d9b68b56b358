"""Processes that nothing leads to, and metrics that are listed twice."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.experiment import Experiment, Guardrail
from handbook.model.handbook import Name
from handbook.model.launch import Launch, LaunchTemplate
from handbook.model.onboarding import OnboardingPath
from handbook.model.process import Process
from handbook.model.record import Record
from handbook.rules.around import Around
from handbook.rules.registry import rule


@rule("references", Severity.INFO, on=Record, from_absence=True)
def unmentioned_process(record: Record, around: Around) -> Iterator[Hit]:
    """An active process is named by no other record and by no page.

    It is found by those who already know that it is there. A hand-over, an item of an onboarding path or a task of a
    template leads people to it.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    title: Release review  # info: [unmentioned-process]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    title: Release review
    ```

    ```yaml title="processes/onboarding/product-manager.yaml"
    role: product-manager
    acknowledge: [example]
    ```
    """
    if (
        record.kind == "process"
        and record.status == "active"
        and not around.is_named(Name("process", record.id))
    ):
        message = f'"{record.id}" is named by no other record and by no page'
        yield Hit(record.at / "title", message, "name it where people come from, such as in trigger.from")


@rule("references", Severity.WARNING, on=(Process, LaunchTemplate, Launch, OnboardingPath, Experiment))
def repeated_metric(record: Process | LaunchTemplate | Launch | OnboardingPath | Experiment) -> Iterator[Hit]:
    """A record lists a metric twice, or an experiment a guardrail.

    If the targets differ, nobody knows which one to reach.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    metrics:
      - {metric: activation-rate, target: ">= 20%"}
      - {metric: activation-rate, target: ">= 25%"}  # warning: [repeated-metric]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    metrics:
      - {metric: activation-rate, target: ">= 25%"}
    ```
    """
    targets: dict[str, str] = {}
    for entry in record.guardrails if isinstance(record, Experiment) else record.metrics:
        wanted = entry.limit if isinstance(entry, Guardrail) else entry.target
        target = wanted.text if wanted else "none"
        if entry.metric in targets:
            message = (
                f'"{entry.metric}" is listed twice, with the targets {targets[entry.metric]} and {target}'
            )
            yield Hit(entry.at / "metric", message, "keep one entry")
        targets.setdefault(entry.metric, target)
