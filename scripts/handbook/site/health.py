"""The page on how well the handbook is kept: a scorecard with reasons, each team, and what has to be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from handbook.model.catalog import Team
from handbook.model.handbook import Name
from handbook.model.kinds import KINDS
from handbook.model.record import Record
from handbook.site.entries import safe
from handbook.site.measured import Health, Measure, health
from handbook.site.page import Here, Page
from handbook.text import markup, words

PATH = "health/index.md"
_TITLE = "Health"
_LEAD = "How well this handbook is kept: what is in date, who answers for it, and what is missing."
_GOOD, _FAIR = 0.9, 0.7  #: shares from which on a figure is green, and amber
_STATES = (("green", "Good"), ("amber", "Look at it"), ("red", "Act"))
_MOST = 8  #: steps that are named of one process
_BOOST = 0.3


def pages(here: Here) -> Iterator[Page]:
    """Yield the page, where the day is known for which it holds."""
    if found := _found(here):
        yield _page(replace(here, path=PATH), found)


def line(here: Here) -> str:
    """Return the state of the handbook in a sentence; nothing where the day is not known."""
    found = _found(here)
    if found is None:
        return ""
    parts = [f"{one.good} of {one.all} {_few(one)}" for one in found.measures[:2] if one.all]
    said = f"On {words.day(found.today)}, {words.listed(parts)}." if parts else ""
    return f"{said} {here.to(PATH, 'More on the health of this handbook')}.".strip()


def _few(measure: Measure) -> str:
    if measure.anchor == "reviews":
        return "reviews are in date"
    return "records rely on nothing that changed since"


def _found(here: Here) -> Health | None:
    around = here.around
    if around.today is None or not here.handbook.records:
        return None
    return health(here.handbook, around.past.timeline if around.past else None, around.today)


def _page(here: Here, found: Health) -> Page:
    text = markup.join(
        markup.front_matter(_TITLE, _LEAD, boost=_BOOST),
        markup.top(_TITLE, _LEAD),
        f"As it was on {words.day(found.today)}, when the site was built.",
        _scorecard(found),
        f"{words.number(_GOOD * 100)}\u00a0% and more are good, less than {words.number(_FAIR * 100)}\u00a0% call for action.\n{{ .legend }}",
        markup.section("By team", _teams(here, found), anchor="by-team"),
        markup.section("Reviews", *_reviews(here, found), anchor="reviews"),
        markup.section("Relying on what changed", *_suspects(here, found), anchor="suspects"),
        markup.section("Teams without a lead", _list(here, found.no_lead), anchor="owners"),
        markup.section("Roles that nobody holds", _list(here, found.no_holder), anchor="holders"),
        markup.section("Roles without an onboarding path", _paths(here, found), anchor="paths"),
        markup.section("Steps without a tool", _steps(here, found), anchor="steps"),
        markup.section("Processes without a metric", _list(here, found.no_metric), anchor="metrics"),
    )
    return Page(path=PATH, text=f"{text}\n")


def _scorecard(found: Health) -> str:
    rows = (
        (
            f"[{markup.text(one.title)}](#{one.anchor})" if one.good < one.all else markup.text(one.title),
            _state(one),
            f"{one.good}\u00a0of\u00a0{one.all}, {_percent(one)}\u00a0%",
            markup.text(one.why),
        )
        for one in found.measures
        if one.all
    )
    return markup.table(("What", "State", "Now", "Why it matters"), rows)


def _percent(measure: Measure) -> int:
    """The share in percent, rounded down: 100 only where nothing is missing."""
    return int(measure.share * 100)


def _state(measure: Measure) -> str:
    place = 0 if measure.share >= _GOOD else 1 if measure.share >= _FAIR else 2
    colour, word = _STATES[place]
    return markup.chip(word, "health", colour)


def _teams(here: Here, found: Health) -> str:
    overdue = {_name(record) for _, record in found.overdue}
    rows = []
    for team, mine in _by_team(here, found):
        never = sum(one.reviewed is None for one in mine)
        late, doubtful = (sum(_name(one) in names for one in mine) for names in (overdue, found.doubtful))
        state = Measure(title="", good=len(mine) - never - late, all=len(mine), why="", anchor="")
        rows.append(
            (team, str(len(mine)), str(state.good), *map(_count, (late, never, doubtful)), _state(state))
        )
    return markup.table(
        ("Team", "To review", "In date", "Overdue", "Never read", "Relying on what changed", "State"), rows
    )


def _count(number: int) -> str:
    return str(number) if number else ""


def _by_team(here: Here, found: Health) -> Iterator[tuple[str, list[Record]]]:
    """Yield a link to each team that has something to review, with that; what nobody owns comes last."""
    by_team: dict[Name | None, list[Record]] = {}
    for record in found.reviewed:
        name = here.handbook.resolve(Name("team", record.owner)) if record.owner else None
        by_team.setdefault(name if name in here.handbook.records else None, []).append(record)
    known = [(name, mine) for name, mine in by_team.items() if name is not None]
    for name, mine in sorted(known, key=lambda each: here.handbook.records[each[0]].title.casefold()):
        yield here.link(here.handbook.records[name]), mine
    if None in by_team:
        yield "Nobody", by_team[None]


def _reviews(here: Here, found: Health) -> Iterator[str]:
    late = (
        (words.short_day(day), here.link(one), _kind(one), _owner(here, one)) for day, one in found.overdue
    )
    if table := markup.table(("Due since", "Record", "Kind", "Owner"), late):
        yield table
    rows = ((here.link(one), _kind(one), _owner(here, one)) for one in found.never)
    if table := markup.table(("Never read again", "Kind", "Owner"), rows):
        yield table
    if not found.overdue and not found.never and found.reviewed:
        yield "Every review is in date."
    ahead = _ahead(here, found)
    if ahead:
        yield markup.join(markup.heading("Due next", 3, "due-next"), ahead)


def _ahead(here: Here, found: Health) -> str:
    """Return the reviews that are due next, by day."""
    from handbook.plan.due import due_on

    days = [(day, one) for one in found.reviewed if (day := due_on(one)) and day >= found.today]
    days.sort(key=lambda each: (each[0], each[1].title))
    rows = (
        (words.short_day(day), here.link(one), _kind(one), _owner(here, one)) for day, one in days[:_MOST]
    )
    return markup.table(("Due on", "Record", "Kind", "Owner"), rows)


def _suspects(here: Here, found: Health) -> Iterator[str]:
    if found.suspects is None:
        yield safe(here.around.why)
        return
    changed: dict[Name, list[str]] = {}
    for one in found.suspects:
        last = words.short_day(one.revisions[-1].on)
        changed.setdefault(_name(one.record), []).append(
            f"{here.link(one.target, anchor='versions')} on {last}"
        )
    records = [here.handbook.records[name] for name in changed]
    rows = (
        (here.link(one), words.short_day(one.reviewed), _owner(here, one), ", ".join(changed[_name(one)]))
        for one in sorted(records, key=lambda one: one.title.casefold())
    )
    if table := markup.table(("Record", "Last reviewed", "Owner", "It relies on, and that changed"), rows):
        yield "They were not touched, but what they name means something else since they were last read."
        yield table


def _paths(here: Here, found: Health) -> str:
    rows = ((here.link(role), words.count(many, "process")) for role, many in found.no_path)
    return markup.table(("Role", "Works in"), rows)


def _steps(here: Here, found: Health) -> str:
    rows = []
    for process, steps in found.no_tool:
        named = [here.link(process, step.name, f"step-{step.id}") for step in steps[:_MOST]]
        more = [f"{len(steps) - _MOST} more"] if len(steps) > _MOST else []
        rows.append((here.link(process), str(len(steps)), ", ".join((*named, *more))))
    return markup.table(("Process", "Steps", "Which"), rows)


def _list(here: Here, records: Iterable[Record]) -> str:
    rows = (
        (here.link(one), _owner(here, one) or _team(here, one), markup.text(one.summary)) for one in records
    )
    return markup.table(("Record", "Team", "What it is for"), rows)


def _kind(record: Record) -> str:
    return KINDS[record.kind].title


def _owner(here: Here, record: Record) -> str:
    return here.name(Team, record.owner)


def _team(here: Here, record: Record) -> str:
    return here.name(Team, getattr(record, "team", None))


def _name(record: Record) -> Name:
    return Name(record.kind, record.id)
