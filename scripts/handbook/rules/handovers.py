"""What steps hand to each other: inputs that nobody made, and outputs that nobody wants."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Place, Severity
from handbook.model.catalog import Artifact
from handbook.model.flow import ever_before, flow
from handbook.model.handbook import Name
from handbook.model.process import Process, Step
from handbook.rules.around import Around
from handbook.rules.registry import rule
from handbook.text.near import listed

_MADE = ("steps.outputs", "outputs", "tasks.artifact")
_WORKED_FROM = ("steps.inputs", "steps.requires")
_WANTED = (*_WORKED_FROM, "inputs", "outputs", "gates.evidence")


@rule("flow", Severity.WARNING, on=Artifact, from_absence=True)
def input_from_nowhere(artifact: Artifact, around: Around) -> Iterator[Hit]:
    """A step works from what another process makes, and its own process neither makes it nor starts from it.

    Whoever gets to the step looks for something that nobody was asked to bring. Name it under `inputs` of the process
    if it is there before the first step, or under `outputs` of the step that makes it here.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: sign, title: Sign off the release, responsible: qa-lead, inputs: [test-plan]}  # warning: [input-from-nowhere]
    ```

    ```yaml title="processes/release/preparation.yaml"
    outputs: [test-plan]
    ```

    ```yaml title="processes/catalog/artifacts.yaml"
    test-plan: {title: Test plan, summary: What is tested and by whom., owner: product-operations}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    inputs: [test-plan]
    steps:
      - {id: sign, title: Sign off the release, responsible: qa-lead, inputs: [test-plan]}
    ```

    ```yaml title="processes/release/preparation.yaml"
    outputs: [test-plan]
    ```

    ```yaml title="processes/catalog/artifacts.yaml"
    test-plan: {title: Test plan, summary: What is tested and by whom., owner: product-operations}
    ```
    """
    own = Name("artifact", artifact.id)
    mentions = around.incoming(own)
    makers = sorted({mention.source.id for mention in mentions if mention.key in _MADE})
    if artifact.external or not makers:  # what nobody makes is told where it is defined
        return
    settled = {mention.source for mention in mentions if mention.key in ("inputs", "steps.outputs")}
    for mention in mentions:
        if (
            mention.key in _WORKED_FROM
            and mention.source not in settled
            and not _is_brought(own, mention.source, around)
        ):
            message = f'"{artifact.id}" is made in {listed(makers[:3], "and")}, and this process does not start from it'
            help = "add it to the inputs of the process, or to the outputs of the step that makes it"
            yield Hit(mention, message, help)


def _is_brought(artifact: Name, process: Name, around: Around) -> bool:
    """Whether a process that this one runs, or that starts it, hands the artifact over."""
    return any(
        other.key == "outputs" and around.resolve(other.target) == artifact
        for own in around.outgoing(process)
        if own.key in ("steps.process", "trigger.from")
        for other in around.outgoing(around.resolve(own.target))
    )


@rule("flow", Severity.WARNING, on=Process)
def input_made_later(process: Process) -> Iterator[Hit]:
    """A step works from something that only a later step makes, or one that runs beside it.

    When the step is due, the thing is not there. Either the order is wrong, or a `needs` is missing.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: sign, title: Sign off the release, responsible: qa-lead, inputs: [test-plan]}  # warning: [input-made-later]
      - {id: test, title: Test the release, responsible: engineering-manager, outputs: [test-plan]}
    ```

    ```yaml title="processes/catalog/artifacts.yaml"
    test-plan: {title: Test plan, summary: What is tested and by whom.}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: test, title: Test the release, responsible: engineering-manager, outputs: [test-plan]}
      - {id: sign, title: Sign off the release, responsible: qa-lead, inputs: [test-plan]}
    ```

    ```yaml title="processes/catalog/artifacts.yaml"
    test-plan: {title: Test plan, summary: What is tested and by whom.}
    ```
    """
    makers: dict[str, list[str]] = {}
    for step in process.steps:
        for artifact in step.outputs:
            makers.setdefault(artifact, []).append(step.id)
    if not makers:
        return
    before = ever_before(flow(process))
    for step in process.steps:
        for artifact, at in _worked_from(step) if step.inputs or step.requires else ():
            made_by = [id for id in makers.get(artifact, ()) if id != step.id]
            if (
                made_by
                and artifact not in process.inputs
                and not any(before.holds(id, step.id) for id in made_by)
            ):
                names = listed(made_by, "or")
                message = f'step "{step.id}" works from "{artifact}", which {names} makes, and nothing makes it wait'
                yield Hit(at, message, f"let it come after {names}, for example with needs")


def _worked_from(step: Step) -> Iterator[tuple[str, Place]]:
    for index, artifact in enumerate(step.inputs):
        yield artifact, step.at / "inputs" / index
    for index, artifact in enumerate(step.requires):
        yield artifact, step.at / "requires" / index


@rule("flow", Severity.WARNING, on=Process)
def output_from_nowhere(process: Process) -> Iterator[Hit]:
    """A process hands something to others that none of its steps makes.

    Whoever counts on it waits in vain, or it is made and nobody knows by whom. Only asked where steps name
    their outputs at all.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    outputs: [qa-report, release-notes]  # warning: [output-from-nowhere]
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, outputs: [qa-report]}
    ```

    ```yaml title="processes/catalog/artifacts.yaml"
    release-notes: {title: Release notes, summary: What is new and for whom.}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    outputs: [qa-report, release-notes]
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, outputs: [qa-report]}
      - {id: notes, title: Write the notes, responsible: product-manager, inputs: [qa-report], outputs: [release-notes]}
    ```

    ```yaml title="processes/catalog/artifacts.yaml"
    release-notes: {title: Release notes, summary: What is new and for whom.}
    ```
    """
    made = {artifact for step in process.steps for artifact in step.outputs}
    if not made or any(step.process for step in process.steps):
        return
    for index, artifact in enumerate(process.outputs):
        if artifact not in made and artifact not in process.inputs:
            message = f'others get "{artifact}" from this process, and no step makes it'
            yield Hit(
                process.at / "outputs" / index,
                message,
                "add it to the outputs of the step that makes it, or remove it here",
            )


@rule("flow", Severity.INFO, on=Artifact, from_absence=True)
def unused_output(artifact: Artifact, around: Around) -> Iterator[Hit]:
    """A step makes something that nobody works from.

    Reports that nobody reads are work for nothing. Where somebody outside the process gets it, name it under
    `outputs` of the process.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    outputs: [qa-report]
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, outputs: [qa-report, defect-list]}  # info: [unused-output]
    ```

    ```yaml title="processes/catalog/artifacts.yaml"
    defect-list: {title: Defect list, summary: What was found and how bad it is.}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    outputs: [qa-report]
    steps:
      - {id: test, title: Test the release, responsible: qa-lead, outputs: [qa-report, defect-list]}
      - {id: fix, title: Fix what blocks the release, responsible: engineering-manager, inputs: [defect-list]}
    ```

    ```yaml title="processes/catalog/artifacts.yaml"
    defect-list: {title: Defect list, summary: What was found and how bad it is.}
    ```
    """
    mentions = around.incoming(Name("artifact", artifact.id))
    if any(mention.key in _WANTED for mention in mentions):
        return
    for mention in mentions:
        if mention.key == "steps.outputs":
            message = f'nothing works from "{artifact.id}", and no process hands it to others'
            help = "name it where it is used, or under outputs of the process, or do without it"
            yield Hit(mention, message, help)
