"""What steps hand to each other: inputs that nobody made, and outputs that nobody wants."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Place, Severity
from handbook.model.catalog import Artifact
from handbook.model.flow import Flow, flow
from handbook.model.handbook import Name
from handbook.model.process import Process, Step
from handbook.rules.around import Around, Mention
from handbook.rules.registry import rule
from handbook.text.near import listed

_MADE = ("steps.outputs", "outputs", "tasks.artifact")
_WORKED_FROM = ("steps.inputs", "steps.requires")
_WANTED = (*_WORKED_FROM, "inputs", "outputs", "gates.evidence")


@rule("flow", Severity.WARNING, on=Mention)
def input_from_nowhere(mention: Mention, around: Around) -> Iterator[Hit]:
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
    if mention.key not in _WORKED_FROM or mention.source.kind != "process":
        return
    wanted = around.resolve(mention.target)
    makers = sorted({other.source.id for other in around.incoming(wanted) if other.key in _MADE})
    artifact = (
        around.find(Artifact, wanted.id) if makers else None
    )  # what nobody makes is told where it is defined
    if artifact and not artifact.external and wanted not in _brought(mention.source, around):
        message = (
            f'"{wanted.id}" is made in {listed(makers[:3], "and")}, and this process does not start from it'
        )
        yield Hit(
            mention,
            message,
            "add it to the inputs of the process, or to the outputs of the step that makes it",
        )


def _brought(process: Name, around: Around) -> Iterator[Name]:
    """Yield what the steps of a process can work from: its inputs, what they make, what processes that they run make."""
    for own in around.outgoing(process):
        if own.key in ("inputs", "steps.outputs"):
            yield around.resolve(own.target)
        elif own.key in ("steps.process", "trigger.from"):
            others = around.outgoing(around.resolve(own.target))
            yield from (around.resolve(other.target) for other in others if other.key == "outputs")


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
    graph = flow(process)
    after = {id: _afterwards(graph, id) for made_by in makers.values() for id in made_by}
    for step in process.steps:
        for artifact, at in _worked_from(step):
            made_by = [id for id in makers.get(artifact, ()) if id != step.id]
            if made_by and artifact not in process.inputs and not any(step.id in after[id] for id in made_by):
                message = f'step "{step.id}" works from "{artifact}", which {listed(made_by, "or")} makes, and nothing makes it wait'
                yield Hit(at, message, f"let it come after {listed(made_by, 'or')}, for example with needs")


def _afterwards(graph: Flow, id: str) -> set[str]:
    """The steps that can come after a step, a second round left out."""
    return graph.reached((way.target for way in graph.after(id, forward=True)), forward=True)


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


@rule("flow", Severity.INFO, on=Mention)
def unused_output(mention: Mention, around: Around) -> Iterator[Hit]:
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
    if mention.key != "steps.outputs" or around.head(mention.target) is None:
        return
    if not any(other.key in _WANTED for other in around.incoming(around.resolve(mention.target))):
        message = f'nothing works from "{mention.target.id}", and no process hands it to others'
        yield Hit(
            mention, message, "name it where it is used, or under outputs of the process, or do without it"
        )
