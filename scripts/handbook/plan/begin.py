"""From a template and a day to the plan of a launch, or to the reason why there can be none. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from handbook.errors import UserError
from handbook.frozen import Frozen
from handbook.model.catalog import Team
from handbook.model.handbook import Handbook
from handbook.model.launch import Anchor, LaunchTemplate, Variable
from handbook.plan import anchor as days_of
from handbook.plan import asked
from handbook.plan import schedule as dates
from handbook.plan.asked import Request
from handbook.plan.calendar import PlanError, WorkingDays
from handbook.plan.diary import Diary, diary
from handbook.plan.draft import Draft, roles
from handbook.plan.network import Activity, earliest_day
from handbook.plan.schedule import Schedule, schedule, work_days
from handbook.plan.selection import Selection, select
from handbook.plan.variables import filled
from handbook.text.words import count, some

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.plan.diary import Public

CLOSE = 5  #: working days before the launch in which every role has to have a person


class Begun(Frozen):
    """A new launch, and the working days that it was planned with."""

    draft: Draft
    diary: Diary


def begin(handbook: Handbook, request: Request, today: date, public: Public) -> Begun:
    """Return the plan that was asked for.

    Raises:
        UserError: a name is not known, a value is wrong, or the day cannot be kept; nothing else is tried then.
    """
    templates = asked.templates(handbook, request.template, request.overlays)
    base = templates[0]
    variables: Mapping[str, Variable] = {
        name: one for plan in templates for name, one in plan.variables.items()
    }
    values = filled(variables, request.variables)
    _answered(templates, values)
    selection = select(templates, values)
    calendar = asked.calendar(handbook, request.calendar)
    span = dates.years(request.on, selection)
    known = diary(handbook, calendar, [*span, today.year, today.year + 1], public)
    day = _day(base, request, known.days)
    plan = schedule(selection, day, known)
    people = asked.people(handbook, request.people, roles(selection))
    if not request.late:
        _in_time(base, request, selection, plan, known, today)
    nobody = [role for role in roles(selection) if role not in people]
    check_people(nobody, day, known.days, today, f'name them: --people {"".join(nobody[:1])}="…"')
    draft = Draft(
        title=request.title or request.id.replace("-", " ").capitalize(),
        summary=request.summary or "Write in one sentence what customers can do after this launch.",
        owner=asked.record(handbook, Team, request.owner).id if request.owner else base.owner or "",
        templates=templates,
        selection=selection,
        schedule=plan,
        variables=values,
        calendar=calendar,
        people=people,
        tags=request.tags,
    )
    return Begun(draft, known)


def activities(selection: Selection, plan: Schedule) -> list[Activity]:
    """Return all the work of a plan as work that is still to do."""
    return [
        Activity(
            id=task.id,
            role=task.responsible,
            due_on=plan.tasks[task.id].due_on,
            days=work_days(task),
            needs=task.needs,
        )
        for task in selection.tasks
    ]


def _day(base: LaunchTemplate, request: Request, days: WorkingDays) -> date:
    """Return the launch day, or say why there is none and which days are near."""
    if request.month:
        found = days_of.in_month(base.anchor, request.on.year, request.on.month, days)
        if found is None:
            raise PlanError(
                f'the template "{base.id}" has no rule for the day of a month',
                "name the day: --on 2027-01-26",
            )
        day = found
    else:
        day = request.on
    check_day(base.anchor, day, days, request.tags)
    return day


def check_day(anchor: Anchor | None, day: date, days: WorkingDays, tags: Iterable[str]) -> None:
    """Raise a PlanError that says why a day cannot be the launch day, with the nearest days that can."""
    tags = tuple(tags)
    against = list(days_of.objections(anchor, day, days, tags))
    if against:
        near = [days_of.allowed(anchor, day, days, tags, step) for step in (-1, 1)]
        hint = " or ".join(one.isoformat() for one in near if one)
        raise PlanError(
            "; ".join(against),
            f"the nearest days that are possible are {hint}"
            if hint
            else "change the calendar or the template",
        )


def _answered(templates: Iterable[LaunchTemplate], values: Mapping[str, object]) -> None:
    """Raise a UserError where a condition asks about a variable that has no value."""
    for task in (task for plan in templates for task in plan.tasks if task.when):
        name = str(task.when).partition(" ")[0]
        if name not in values:
            message = f'whether "{task.title}" applies depends on "{name}", which has no value'
            raise UserError(message, f"say it: --set {name}=…")


def _in_time(
    base: LaunchTemplate, request: Request, selection: Selection, plan: Schedule, known: Diary, today: date
) -> None:
    late = dates.too_late(selection, plan, today)
    if not late:
        return
    allowed = first_allowed(base, known.days, request.tags)

    def work(day: date) -> list[Activity]:
        return activities(selection, schedule(selection, day, known))

    first = earliest_day(max(plan.anchor, today), work, today, known, allowed)
    raise PlanError(
        f"for a launch on {plan.anchor}, {count(len(late), 'task')} would have been due before today: {dates.explained(late, plan)}",
        f"the first day on which everything can be in time is {first}; --late writes the plan all the same",
    )


def first_allowed(base: LaunchTemplate, days: WorkingDays, tags: Iterable[str]) -> Callable[[date], date]:
    """Return how to find the first possible launch day from a day on."""
    tags = tuple(tags)

    def allowed(day: date) -> date:
        found = days_of.allowed(base.anchor, day, days, tags)
        if found is None:
            raise PlanError(
                f"no day in the year after {day} can be the launch day",
                "look at the calendar and its freezes",
            )
        return found

    return allowed


def check_people(nobody: Sequence[str], day: date, days: WorkingDays, today: date, how: str) -> None:
    """Raise a PlanError where the launch is close and nobody is named for some roles; `how` says how to name one."""
    left = days.between(today, day)
    if nobody and left <= CLOSE:
        raise PlanError(
            f"the launch is in {count(max(0, left), 'working day')}, and nobody is named for {some(nobody)}",
            how,
        )
