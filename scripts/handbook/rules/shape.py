"""Records that do not have the form of their kind. The schemas find most of these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handbook.finding import Hit, Place
from handbook.model.experiment import Experiment
from handbook.model.kinds import KINDS
from handbook.model.launch import Launch, LaunchTemplate
from handbook.model.onboarding import OnboardingPath
from handbook.model.process import Process
from handbook.model.record import Record
from handbook.model.values import is_id
from handbook.rules.registry import rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class _Part(Protocol):
        """A part of a record that has an id of its own."""

        @property
        def id(self) -> str: ...
        @property
        def at(self) -> Place: ...


@rule("shape", found_while="comparing with the schema")
def unknown_key() -> None:
    """A record has a key that its kind does not know.

    Most often it is a slip: `owners` for `owner`. The value would be ignored, and the record would seem to have
    no owner. Keys of your own are welcome if they begin with `x-`.

    Wrong:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
      skils: [Interviewing customers]  # error: [unknown-key]
    ```

    Right:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
      skills: [Interviewing customers]
    ```
    """


@rule("shape", found_while="comparing with the schema")
def missing_key() -> None:
    """A record, or a part of it, lacks something that its kind needs.

    A process without an owner or an outcome can be published, but nobody can ask about it or tell when it is done.

    Wrong:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:  # error: [missing-key]
      title: Product manager
    ```

    Right:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
    ```
    """


@rule("shape", found_while="comparing with the schema")
def wrong_type() -> None:
    """A value is of another type than its key needs, such as text where a list is meant.

    Two roles written as one text become one role that does not exist.

    Wrong:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
      skills: Interviewing, Writing  # error: [wrong-type]
    ```

    Right:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
      skills: [Interviewing, Writing]
    ```
    """


@rule("shape", found_while="comparing with the schema")
def unknown_value() -> None:
    """A value is not one of those that its key allows.

    A record with the status `activ` is left out of every list of active records.

    Wrong:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
      status: activ  # error: [unknown-value]
    ```

    Right:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
      status: active
    ```
    """


@rule("shape", found_while="comparing with the schema")
def malformed_value() -> None:
    """A value is not written in the form that its key needs: a date, a duration, an id, a length.

    `2m` may mean minutes or months; the form leaves no doubt. Dates have to exist: there is no 30 February.

    Wrong:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
      reviewed: 2026-02-30  # error: [malformed-value]
    ```

    Right:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
      reviewed: 2026-02-27
    ```
    """


@rule("shape", found_while="comparing with the schema")
def conflicting_keys() -> None:
    """Two keys stand together although only one of them can hold.

    An option of a decision leads to another step, or it ends the process; it cannot do both.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Go or stop?
        responsible: head-of-product
        requires: [qa-report]
        options:
          - {when: Go, to: announce, end: Launched}  # error: [conflicting-keys]
          - {when: Stop, end: Launch stopped}
      - {id: announce, title: Announce the launch, responsible: product-manager}
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: decide
        decision: Go or stop?
        responsible: head-of-product
        requires: [qa-report]
        options:
          - {when: Go, to: announce}
          - {when: Stop, end: Launch stopped}
      - {id: announce, title: Announce the launch, responsible: product-manager}
    ```
    """


@rule("shape", found_while="comparing with the schema")
def repeated_entry() -> None:
    """A list names the same thing twice.

    It is a slip of copying. The second entry may have been meant to be another one.

    Wrong:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
      tags: [product, product]  # error: [repeated-entry]
    ```

    Right:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
      tags: [product]
    ```
    """


@rule("shape", on=Record)
def malformed_id(record: Record) -> Iterator[Hit]:
    """The name of a file cannot be an id: it has capital letters, spaces, underscores or other signs.

    The id is part of addresses and references. Names that differ only in capital letters are the same file on
    some machines and two files on others.

    Wrong:

    ```yaml title="processes/release/Go_No_Go.yaml"
    title: Go/no-go decision  # error: [malformed-id]
    ```

    Right:

    ```yaml title="processes/release/go-no-go.yaml"
    title: Go/no-go decision
    ```
    """
    if not KINDS[record.kind].catalogue and not is_id(record.id):
        better = re.sub(r"[^a-z0-9]+", "-", record.id.lower()).strip("-")
        yield Hit(
            record.at, f'"{record.id}" cannot be an id', f"rename the file to {better or 'a-short-name'}.yaml"
        )


@rule("shape", on=Record)
def repeated_id(record: Record) -> Iterator[Hit]:
    """Two parts of a record, such as two steps or two tasks, have the same id.

    Whatever names that id means one of them, and nobody can tell which.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: collect, title: Collect the evidence, responsible: product-operations-lead}
      - {id: collect, title: Confirm release quality, responsible: qa-lead}  # error: [repeated-id]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: collect, title: Collect the evidence, responsible: product-operations-lead}
      - {id: quality, title: Confirm release quality, responsible: qa-lead}
    ```
    """
    for word, parts in _parts(record):
        seen: set[str] = set()
        for part in parts:
            if part.id in seen:
                yield Hit(part.at / "id", f'there are two {word}s "{part.id}"', f"give one {word} another id")
            seen.add(part.id)


def _parts(record: Record) -> Iterator[tuple[str, Iterable[_Part]]]:
    """The lists of a record whose entries have ids, each with what an entry is called."""
    if isinstance(record, Process):
        yield "step", record.steps
    elif isinstance(record, LaunchTemplate):
        yield from (("phase", record.phases), ("task", record.tasks), ("gate", record.gates))
    elif isinstance(record, Launch):
        yield from (("task", record.tasks), ("gate", record.gates))
    elif isinstance(record, OnboardingPath):
        yield from (
            ("stage", record.stages),
            ("item", [item for stage in record.stages for item in stage.items]),
        )
    elif isinstance(record, Experiment):
        yield "variant", record.variants
