"""Launches as a calendar: events for calendar programs, or tasks for their task lists.

The same plan gives the same bytes: ids stay, SEQUENCE and DTSTAMP come from the history of the plan, and nothing is
deleted but cancelled, so that programs which know an older state understand the newer one.

Sources: RFC 5545 (iCalendar), RFC 7986 (NAME, REFRESH-INTERVAL).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from handbook.plan.exports import facts
from handbook.plan.exports.clock import moment
from handbook.plan.exports.context import Context, Stamp
from handbook.plan.sheet import Item, Sheet
from handbook.report.signs import in_order, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MADE_BY = "-//handbook//launches//EN"
_EVERY = timedelta(hours=12)  #: how often a program that follows the calendar asks for it anew
_HOST = re.compile(r"https?://(?:[^/@]*@)?([A-Za-z0-9.-]+)")
_MEETING = timedelta(minutes=30)  #: the length of an event that ends at a time of day
_TODO = {
    "todo": "NEEDS-ACTION",
    "doing": "IN-PROCESS",
    "blocked": "NEEDS-ACTION",
    "open": "NEEDS-ACTION",
    "failed": "NEEDS-ACTION",
    "done": "COMPLETED",
    "passed": "COMPLETED",
    "waived": "COMPLETED",
    "skipped": "CANCELLED",
}


def render(sheets: Sequence[Sheet], context: Context) -> str:
    """Return a calendar with an event for each launch day, task and gate."""
    return _rendered(sheets, context, "VEVENT", _launch_day, _event)


def render_tasks(sheets: Sequence[Sheet], context: Context) -> str:
    """Return a calendar with a task for each launch, and below it one for each task and gate."""
    return _rendered(sheets, context, "VTODO", _launch_task, _task)


def _rendered(
    sheets: Sequence[Sheet],
    context: Context,
    kind: str,
    whole: Callable[[Sheet, Context], Any],
    part: Callable[[Item, Sheet, Context], Any],
) -> str:
    made = _calendar(sheets, context)
    for sheet in sheets:
        made.add_component(whole(sheet, context))
        for item in sheet.items:
            made.add_component(part(item, sheet, context))
    for gone in _gone(sheets, context, kind):
        made.add_component(gone)
    return _written(made)


def _calendar(sheets: Sequence[Sheet], context: Context) -> Any:
    from icalendar import Calendar

    name = sheets[0].title if len(sheets) == 1 else f"{context.title}: {sheets[0].noun}es"
    made = Calendar()
    made.add("prodid", _MADE_BY)
    made.add("version", "2.0")
    made.add("name", _line(name))
    made.add("x-wr-calname", _line(name))
    made.add("refresh-interval", _EVERY, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT12H")
    if len(sheets) == 1 and (page := context.page(sheets[0])):
        made.add("url", page)
    return made


def _written(calendar: Any) -> str:
    calendar.add_missing_timezones()
    text: str = calendar.to_ical(sorted=False).decode()
    return text


def _launch_day(sheet: Sheet, context: Context) -> Any:
    off = sheet.status == "cancelled"
    made = _part("VEVENT", sheet, sheet.id, f"{sheet.noun.capitalize()}: {sheet.title}", context)
    made.add("dtstart", sheet.day)
    made.add("dtend", sheet.day + timedelta(1))
    made.add("status", "CANCELLED" if off else "TENTATIVE" if sheet.status == "draft" else "CONFIRMED")
    _more(made, sheet, context, facts.about(sheet, context), sheet.day_name)
    return made


def _event(item: Item, sheet: Sheet, context: Context) -> Any:
    made = _part("VEVENT", sheet, item.key, _name(item, sheet), context)
    due = moment(item, sheet)
    if due is None:
        made.add("dtstart", item.due_on)
        made.add("dtend", item.due_on + timedelta(1))
    else:
        made.add("dtstart", due - _MEETING)
        made.add("dtend", due)
    made.add("status", "CANCELLED" if _is_off(item, sheet) else "CONFIRMED")
    _more(made, sheet, context, facts.description(item, sheet, context), item.phase or "Gate")
    return made


def _launch_task(sheet: Sheet, context: Context) -> Any:
    status = {"cancelled": "CANCELLED", "closed": "COMPLETED"}.get(sheet.status, "IN-PROCESS")
    made = _part("VTODO", sheet, sheet.id, f"{sheet.noun.capitalize()}: {sheet.title}", context)
    made.add("due", sheet.day)
    made.add("status", status)
    _more(made, sheet, context, facts.about(sheet, context), sheet.day_name)
    return made


def _task(item: Item, sheet: Sheet, context: Context) -> Any:
    made = _part("VTODO", sheet, item.key, _name(item, sheet), context)
    due = moment(item, sheet)
    if due is None and item.start_on and item.start_on < item.due_on:
        made.add("dtstart", item.start_on)  # it has to be of the same type as DUE, and before it
    made.add("due", due or item.due_on)
    status = "CANCELLED" if _is_off(item, sheet) else _TODO[item.status]
    made.add("status", status)
    if status == "COMPLETED":
        made.add("percent-complete", 100)
        if item.done_on:
            made.add("completed", datetime.combine(item.done_on, datetime.min.time(), UTC))
    made.add("related-to", _uid(sheet, sheet.id, context), parameters={"RELTYPE": "PARENT"})
    _more(made, sheet, context, facts.description(item, sheet, context), item.phase or "Gate")
    return made


def _gone(sheets: Sequence[Sheet], context: Context, kind: str) -> Iterator[Any]:
    """Yield what a launch had and has no more, as cancelled."""
    shown = {sheet.id: sheet for sheet in sheets}
    for one in context.gone:
        if sheet := shown.get(one.key.partition(".")[0]):
            made = _part(kind, sheet, one.key, one.title, context, one.stamp)
            made.add("dtstart" if kind == "VEVENT" else "due", one.due_on)
            if kind == "VEVENT":
                made.add("dtend", one.due_on + timedelta(1))
            made.add("status", "CANCELLED")
            yield made


def _part(kind: str, sheet: Sheet, key: str, name: str, context: Context, stamp: Stamp | None = None) -> Any:
    from icalendar import Event, Todo

    made = Event() if kind == "VEVENT" else Todo()
    stamp = stamp or context.stamps.get(key) or Stamp()
    made.add("uid", _uid(sheet, key, context))
    made.add("dtstamp", datetime.fromtimestamp(stamp.moment, UTC))
    made.add("sequence", stamp.sequence)
    made.add("summary", _line(name))
    return made


def _more(made: Any, sheet: Sheet, context: Context, description: str, category: str) -> None:
    made.add("description", _text(description))
    made.add("categories", [_line(sheet.title), _line(category)])
    if page := context.page(sheet):
        made.add("url", page)
    if made.name == "VEVENT":
        made.add("transp", "TRANSPARENT")  # a due day keeps nobody from meeting


def _uid(sheet: Sheet, key: str, context: Context) -> str:
    return f"{sheet.noun}.{key}@{_host(context.site)}"


def _host(site: str) -> str:
    match = _HOST.match(site)
    return match[1].lower() if match else "handbook"


def _name(item: Item, sheet: Sheet) -> str:
    """A calendar shows little more than this, so it says whether it is done."""
    done = "✓ " if item.settled and item.status != "skipped" else ""
    return f"{done}{facts.title(item)} ({sheet.title})"


def _is_off(item: Item, sheet: Sheet) -> bool:
    return item.status == "skipped" or (sheet.status == "cancelled" and not item.settled)


def _line(text: str) -> str:
    return in_order(text)


def _text(text: str) -> str:
    """Return text in lines, each without signs that a calendar cannot hold."""
    return "\n".join(printable(line) for line in text.split("\n"))
