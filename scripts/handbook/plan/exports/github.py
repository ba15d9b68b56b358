"""A launch as issues of GitHub: one for the launch, and below it one for each task and gate, blocked by what it waits for.

The payloads are those of the REST API. Issues are named by their keys, because numbers are only known once they are
there: `parent` and `blocked_by` are keys. `handbook.publish.issues` creates them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date

from handbook.frozen import Entity
from handbook.plan.exports import facts
from handbook.plan.exports.context import Context
from handbook.plan.sheet import Item, Sheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VERSION = 1
END = "<!-- handbook: end -->"  #: the hidden last line of what is ours in an issue
_LABELS = {
    "plan": ("175e75", "A part of a plan from the handbook"),
    "gate": ("5a4a78", "A decision that others wait for"),
    "blocked": ("a3242b", "Somebody waits for something"),
}
_TITLE = 256  #: characters that GitHub takes
_HANDLE = re.compile(r"@([A-Za-z0-9](?:-?[A-Za-z0-9]){0,38})")
_CALLS = re.compile(r"(?<![\w`/&])([@#])(?=\w)")  # what would notify somebody, or refer to another issue


class Issue(Entity):
    """An issue by its key. `reason` is why it is closed, in GitHub's words, or None where it is open."""

    key: str
    title: str
    body: str
    labels: tuple[str, ...]
    assignees: tuple[str, ...] = ()
    parent: str | None = None
    blocked_by: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def noun(self) -> str:
        """The kind of plan that it belongs to, by its first label."""
        return self.labels[0].rpartition("-")[0]

    def payload(self) -> dict[str, Any]:
        """Return what the API takes for a new issue, but its milestone, which is a number."""
        made: dict[str, Any] = {"title": self.title, "body": self.body, "labels": list(self.labels)}
        return made | ({"assignees": list(self.assignees)} if self.assignees else {})


class Milestone(Entity):
    """The day of a plan as a milestone."""

    title: str
    due_on: str
    description: str

    def payload(self) -> dict[str, str]:
        """Return what the API takes for a new milestone."""
        return {"title": self.title, "due_on": self.due_on, "description": self.description}


def mark(key: str) -> str:
    """Return the hidden first line of an issue, by which it is found again."""
    return f"<!-- handbook: {key} -->"


def label(noun: str, part: str = "plan") -> str:
    """Return the label of every issue of a kind of plan, by which they are found, or of some of them."""
    return f"{noun}-{part}"


def labels(noun: str) -> dict[str, tuple[str, str]]:
    """Return the labels of a kind of plan, each with its colour and what it says."""
    return {label(noun, part): said for part, said in _LABELS.items()}


def issues(sheet: Sheet, context: Context) -> tuple[Issue, ...]:
    """Return the issues of a plan, the one for the whole of it first."""
    off = sheet.status == "cancelled"
    top = Issue(
        key=sheet.id,
        title=_line(f"{sheet.noun.capitalize()}: {sheet.title}"),
        body=_body(sheet.id, facts.about(sheet, context)),
        labels=(label(sheet.noun),),
        reason="not_planned" if off else "completed" if sheet.status == "closed" else None,
    )
    return (top, *(_issue(item, sheet, context) for item in sheet.items))


def milestone(sheet: Sheet) -> Milestone:
    """Return the milestone of a plan."""
    return Milestone(title=_line(sheet.title), due_on=_noon(sheet.day), description=_line(sheet.summary))


def render(sheets: Sequence[Sheet], context: Context) -> str:
    """Return the payloads as JSON."""
    (sheet,) = sheets
    data = {
        "version": VERSION,
        sheet.noun: sheet.id,
        "labels": [
            {"name": name, "color": colour, "description": said}
            for name, (colour, said) in labels(sheet.noun).items()
        ],
        "milestone": milestone(sheet).payload(),
        "issues": [
            {
                "key": one.key,
                "payload": one.payload(),
                "parent": one.parent,
                "blocked_by": list(one.blocked_by),
                "state": "closed" if one.reason else "open",
                "state_reason": one.reason,
            }
            for one in issues(sheet, context)
        ],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _issue(item: Item, sheet: Sheet, context: Context) -> Issue:
    parts = [
        "plan",
        *(["gate"] if item.part == "gate" else []),
        *(["blocked"] if item.status == "blocked" else []),
    ]
    handle = _HANDLE.fullmatch(item.person or "")
    known = {other.key for other in sheet.items}
    return Issue(
        key=item.key,
        title=_line(facts.title(item)),
        body=_body(item.key, facts.description(item, sheet, context)),
        labels=tuple([label(sheet.noun, part) for part in parts]),
        assignees=(handle[1],) if handle else (),
        parent=sheet.id,
        blocked_by=tuple([key for key in item.needs if key in known]),
        reason=("not_planned" if item.status == "skipped" else "completed") if item.settled else None,
    )


def _body(key: str, text: str) -> str:
    """Return text in which nobody is called, between the marks of what is ours."""
    quiet = _CALLS.sub("\\1\u2060", text.replace("<!--", "&lt;!--"))
    return f"{mark(key)}\n{quiet}\n{END}"


def _line(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _TITLE else f"{flat[: _TITLE - 1]}…"


def _noon(day: date) -> str:
    """A milestone is due at a moment; at noon in UTC it is that day nearly everywhere."""
    return f"{day.isoformat()}T12:00:00Z"
