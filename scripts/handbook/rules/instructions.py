"""What steps, checklists and gates ask people to do."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Place, Severity
from handbook.model.launch import LaunchTemplate
from handbook.model.onboarding import OnboardingPath
from handbook.model.process import Process
from handbook.model.record import Record
from handbook.rules.registry import rule

#: what nobody can check, with what to write instead
_VAGUE = {
    "as needed": "say when it is needed",
    "as required": "say what requires it",
    "as appropriate": "say what decides",
    "if appropriate": "say what decides",
    "where appropriate": "say what decides",
    "when appropriate": "say what decides",
    "if necessary": "say when it is necessary",
    "where necessary": "say when it is necessary",
    "when necessary": "say when it is necessary",
    "if applicable": "say when it applies",
    "where applicable": "say when it applies",
    "if possible": "say what to do when it is not possible",
    "where possible": "say what to do when it is not possible",
    "as soon as possible": "give a number of days",
    "asap": "give a number of days",
    "in a timely manner": "give a number of days",
    "someone": "name the role",
    "somebody": "name the role",
    "relevant people": "name the roles",
    "relevant stakeholders": "name the roles",
    "relevant parties": "name the roles",
    "appropriate people": "name the roles",
    "and so on": "name the rest, or say where the list ends",
    "etc.": "name the rest, or say where the list ends",
}
#: a word that each of them contains; most texts have none
_HINTS = ("appropriate", "needed", "necessary", "applicable", "possible", "someone", "somebody", "relevant", "asap", "as required",
          "etc.", "timely", "and so on")  # fmt: skip


@rule("prose", Severity.WARNING, on=(Process, LaunchTemplate, OnboardingPath))
def vague_instruction(record: Record) -> Iterator[Hit]:
    """A step, a checklist or a gate says "as needed", "if appropriate" or "someone".

    Two people read two things into it, and nobody can tell whether it was done. Write the condition, the number or
    the role.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: collect
        title: Collect the evidence
        responsible: qa-lead
        checklist:
          - Inform the support team as needed  # warning: [vague-instruction]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: collect
        title: Collect the evidence
        responsible: qa-lead
        checklist:
          - Inform the support team when a known defect stays in
    ```
    """
    said = list(_instructions(record))
    whole = "\n".join([text for *_, text in said]).lower()
    hints = [hint for hint in _HINTS if hint in whole]
    for at, key, index, text in said if hints else ():
        lower = text.lower()
        if any(hint in lower for hint in hints):
            for phrase, instead in _VAGUE.items():
                if phrase in lower and _is_whole(lower, phrase):
                    place = at / key if index is None else at / key / index
                    yield Hit(place, f'"{phrase}" leaves open what to do', instead)
                    break


def _instructions(record: Record) -> Iterator[tuple[Place, str, int | None, str]]:
    """Yield what a record asks people to do or to decide by: the place of its part, the key, the number in a list, the text."""
    if isinstance(record, Process):
        for step in record.steps:
            if step.title:
                yield step.at, "title", None, step.title
            yield from _listed(step.at, "checklist", step.checklist)
            for option in step.options:
                yield option.at, "when", None, option.when
    elif isinstance(record, LaunchTemplate):
        for task in record.tasks:
            yield task.at, "title", None, task.title
            yield from _listed(task.at, "checklist", task.checklist)
        for gate in record.gates:
            yield from _listed(gate.at, "criteria", gate.criteria)
    elif isinstance(record, OnboardingPath):
        for stage in record.stages:
            yield from _listed(stage.at, "outcomes", stage.outcomes)


def _listed(at: Place, key: str, texts: tuple[str, ...]) -> Iterator[tuple[Place, str, int | None, str]]:
    for index, text in enumerate(texts):
        yield at, key, index, text


def _is_whole(text: str, phrase: str) -> bool:
    """Whether a phrase stands in a text as whole words, and does not go on to say who is meant."""
    start = text.find(phrase)
    before, after = text[start - 1 : start], text[start + len(phrase) :]
    if before.isalnum() or (after[:1].isalnum() and phrase[-1].isalnum()):
        return False
    return not (
        phrase.startswith("some")
        and after.startswith((" who", " else", " from", " outside", " in ", " with "))
    )
