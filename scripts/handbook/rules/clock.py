"""Days and hours that stand in a text, where they mean something else to each reader."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from handbook.finding import Hit, Place, Severity
from handbook.model.launch import Launch, LaunchTemplate
from handbook.model.onboarding import OnboardingPath
from handbook.rules.registry import rule
from handbook.text.words import MONTHS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import Pattern


@rule("timing", Severity.WARNING, on=(LaunchTemplate, OnboardingPath))
def date_in_template(record: LaunchTemplate | OnboardingPath) -> Iterator[Hit]:
    """A template or an onboarding path speaks of a certain day.

    It is used again and again, so the day is past for all but the first who use it. Days of a template are counted from
    the launch day, and those of a path from the first day at work.

    Wrong:

    ```yaml title="processes/launches/templates/example.yaml"
    tasks:
      - id: freeze
        phase: frame
        title: Freeze the code by 16 October 2026  # warning: [date-in-template]
        responsible: engineering-manager
        due: -10d
    ```

    Right:

    ```yaml title="processes/launches/templates/example.yaml"
    tasks:
      - id: freeze
        phase: frame
        title: Freeze the code
        responsible: engineering-manager
        due: -10d
    ```
    """
    texts = _of_template(record) if isinstance(record, LaunchTemplate) else _of_path(record)
    for at, text in texts:
        found = _day().search(_without_code(text)) if _digit().search(text) else None
        if found:
            yield Hit(
                at,
                f'"{found[0]}" is a certain day, and this is used again and again',
                "say it by a number of days, or leave it to due",
            )


@rule("timing", Severity.INFO, on=(LaunchTemplate, Launch))
def time_without_zone(record: LaunchTemplate | Launch) -> Iterator[Hit]:
    """A text of a launch names a time of day and no time zone.

    A launch concerns people in several places. For some of them 09:00 is over when for others it has not come.

    Wrong:

    ```yaml title="processes/launches/templates/example.yaml"
    tasks:
      - id: publish
        phase: frame
        title: Publish the page at 09:00  # info: [time-without-zone]
        responsible: product-manager
        due: 0d
    ```

    Right:

    ```yaml title="processes/launches/templates/example.yaml"
    tasks:
      - id: publish
        phase: frame
        title: Publish the page at 09:00 UTC
        responsible: product-manager
        due: 0d
    ```
    """
    texts = _of_template(record) if isinstance(record, LaunchTemplate) else _of_launch(record)
    for at, text in texts:
        found = _time().search(_without_code(text)) if _digit().search(text) else None
        if found and not _zone().search(text):
            yield Hit(
                at,
                f'"{found[0].strip()}" has no time zone',
                "add it, such as UTC or CET, or a city: 09:00 Berlin time",
            )


def _of_template(template: LaunchTemplate) -> Iterator[tuple[Place, str]]:
    if template.anchor.rule:
        yield template.anchor.at / "rule", template.anchor.rule
    for task in template.tasks:
        yield task.at / "title", task.title
        yield from _entries(task.at / "checklist", task.checklist)
        yield task.at / "instructions", task.instructions or ""
    for gate in template.gates:
        yield gate.at / "title", gate.title
        yield from _entries(gate.at / "criteria", gate.criteria)
        yield gate.at / "waiver", gate.waiver or ""


def _of_path(path: OnboardingPath) -> Iterator[tuple[Place, str]]:
    for stage in path.stages:
        yield from _entries(stage.at / "outcomes", stage.outcomes)
        for item in stage.items:
            yield item.at / item.action, getattr(item, item.action)
            yield item.at / "why", item.why or ""


def _of_launch(launch: Launch) -> Iterator[tuple[Place, str]]:
    for task in launch.tasks:
        yield task.at / "title", task.title
        yield task.at / "evidence", task.evidence or ""
        yield task.at / "why", task.why or ""
    for report in launch.reports:
        yield report.at / "text", report.text


def _entries(at: Place, texts: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
    yield from ((at / index, text) for index, text in enumerate(texts))


def _without_code(text: str) -> str:
    """Leave out code, which shows a form, and addresses, which only happen to have digits."""
    return re.sub(r"`[^`]*`|https?://\S+", "", text) if "`" in text or "://" in text else text


@functools.cache
def _digit() -> Pattern[str]:
    return re.compile("[0-9]")


@functools.cache
def _day() -> Pattern[str]:
    month = "|".join((*MONTHS, *(month[:3] for month in MONTHS if len(month) > 3)))
    number = r"[0-3]?[0-9](?:st|nd|rd|th)?"
    return re.compile(
        r"\b20[0-9]{2}-[01][0-9]-[0-3][0-9]\b"
        r"|\b[0-3]?[0-9][./][01]?[0-9][./]20[0-9]{2}\b"
        rf"|\b{number} (?:{month})\b(?: 20[0-9]{{2}}\b)?"
        rf"|\b(?:{month}) {number}\b(?:,? 20[0-9]{{2}}\b)?"
        rf"|\b(?:{month}|Q[1-4]) 20[0-9]{{2}}\b"
    )


@functools.cache
def _time() -> Pattern[str]:
    return re.compile(
        r"(?<![0-9:.-])(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?![0-9:]| ?(?:h\b|hours?|min))|\b1?[0-9] ?(?:am|pm|a\.m\.|p\.m\.)(?![a-z])"
    )


@functools.cache
def _zone() -> Pattern[str]:
    return re.compile(
        r"\b(?:UTC|GMT|[A-Z]{1,3}[SD]?T)\b|[0-9]Z\b|[0-9] ?[+-][01][0-9]:[0-9]{2}|\b[A-Z][A-Za-z]+ time\b|\b[a-z]+ office\b|\blocal\b|\btime zone\b"
    )
