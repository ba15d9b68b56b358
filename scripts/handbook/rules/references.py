"""Names that lead nowhere, to the wrong thing, or are never used."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.handbook import Name
from handbook.model.kinds import KINDS
from handbook.model.record import Record
from handbook.rules.registry import Context, rule
from handbook.text.near import did_you_mean


@rule("references")
def unknown_reference(context: Context) -> Iterator[Hit]:
    """A record names a role, team, tool, metric, process or other record that does not exist.

    It is a slip, or the record was renamed or deleted. Until it is mended, the page has a dead link and nobody
    gets the work. Where a record of another kind has that id, the message says so.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: collect, title: Collect the evidence, responsible: product-manger}  # error: [unknown-reference]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: collect, title: Collect the evidence, responsible: product-manager}
    ```
    """
    handbook = context.handbook
    for reference in handbook.references:
        target = reference.target
        if handbook.knows(target) or target.kind in handbook.unread:
            continue
        word = KINDS[target.kind].title.lower()
        message = f'there is no {word} "{target.id}"{did_you_mean(target.id, handbook.ids(target.kind))}'
        other = next((kind for kind in KINDS.values() if handbook.knows(Name(kind.name, target.id))), None)
        if other:
            message = (
                f'"{target.id}" is the id of a {other.title.lower()}, and the id of a {word} is meant here'
            )
        area = "AREA/" if target.kind == "process" else ""
        help = f"name a {word} that exists, or add it with `handbook new {target.kind} {area}{target.id}`"
        yield Hit(reference.at, message, help)


@rule("references", found_while="reading files")
def duplicate_id() -> None:
    """Two records of one kind have the same id.

    Ids are unique in a kind, whatever folder a file is in. Two branches can each add the same id and merge
    without a conflict.

    Wrong:

    ```yaml title="processes/delivery/example.yaml"
    title: Release review
    ```

    ```yaml title="processes/release/example.yaml"
    title: Release readiness  # error: [duplicate-id]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    title: Release readiness
    ```
    """


@rule("references", on=Record)
def alias_in_use(record: Record, context: Context) -> Iterator[Hit]:
    """An alias is the id, or an alias, of another record of the same kind.

    An alias keeps old links working. If it means two records, they lead to the wrong one.

    Wrong:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
    product-lead:
      title: Product lead
      summary: Leads the product managers of a group.
      aliases: [product-manager]  # error: [alias-in-use]
    ```

    Right:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
    product-lead:
      title: Product lead
      summary: Leads the product managers of a group.
      aliases: [group-product-manager]
    ```
    """
    for index, alias in enumerate(record.aliases):
        name = Name(record.kind, alias)
        other = name if name in context.handbook.places else context.handbook.aliases.get(name)
        if other and other.id != record.id:
            yield Hit(
                record.at / "aliases" / index,
                f'"{alias}" already means "{other.id}"',
                "remove the alias from one of the two",
            )


@rule("references", Severity.WARNING)
def reference_by_alias(context: Context) -> Iterator[Hit]:
    """A record names another one by an earlier id.

    It still works, but the old name lives on, and readers who search for it find two.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: collect, title: Collect the evidence, responsible: product-owner}  # warning: [reference-by-alias]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: collect, title: Collect the evidence, responsible: product-manager}
    ```
    """
    for reference in context.handbook.references:
        now = context.handbook.aliases.get(reference.target)
        if now and reference.target not in context.handbook.places:
            yield Hit(reference.at, f'"{reference.target.id}" is now called "{now.id}"', f'write "{now.id}"')


@rule("references", on=Record)
def self_reference(record: Record, context: Context) -> Iterator[Hit]:
    """A record names itself where another one is meant.

    A role that is its own backup has none.

    Wrong:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
      backup: product-manager  # error: [self-reference]
    ```

    Right:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
      backup: head-of-product
    head-of-product:
      title: Head of product
      summary: Leads the product managers.
    ```
    """
    for reference in context.handbook.outgoing(record):
        if reference.target == Name(record.kind, record.id):
            yield Hit(reference.at, f'"{record.id}" names itself', "name another one, or remove the entry")


@rule("references", Severity.INFO, on=Record)
def unused_record(record: Record, context: Context) -> Iterator[Hit]:
    """A role, tool, metric, artifact or calendar of the catalogue is named by nothing.

    Either something forgot to name it, or it can go: what nobody uses, nobody keeps true.

    Wrong:

    ```yaml title="processes/catalog/artifacts.yaml"
    wish-list:  # info: [unused-record]
      title: Wish list
      summary: Everything that anybody ever asked for.
    qa-report:
      title: QA report
      summary: What was tested, what was found and what is still open.
    ```

    Right:

    ```yaml title="processes/catalog/artifacts.yaml"
    qa-report:
      title: QA report
      summary: What was tested, what was found and what is still open.
    ```
    """
    watched = record.kind in ("role", "tool", "metric", "artifact", "calendar")
    if watched and record.status != "retired" and not context.handbook.incoming(record):
        yield Hit(
            record.at.key,
            f'{KINDS[record.kind].title.lower()} "{record.id}" is named by nothing',
            "use it, or remove it",
        )
