"""Records that rely on something whose time has passed, or has not come."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import HERE, Change, Hit, Severity
from handbook.model.handbook import Name
from handbook.model.record import Record
from handbook.plan.calendar import next_day
from handbook.rules.around import Around, Mention
from handbook.rules.references import is_link
from handbook.rules.registry import rule
from handbook.text.near import listed

#: what a record may name without relying on it; a launch keeps the template that it began with
_LOOSE = ("replaces", "replaced_by", "template")


@rule("lifecycle", on=Mention, fix="suggestion")
def reference_to_retired(mention: Mention, around: Around) -> Iterator[Hit]:
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
    target = _relied_on(mention, around)
    if target is None:
        return
    if target.status == "retired":
        yield Hit(mention, f'"{target.id}" is retired', _instead(target), change=_move(target))
    elif target.sunset is not None:
        message = f'"{target.id}" could be used until {target.sunset}'
        since = next_day(target.sunset)
        yield Hit(mention, message, _instead(target), since=since, change=_move(target))


@rule("lifecycle", Severity.WARNING, on=Mention, fix="suggestion")
def reference_to_deprecated(mention: Mention, around: Around) -> Iterator[Hit]:
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
    target = _relied_on(mention, around)
    if target is not None and target.status == "deprecated":
        limit = f" and may be used until {target.sunset}" if target.sunset else ""
        message = f'"{target.id}" is deprecated{limit}'
        yield Hit(mention, message, _instead(target), until=target.sunset, change=_move(target))


@rule("lifecycle", Severity.WARNING, on=Mention)
def reference_to_draft(mention: Mention, around: Around) -> Iterator[Hit]:
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
    target = _relied_on(mention, around)
    if target is not None and target.status == "draft":
        yield Hit(mention, f'"{target.id}" is a draft', "agree on it first, or name something that is active")


@rule("lifecycle", Severity.WARNING, on=Record)
def deprecated_without_plan(record: Record) -> Iterator[Hit]:
    """A record is deprecated, and nothing says what to use instead or until when it holds.

    Readers learn that they should leave, and not where to go. Both are best; one of the two is needed.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    status: deprecated  # warning: [deprecated-without-plan]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    status: deprecated
    sunset: 2027-03-31
    ```
    """
    if record.status == "deprecated" and record.replaced_by is None and record.sunset is None:
        message = f'"{record.id}" is deprecated, and nothing says what follows or until when it holds'
        yield Hit(record.at / "status", message, "add replaced_by, sunset or both")


@rule("lifecycle", on=Record)
def past_sunset(record: Record) -> Iterator[Hit]:
    """The last day of a record has passed, and its status still says that it holds.

    The move to what follows was never finished, or finished and not written down.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    status: deprecated
    sunset: 2026-09-30  # error: [past-sunset]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    status: retired
    sunset: 2026-09-30
    ```
    """
    if record.sunset is not None and record.status in ("trial", "active", "deprecated"):
        message = f'"{record.id}" held until {record.sunset}, and is still {record.status}'
        help = "retire it, or agree on a later day"
        yield Hit(record.at / "sunset", message, help, since=next_day(record.sunset))


@rule("lifecycle", Severity.WARNING, on=Record)
def replaced_but_active(record: Record, around: Around) -> Iterator[Hit]:
    """A record takes the place of another one, and both are active.

    Two teams do the same thing in two ways, and each is right.

    Wrong:

    ```yaml title="processes/release/new-review.yaml"
    replaces: [old-review]  # warning: [replaced-but-active]
    ```

    ```yaml title="processes/release/old-review.yaml"
    replaced_by: new-review
    ```

    Right:

    ```yaml title="processes/release/new-review.yaml"
    replaces: [old-review]
    ```

    ```yaml title="processes/release/old-review.yaml"
    status: deprecated
    replaced_by: new-review
    ```
    """
    for index, id in enumerate(record.replaces if record.status == "active" else ()):
        old = around.head(Name(record.kind, id))
        if old is not None and old.status == "active" and old.id != record.id:
            message = f'"{record.id}" replaces "{old.id}", and both are active'
            yield Hit(record.at / "replaces" / index, message, f'deprecate "{old.id}", with a sunset')


@rule("lifecycle", Severity.WARNING, on=Record)
def rival_replacements(record: Record, around: Around) -> Iterator[Hit]:
    """Two active records say that they take the place of the same one.

    Whoever comes from the old one cannot tell which of the two to follow.

    Wrong:

    ```yaml title="processes/release/first.yaml"
    replaces: [old-review]
    ```

    ```yaml title="processes/release/second.yaml"
    replaces: [old-review]
    ```

    ```yaml title="processes/release/old-review.yaml"
    status: retired  # warning: [rival-replacements]
    ```

    Right:

    ```yaml title="processes/release/first.yaml"
    replaces: [old-review]
    ```

    ```yaml title="processes/release/old-review.yaml"
    status: retired
    replaced_by: first
    ```
    """
    if record.status == "active":
        return  # each of them has `replaced-but-active` already
    names = around.naming(Name(record.kind, record.id), "replaces")
    rivals = [name.id for name in names if (head := around.head(name)) and head.status == "active"]
    if len(rivals) > 1 and record.replaced_by not in rivals:
        message = f'{listed(rivals, "and")} all say that they replace "{record.id}"'
        help = "name the one to follow under replaced_by, or take the entry out of the others"
        yield Hit(record.at / "status", message, help)


@rule("lifecycle", Severity.INFO, on=Record)
def one_sided_replacement(record: Record, around: Around) -> Iterator[Hit]:
    """A record says that it takes the place of another one, which does not say so itself.

    A reader of the old record is not led to the new one.

    Wrong:

    ```yaml title="processes/release/new-review.yaml"
    replaces: [old-review]  # info: [one-sided-replacement]
    ```

    ```yaml title="processes/release/old-review.yaml"
    status: retired
    ```

    Right:

    ```yaml title="processes/release/new-review.yaml"
    replaces: [old-review]
    ```

    ```yaml title="processes/release/old-review.yaml"
    status: retired
    replaced_by: new-review
    ```
    """
    for index, id in enumerate(record.replaces):
        old = around.head(Name(record.kind, id))
        if old is not None and old.replaced_by is None:
            message = f'"{record.id}" replaces "{old.id}", which does not name it'
            yield Hit(record.at / "replaces" / index, message, f'add replaced_by: {record.id} to "{old.id}"')


def _relied_on(mention: Mention, around: Around) -> Record | None:
    """Return what an active record relies on, where that is not simply active itself."""
    target = around.head(mention.target)
    if (
        target is None
        or (target.status == "active" and target.sunset is None)
        or mention.key in _LOOSE
        or is_link(mention)
    ):
        return None
    source = around.head(mention.source)
    return target if source is not None and source.status in ("active", "trial") else None


def _instead(target: Record) -> str:
    return (
        f'name "{target.replaced_by}", which replaces it'
        if target.replaced_by
        else "name what takes its place"
    )


def _move(target: Record) -> Change | None:
    """Return the change to what takes the place of a record, for somebody to look at."""
    return Change(HERE, target.replaced_by) if target.replaced_by else None
