"""The page of a team: how to reach it, who is in it, and what it keeps true."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.model.catalog import Calendar, Role, Team
from handbook.model.kinds import KINDS
from handbook.model.record import Record
from handbook.site import frame
from handbook.site.page import Here, Page
from handbook.site.uses import uses
from handbook.text import markup


def page(here: Here, team: Team) -> Page:
    """Return the page of a team."""
    found = uses(here.handbook, team)
    roles = [use.record for use in found if isinstance(use.record, Role) and use.key == "team"]
    owned = [use.record for use in found if use.key == "owner"]
    rows = ((here.link(role), markup.text(role.summary)) for role in roles)
    return frame.page(
        here,
        team,
        _facts(here, team),
        markup.section("Roles", markup.table(("Role", "What it is for"), rows), anchor="roles"),
        markup.section("What it owns", *_owned(here, owned), anchor="owns"),
    )


def _facts(here: Here, team: Team) -> Iterator[tuple[str, str]]:
    yield "Led by", here.name(Role, team.lead)
    yield "Ask in", markup.code(team.channel or "")
    yield "Mail", markup.link(team.mail, markup.target(f"mailto:{team.mail}")) if team.mail else ""
    yield "Work for it goes to", markup.code(team.tracker or "")
    yield "At the Git host", markup.code(team.handle or "")
    yield "Calendar", here.name(Calendar, team.calendar)


def _owned(here: Here, records: list[Record]) -> Iterator[str]:
    for kind in KINDS.values():
        rows = (
            (here.link(record), markup.text(record.summary)) for record in records if record.kind == kind.name
        )
        yield markup.section(
            kind.plural,
            markup.table((kind.title, "What it is for"), rows),
            level=3,
            anchor=f"owns-{kind.pages}",
        )
