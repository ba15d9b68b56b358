"""The versions of a record, as its page tells them: the number that holds, since when, and a table of all of them to unfold."""

from __future__ import annotations

import html
from collections.abc import Sequence

from handbook.changes.suspects import suspects_of
from handbook.git import forge
from handbook.model.catalog import Team
from handbook.model.handbook import Name
from handbook.model.record import FOLLOWED, Record
from handbook.plan.due import due_on
from handbook.report.signs import in_order
from handbook.site.page import Here
from handbook.text import markup, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.changes.timeline import Revision

_HEAD = ("Version", "What changed", "Why")


def current(here: Here, record: Record) -> str:
    """Return the version that holds and since when; nothing where the history is not known."""
    found = _revisions(here, record)
    if not found:
        return ""
    return f"[{found[-1].number}](#versions), since {words.day(found[-1].on)}"


def number(here: Here, record: Record) -> str:
    """Return the number of the version that holds; nothing where the history is not known."""
    found = _revisions(here, record)
    return found[-1].number if found else ""


def table(here: Here, record: Record) -> str:
    """Return the table of all versions, the newest first, folded: HTML, which every generator keeps as it is."""
    found = _revisions(here, record)
    if not found:
        return ""
    reasons = any(one.why for one in found)
    rows = "".join(_row(here, one, first=one is found[0], reasons=reasons) for one in reversed(found))
    head = "".join(f'<th scope="col">{name}</th>' for name in _HEAD[: 3 if reasons else 2])
    said = f"{words.count(len(found), 'version')} since {words.day(found[0].on)}"
    return (
        f'<details class="versions" data-search-exclude>\n<summary>{said}</summary>\n<table>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</details>"
    )


def overdue(here: Here, record: Record) -> str:
    """Return a box for a record whose review is overdue.

    What is overdue today is overdue tomorrow, so a page that says it stays true until somebody reviews the record.
    """
    last, today = due_on(record), here.around.today
    if last is None or today is None or last >= today or record.status not in FOLLOWED:
        return ""
    ask = f": ask {here.name(Team, record.owner)} before you rely on it" if record.owner else ""
    said = f"Its review was due on {words.day(last)}, and nobody has read it since{ask}."
    return markup.note("warning", "This page may be out of date", said)


def changed_since(here: Here, record: Record) -> str:
    """Return what a record relies on that changed after its last review."""
    past = here.around.past
    found = suspects_of(record, here.handbook, past.timeline) if past else ()
    return ", ".join(
        f"{here.link(one.target, anchor='versions')} on {words.day(one.revisions[-1].on)}" for one in found
    )


def _revisions(here: Here, record: Record) -> Sequence[Revision]:
    past = here.around.past
    return past.timeline.of(Name(record.kind, record.id)) if past else ()


def _row(here: Here, one: Revision, *, first: bool, reasons: bool) -> str:
    """Return a version with its day and who made it, and what changed; a phone has no room for more columns."""
    changes = ("First version.",) if first else one.changes
    about = (f"<strong>{one.number}</strong>", _text(words.short_day(one.on)), _text(one.author.partition("@")[0]), _source(here, one))  # fmt: skip
    cells = ("<br>".join(filter(None, about)), _lines(changes), *((_lines(one.why),) if reasons else ()))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def _source(here: Here, one: Revision) -> str:
    """Return the pull request or the commit that made a version, as a link where the repository is known."""
    assert here.around.past is not None
    repository = forge.linkable(here.around.past.repository)
    label = f"#{one.pull_request}" if one.pull_request else one.commit[:7]
    if not repository:
        return _text(label)
    number = one.pull_request
    address = forge.pull_request(repository, number) if number else forge.commit(repository, one.commit)
    return f'<a href="{html.escape(address)}">{_text(label)}</a>'


def _lines(lines: Sequence[str]) -> str:
    """Return one line as it is, and several as a list."""
    if len(lines) < 2:
        return "".join(map(_text, lines))
    return f"<ul>{''.join(f'<li>{_text(line)}</li>' for line in lines)}</ul>"


def _text(text: str) -> str:
    """Text as it may stand in a block of HTML in Markdown: in one line, and nothing in it is markup of either."""
    return markup.text(in_order(text))
