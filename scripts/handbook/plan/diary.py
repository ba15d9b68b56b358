"""Whose working days count: those of the launch for its dates, those of a role's team for that role's work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from handbook.frozen import EMPTY, Frozen
from handbook.model.catalog import Calendar, Role, Team
from handbook.model.handbook import Handbook
from handbook.model.launch import Launch
from handbook.plan.calendar import WorkingDays

TYPE_CHECKING = False
if TYPE_CHECKING:
    Public = Callable[[Calendar, Iterable[int]], Mapping[date, str]]


class Diary(Frozen):
    """The working days of a launch, and those of roles whose team has a calendar of its own."""

    days: WorkingDays = WorkingDays()
    roles: Mapping[str, WorkingDays] = EMPTY

    def of(self, role: str) -> WorkingDays:
        """Return the days on which a role works."""
        return self.roles.get(role, self.days)

    def on_or_before(self, role: str, day: date) -> date:
        """Return the day itself, or the last day before it on which both the launch and the role work.

        Raises:
            PlanError: there is no such day within a year.
        """
        while True:
            found = self.of(role).on_or_before(self.days.on_or_before(day))
            if found == day:
                return day
            day = found


def diary(handbook: Handbook, calendar: str | None, years: Iterable[int], public: Public) -> Diary:
    """Return whose working days count in a launch. `public` looks up the public holidays of a calendar.

    Raises:
        PlanError: a calendar names a country that is not known.
    """
    years = tuple(years)
    teams = {team.id: team.calendar for team in handbook.all(Team) if team.calendar}
    known = {id: working_days(handbook, id, years, public) for id in {*teams.values(), calendar} - {None}}
    of_roles = {role.id: teams[role.team] for role in handbook.all(Role) if role.team in teams}
    return Diary(
        days=known[calendar] if calendar is not None else WorkingDays(),
        roles={role: known[id] for role, id in of_roles.items() if id != calendar},
    )


def working_days(handbook: Handbook, id: str | None, years: Iterable[int], public: Public) -> WorkingDays:
    """Return the working days of a calendar, its public holidays and what it extends included."""
    found: dict[str, Calendar] = {}
    while (one := handbook.find(Calendar, id)) and one.id not in found:
        found[one.id] = one
        id = one.extends
    days = {day: title for one in reversed(found.values()) for day, title in public(one, years).items()}
    return WorkingDays.of(found.values(), days)


def diaries(
    handbook: Handbook, launches: Iterable[Launch], days: Iterable[date], public: Public
) -> Mapping[str, Diary]:
    """Return whose working days count in each of some launches, by id; launches of one calendar share them.

    Public holidays are known from a year before the first day of any of them until a year after the last. `days` are
    other days that count, such as today and a new launch day.

    Raises:
        PlanError: a calendar names a country that is not known.
    """
    launches = tuple(launches)
    every = [*days, *(day for one in launches for day in (one.anchor, *(task.due_on for task in one.tasks)))]
    years = range(min(every).year - 1, max(every).year + 2) if every else ()
    known = {id: diary(handbook, id, years, public) for id in {one.calendar for one in launches}}
    return {one.id: known[one.calendar] for one in launches}
