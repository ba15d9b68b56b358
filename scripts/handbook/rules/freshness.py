"""Records that nobody has looked at for too long, or that nobody answers for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from handbook.finding import Hit, Severity
from handbook.model.catalog import Artifact
from handbook.model.page import Page
from handbook.model.record import Record
from handbook.model.remembered import remembered
from handbook.model.values import Period
from handbook.plan.calendar import ZONES, later, next_day
from handbook.rules.registry import rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")

CONTROLLED = "controlled"  #: the tag of records that auditors ask for
_IN_FORCE = ("active", "trial", "deprecated")
_IDLE = Period(3, "mo")  #: how long a draft may lie
_REVIEWED = ("process", "launch-template", "onboarding-path")  #: kinds that people follow step by step


@rule("freshness", Severity.WARNING, on=(Record, Page))
def overdue_review(subject: Record | Page) -> Iterator[Hit]:
    """Nobody has read a record or page again, although it is time to.

    People follow it in good faith while the work has changed. The owner reads it, mends what is wrong, and sets
    `reviewed` to that day.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    reviewed: 2026-01-12  # warning: [overdue-review]
    review_every: 6mo
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    reviewed: 2026-09-14
    review_every: 6mo
    ```
    """
    record = _envelope(subject)
    if CONTROLLED not in record.tags:
        yield from _overdue(record)


@rule("freshness", on=(Record, Page))
def overdue_controlled_review(subject: Record | Page) -> Iterator[Hit]:
    """Nobody has read a record or page with the tag `controlled` again, although it is time to.

    The tag says that somebody outside relies on the rhythm, such as an auditor or a regulator. Of any other record
    the same is a warning, `overdue-review`.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    tags: [controlled]
    reviewed: 2026-01-12  # error: [overdue-controlled-review]
    review_every: 6mo
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    tags: [controlled]
    reviewed: 2026-09-14
    review_every: 6mo
    ```
    """
    record = _envelope(subject)
    if CONTROLLED in record.tags:
        yield from _overdue(record)


def _overdue(record: Record) -> Iterator[Hit]:
    if record.reviewed and record.review_every and record.status in _IN_FORCE:
        due = later(record.reviewed, record.review_every)
        message = f'"{record.id}" was read last on {record.reviewed} and is to be read every {record.review_every}, so by {due}'
        help = "read it, mend what is no longer true, and set reviewed to the day on which you did"
        yield Hit(record.at / "reviewed", message, help, since=next_day(due))


@rule("freshness", on=(Record, Page))
def review_in_future(subject: Record | Page) -> Iterator[Hit]:
    """The day of a review has not come yet.

    It is mistyped, or it was meant as a plan; until that day nobody is reminded that the record needs reading.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    reviewed: 2062-09-14  # error: [review-in-future]
    review_every: 6mo
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    reviewed: 2026-09-14
    review_every: 6mo
    ```
    """
    record = _envelope(subject)
    if record.reviewed:
        message = f'"{record.id}" was read on {record.reviewed}, a day that has not come'
        help = "write the day on which somebody last read it"
        yield Hit(record.at / "reviewed", message, help, until=record.reviewed - ZONES)


@rule("freshness", Severity.INFO, on=Record)
def never_reviewed(record: Record) -> Iterator[Hit]:
    """A process, template or path is in force, and nothing says that somebody ever read it and found it true.

    Readers cannot tell a rule of last month from one of three years ago.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    status: active  # info: [never-reviewed]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    status: active
    reviewed: 2026-09-14
    review_every: 6mo
    ```
    """
    if record.kind in _REVIEWED and record.status in _IN_FORCE and record.reviewed is None:
        message = f'nothing says when "{record.id}" was last found true'
        yield Hit(record.at / "status", message, "read it, and add reviewed with the day on which you did")


@rule("freshness", Severity.INFO, on=(Record, Page))
def review_without_rhythm(subject: Record | Page) -> Iterator[Hit]:
    """A record or page was reviewed once, and nothing says when it is read again.

    Nobody is reminded, so the first review is also the last.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    reviewed: 2026-09-14  # info: [review-without-rhythm]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    reviewed: 2026-09-14
    review_every: 6mo
    ```
    """
    record = _envelope(subject)
    if record.reviewed and record.review_every is None and record.status in _IN_FORCE:
        message = f'"{record.id}" was read on {record.reviewed}, and nothing says when it is read again'
        yield Hit((record.at / "reviewed").key, message, "add review_every, such as 6mo")


@rule("freshness", Severity.INFO, on=(Record, Page))
def idle_draft(subject: Record | Page) -> Iterator[Hit]:
    """A draft that somebody read three months ago is still a draft.

    It looks as if the question were being worked on. Agree on it, or remove it: it stays in the history.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    status: draft
    reviewed: 2026-05-04  # info: [idle-draft]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    status: draft
    reviewed: 2026-09-14
    ```
    """
    record = _envelope(subject)
    if record.status == "draft" and record.reviewed:
        message = f'the draft "{record.id}" was read last on {record.reviewed}'
        since = next_day(later(record.reviewed, _IDLE))
        yield Hit(record.at / "reviewed", message, "agree on it, or remove it", since=since)


@rule("freshness", Severity.INFO, on=Artifact)
def artifact_without_owner(artifact: Artifact) -> Iterator[Hit]:
    """An artifact that is made here has no owner.

    Nobody answers for its form, so each team makes its own. Other kinds that need an owner cannot do without.

    Wrong:

    ```yaml title="processes/catalog/artifacts.yaml"
    qa-report:  # info: [artifact-without-owner]
      title: QA report
      summary: What was tested, what was found and what is still open.
    ```

    Right:

    ```yaml title="processes/catalog/artifacts.yaml"
    qa-report:
      title: QA report
      summary: What was tested, what was found and what is still open.
      owner: product-operations
    ```
    """
    if artifact.owner is None and not artifact.external and artifact.status in _IN_FORCE:
        yield Hit(
            artifact.at.key, f'nobody answers for "{artifact.id}"', "add owner, the team to ask about it"
        )


def _envelope(subject: Record | Page) -> Record:
    """Return a record, or what the front matter of a page says in the same words. What it says wrongly is left out."""
    return subject if isinstance(subject, Record) else _in_front(subject)


@remembered
def _in_front(page: Page) -> Record:
    front = page.front
    tags = front.get("tags")
    return Record(
        id=page.path,
        at=page.at,
        title=page.path,
        summary="",
        status=str(front.get("status", "active")),
        tags=tuple(map(str, tags)) if isinstance(tags, list) else (),
        reviewed=_read(date.fromisoformat, front.get("reviewed")),
        review_every=_read(Period.parse, front.get("review_every")),
    )


def _read(parse: Callable[[str], T], value: object) -> T | None:
    try:
        return None if value is None else parse(str(value))
    except ValueError:
        return None
