"""Records that rely on something whose time has passed, or has not come."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.handbook import Reference
from handbook.model.record import Record
from handbook.rules.registry import Context, rule

#: what a record may name without relying on it
_LOOSE = ("replaces", "replaced_by")


@rule("lifecycle")
def reference_to_retired(context: Context) -> Iterator[Hit]:
    """An active record relies on one that is retired, or past its last day.

    The step cannot be carried out: the tool is gone, or nobody wears the role any more.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: collect, title: Collect the evidence, responsible: qa-lead, tool: old-tracker}  # error: [reference-to-retired]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: collect, title: Collect the evidence, responsible: qa-lead, tool: issue-tracker}
    ```
    """
    for reference, target in _relied_on(context):
        past = target.sunset is not None and target.sunset < context.today
        if target.status == "retired" or past:
            since = f"could be used until {target.sunset}" if past else "is retired"
            yield Hit(reference.at, f'"{target.id}" {since}', _instead(target))


@rule("lifecycle", Severity.WARNING)
def reference_to_deprecated(context: Context) -> Iterator[Hit]:
    """An active record relies on one that is being replaced.

    It works until the last day of the old one. Move over while there is time.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: collect, title: Collect the evidence, responsible: qa-lead, tool: old-wiki}  # warning: [reference-to-deprecated]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: collect, title: Collect the evidence, responsible: qa-lead, tool: workspace}
    ```
    """
    for reference, target in _relied_on(context):
        if target.status == "deprecated" and not (target.sunset and target.sunset < context.today):
            until = f" and may be used until {target.sunset}" if target.sunset else ""
            yield Hit(reference.at, f'"{target.id}" is deprecated{until}', _instead(target))


@rule("lifecycle", Severity.WARNING)
def reference_to_draft(context: Context) -> Iterator[Hit]:
    """An active record relies on one that is still a draft.

    People are sent to something that is not agreed and may change tomorrow.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: collect, title: Collect the evidence, responsible: qa-lead, tool: new-board}  # warning: [reference-to-draft]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: collect, title: Collect the evidence, responsible: qa-lead, tool: issue-tracker}
    ```
    """
    for reference, target in _relied_on(context):
        if target.status == "draft":
            yield Hit(
                reference.at,
                f'"{target.id}" is a draft',
                "agree on it first, or name something that is active",
            )


def _relied_on(context: Context) -> Iterator[tuple[Reference, Record]]:
    """The references that an active record relies on, each with the record that it leads to."""
    handbook = context.handbook
    for reference in handbook.references:
        source = handbook.records.get(reference.source)
        target = handbook.records.get(handbook.resolve(reference.target))
        loose = any(step in _LOOSE for step in reference.at.pointer)
        if source and target and not loose and source.status in ("active", "trial"):
            yield reference, target


def _instead(target: Record) -> str:
    return (
        f'name "{target.replaced_by}", which replaces it'
        if target.replaced_by
        else "name what takes its place"
    )
