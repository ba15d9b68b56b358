"""Text of records that was never written: placeholders, and examples that were kept."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from handbook.finding import Hit, Place, Severity
from handbook.frozen import Frozen
from handbook.model.record import Record
from handbook.rules.registry import rule

_SIGNS = (
    "TBD",
    "TODO",
    "FIXME",
    "XXX",
    "TBA",
    "TBC",
    "???",
    "orem ipsum",
    "OREM IPSUM",
)  #: quick to look for
_FINISHED = ("active", "trial", "deprecated", "launched", "closed")
_SIGNS_OF_ONE = (*[sign.lower() for sign in _SIGNS], "<[a-z]")


@rule("shape", on=Record, signs=_SIGNS_OF_ONE)
def placeholder_text(record: Record) -> Iterator[Hit]:
    """A record that people follow still has a placeholder: TBD, TODO, FIXME, XXX, ???, `<name>` or lorem ipsum.

    The reader who needs that very line finds that nobody wrote it. Words in quotation marks or backquotes are
    quoted, not left over; in drafts it is `placeholder-in-draft`.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    outcome: "TBD"  # error: [placeholder-text]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    outcome: A list of what has to change before the release
    ```
    """
    if record.status in _FINISHED:
        yield from _placeholders(record, "write what is meant, or make the record a draft")


@rule("shape", Severity.INFO, on=Record, signs=_SIGNS_OF_ONE)
def placeholder_in_draft(record: Record) -> Iterator[Hit]:
    """A draft has a placeholder, such as TBD or `<name>`.

    It is a list of what is left to do before the draft can be agreed on.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    status: draft
    outcome: TODO  # info: [placeholder-in-draft]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    status: draft
    outcome: A list of what has to change before the release
    ```
    """
    if record.status == "draft":
        yield from _placeholders(record, "write what is meant before it becomes active")


#: what `handbook new` writes where nothing is given: the title that goes with it, and texts by key
EXAMPLES = {
    "process": (
        "Go/no-go decision",
        {
            "summary": "Decide, with evidence, whether a launch goes ahead.",
            "purpose": "One accountable person decides on stated evidence, in time to change course.",
            "outcome": "A recorded go, fix or stop decision",
        },
    ),
    "launch-template": (
        "Go/no-go decision",
        {"summary": "Decide, with evidence, whether a launch goes ahead."},
    ),
    "launch": (
        "Shared dashboards",
        {"summary": "Customers can share a dashboard with people outside their workspace."},
    ),
    "experiment": (
        "Checklist on the first screen",
        {
            "summary": "New accounts see three first steps instead of an empty screen.",
            "hypothesis": "We believe that three named first steps will bring more new accounts to their first result,"
            " because most of those who leave never found where to begin.",
        },
    ),
    "onboarding-path": (
        "Product manager",
        {"summary": "From the first day to owning an area of the roadmap, in 90 days."},
    ),
    "role": ("Product manager", {"summary": "Decides what a product area does next, and why."}),
    "team": (
        "Product operations",
        {"summary": "Runs the processes that product teams share, and makes them lighter every quarter."},
    ),
    "tool": ("Issue tracker", {"summary": "Where work is planned, assigned and followed."}),
    "metric": (
        "Launches on time",
        {
            "summary": "Share of launches that went out on the day that was promised.",
            "formula": "launches with actual day = promised day / all launches in the quarter",
        },
    ),
    "artifact": (
        "Launch brief",
        {"summary": "One page on what is launched, for whom, why now and how success is measured."},
    ),
    "term": (
        "Code freeze",
        {"summary": "The time before a release in which only fixes for release blockers are merged."},
    ),
    "calendar": (
        "Company calendar",
        {"summary": "Monday to Friday with the public holidays of the head office."},
    ),
}


@rule("shape", on=Record)
def kept_example(record: Record) -> Iterator[Hit]:
    """A record that people follow still has a text that `handbook new` wrote as an example.

    It reads well and says something about another record.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    title: Release review
    summary: Decide, with evidence, whether a launch goes ahead.  # error: [kept-example]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    title: Release review
    summary: Look at what a release changed for customers, and decide what follows.
    ```
    """
    title, texts = EXAMPLES.get(record.kind, ("", {}))
    if record.title != title and record.status in _FINISHED:
        for key, text in texts.items():
            if getattr(record, key) == text:
                message = f"{key} is still the example that the record was started with"
                yield Hit(record.at / key, message, "write what is true of this record, or make it a draft")


def _placeholders(record: Record, help: str) -> Iterator[Hit]:
    if not _is_suspect("\n".join(_strings(record))):
        return
    for at, text in _texts(record.at, record):
        if _is_suspect(text) and (found := _placeholder().search(text)):
            yield Hit(at, f'"{found[0]}" stands where a text belongs', help)


def _is_suspect(text: str) -> bool:
    """Whether a text may have a placeholder. Every record comes by here, and the pattern takes 100 times as long."""
    return any(sign in text for sign in _SIGNS) or any(part[:1].isalpha() for part in text.split("<")[1:])


@functools.cache
def _placeholder() -> re.Pattern[str]:
    """Return the pattern of placeholders. In quotes they are spoken of; in angle brackets only words that stand in."""
    return re.compile(
        r"(?<![\w\"'`“‘#/-])(?:TBD|TBA|TBC|TODO|FIXME|XXX+)(?![\w\"'`”’/-])"
        r"|(?<![\w\"'`?])\?\?\?(?![\w\"'`?])"
        r"|\b[Ll]orem ipsum\b|\bLOREM IPSUM\b"
        r"|(?<![\w\"'`])<(?:your|insert|enter|add|fill in|name of|link to)(?: [\w' -]{1,40})?>"
        r"|(?<![\w\"'`])<(?:name|role|team|date|owner|product|feature|company|link|url|version|title|topic|text|xx+)>"
    )


def _strings(record: Record) -> list[str]:
    """Return every text of a record, in any order. Without recursion, which takes three times as long."""
    found: list[str] = []
    parts = [record.__dict__]
    for part in parts:
        for value in part.values():
            for item in value if type(value) is tuple else (value,):
                if type(item) is str:
                    found.append(item)
                elif type(item) is not Place and (below := getattr(item, "__dict__", None)):
                    parts.append(below)
    return found


def _texts(at: Place, value: object) -> Iterator[tuple[Place, str]]:
    """Yield every text of a value with its place."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(at / index, item)
    elif isinstance(value, Frozen) and not isinstance(value, Place):
        for name, part in value.__dict__.items():
            if name not in ("id", "at", "extra"):
                yield from _texts(at / name.rstrip("_"), part)
