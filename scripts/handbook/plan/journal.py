"""The journal of onboarding: what hires have done, and which version of a process they confirmed to have read. Pure.

It is a table in CSV that stays where its company keeps it, not in the repository: a row for each thing, with a handle
or a hash for the hire and nothing else about them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date

from handbook.errors import UserError
from handbook.frozen import Frozen

HEAD = ("what", "who", "path", "start", "item", "version", "on")
DONE, READ = "done", "read"
_PLAN = re.compile(r"(?P<path>[a-z0-9-]+)-(?P<start>[0-9]{4}-[0-9]{2}-[0-9]{2})-(?P<who>[a-z0-9-]+)")
_SIGN_OFF = "sign-off."


class Entry(Frozen):
    """One row: a hire has done an item of their path, or read a process in its version, on a day.

    `what` is "done" or "read"; `item` is the id of the item or of the process, `version` is only of what was read.
    """

    what: str
    who: str
    path: str
    start: date
    item: str
    on: date
    version: str = ""

    @property
    def fact(self) -> tuple[str, str, str, date, str, str]:
        """What the entry says, whatever the day: the same fact is written down once."""
        return (self.what, self.who, self.path, self.start, self.item, self.version)


def read(text: str, name: str) -> list[Entry]:
    """Return the entries of a journal; `name` is what its file is called in messages.

    Raises:
        UserError: it is no journal, or a row of it cannot be read; the message has the line.
    """
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        head = next(rows, None)
        if head is None:
            return []
        if tuple(head) != HEAD:
            raise UserError(f"{name}:1 is not the head of a journal", f"it has to be {','.join(HEAD)}")
        return [_entry(row, f"{name}:{rows.line_num}") for row in rows if row]
    except csv.Error as error:
        raise UserError(
            f"{name}:{rows.line_num} is not CSV: {error}", "correct the line, or take it out"
        ) from None


def write(entries: Iterable[Entry]) -> str:
    """Return a journal as text, in the order of its days."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(HEAD)
    for one in sorted(set(entries), key=lambda one: (one.on, one.fact)):
        table.writerow((one.what, one.who, one.path, one.start, one.item, one.version, one.on))
    return out.getvalue()


def joined(old: Iterable[Entry], new: Iterable[Entry]) -> list[Entry]:
    """Return a journal with more entries. A fact that it has already keeps its day."""
    known = {entry.fact: entry for entry in old}
    for entry in new:
        known.setdefault(entry.fact, entry)
    return list(known.values())


def entry(key: str, on: date) -> Entry | None:
    """Return the entry that says that the item of a key is done; None where the key is of no onboarding plan.

    What was read has no version yet: it is looked up in the history.
    """
    plan, _, item = key.partition(".")
    found = _PLAN.fullmatch(plan)
    if found is None or not item:
        return None
    what = READ if item.startswith(_SIGN_OFF) else DONE
    try:
        start = date.fromisoformat(found["start"])
    except ValueError:
        return None
    return Entry(what, found["who"], found["path"], start, item.removeprefix(_SIGN_OFF), on)


def hires(entries: Iterable[Entry]) -> Iterator[tuple[str, str, date]]:
    """Yield the hires of a journal: handle, path and start, by their start."""
    found = {(one.start, one.path, one.who) for one in entries}
    yield from ((who, path, start) for start, path, who in sorted(found))


def _entry(row: list[str], place: str) -> Entry:
    if len(row) != len(HEAD):
        raise UserError(
            f"{place} has {len(row)} columns, not {len(HEAD)}", f"the columns are {', '.join(HEAD)}"
        )
    what, who, path, start, item, version, on = row
    if what not in (DONE, READ):
        raise UserError(f'{place} says "{what}"', f"the first column is {DONE} or {READ}")
    if not (who and path and item):
        raise UserError(f"{place} lacks who, path or item", "fill them in, or take the line out")
    try:
        return Entry(what, who, path, date.fromisoformat(start), item, date.fromisoformat(on), version)
    except ValueError:
        raise UserError(f"{place} has a day that is none", "write days as 2026-11-30") from None
