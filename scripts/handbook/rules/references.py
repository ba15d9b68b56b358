"""Names that lead nowhere, to the wrong thing, or are never used."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import HERE, Change, Hit, Severity
from handbook.model.handbook import Name
from handbook.model.kinds import KINDS
from handbook.model.record import Record
from handbook.rules.around import Around, Mention
from handbook.rules.registry import rule
from handbook.text.near import nearest


@rule("references", on=Mention, fix="suggestion")
def unknown_reference(mention: Mention, around: Around) -> Iterator[Hit]:
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
    target = mention.target
    if target.kind not in KINDS or is_link(mention) or around.knows(target):
        return
    word = KINDS[target.kind].title.lower()
    a_word = _a(word)
    near = nearest(target.id, around.ids(target.kind))
    message = f'there is no {word} "{target.id}"' + (f'; did you mean "{near}"?' if near else "")
    other = next((kind for kind in KINDS.values() if target.id in around.ids(kind.name)), None)
    if other:
        message = (
            f'"{target.id}" is the id of {_a(other.title.lower())}, and the id of {a_word} is meant here'
        )
    area = "AREA/" if target.kind == "process" else ""
    help = f"name {a_word} that exists, or add it with `handbook new {target.kind} {area}{target.id}`"
    yield Hit(mention, message, help, change=Change(HERE, near) if near and not other else None)


def _a(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


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
def alias_in_use(record: Record, around: Around) -> Iterator[Hit]:
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
        taken = alias in around.ids(record.kind)
        other = alias if taken else around.resolve(Name(record.kind, alias)).id
        if other != record.id:
            yield Hit(
                record.at / "aliases" / index,
                f'"{alias}" {"is the id of another one" if taken else f"already leads to {other}"}',
                "remove the alias from one of the two",
            )


@rule("references", Severity.WARNING, on=Mention, fix="safe")
def reference_by_alias(mention: Mention, around: Around) -> Iterator[Hit]:
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
    now = around.resolve(mention.target)
    if now != mention.target and not is_link(mention):
        yield Hit(
            mention,
            f'"{mention.target.id}" is now called "{now.id}"',
            f'write "{now.id}"',
            change=Change(HERE, now.id, safe=True),
        )


@rule("references", on=Mention)
def self_reference(mention: Mention, around: Around) -> Iterator[Hit]:
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
    if around.resolve(mention.target) == mention.source and not is_link(mention):
        yield Hit(mention, f'"{mention.source.id}" names itself', "name another one, or remove the entry")


@rule("references", Severity.INFO, on=Record, from_absence=True)
def unused_record(record: Record, around: Around) -> Iterator[Hit]:
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
    if watched and record.status != "retired" and not around.is_named(Name(record.kind, record.id)):
        yield Hit(
            record.at.key,
            f'{KINDS[record.kind].title.lower()} "{record.id}" is named by nothing',
            "use it, or remove it",
        )


def is_link(mention: Mention) -> bool:
    """Whether a page leads somewhere by a link, of which the rules of the group `links` speak."""
    return mention.key.startswith("#")
