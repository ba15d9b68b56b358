"""How much time is left: earliest days, slack and the critical path of the work that is still to do. Pure.

Source: forward and backward pass of the critical path method (Kelley and Walker, 1959), with a due day for each task
in place of a common end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from handbook.frozen import Frozen
from handbook.plan.calendar import PlanError
from handbook.plan.diary import Diary
from handbook.plan.order import in_order

_TRIES = 100  #: days that are tried before a plan counts as impossible


class Activity(Frozen):
    """Work that somebody still has to do: `days` working days of its role, due on a day at the latest.

    Slack counts until `deadline`, or until the day itself where there is none.
    """

    id: str
    role: str
    due_on: date
    days: int
    needs: tuple[str, ...] = ()
    deadline: date | None = None


class Outlook(Frozen):
    """What becomes of an activity when everyone starts as early as possible.

    `slack_days` are working days of its role by which it may slip before it, or what waits for it, is late: negative
    when it cannot be done in time. `after` is the activity that it has to wait for the longest.
    """

    start_on: date
    finish_on: date
    slack_days: int
    after: str | None


def outlooks(activities: Iterable[Activity], today: date, diary: Diary) -> Mapping[str, Outlook]:
    """Return the outlook of each activity, by id, when work begins today.

    Work that is due on the same day as what it waits for may begin on the day on which that is finished; any other
    begins on the next working day. What an activity needs and is not among them is done already.

    Raises:
        PlanError: activities wait for one another in a circle.
    """
    known = {activity.id: activity for activity in activities}
    order = [known[id] for id in in_order({id: one.needs for id, one in known.items()})]
    begun: dict[str, tuple[date, date, str | None]] = {}
    for activity in order:
        begun[activity.id] = _earliest(activity, known, begun, today, diary)
    latest: dict[str, date] = {}
    for activity in reversed(order):
        later = [other for other in order if activity.id in other.needs]
        ends = [_latest_end(activity, other, latest[other.id], diary) for other in later]
        latest[activity.id] = min([activity.deadline or activity.due_on, *ends])
    return {
        activity.id: Outlook(
            *begun[activity.id][:2],
            diary.of(activity.role).between(begun[activity.id][1], latest[activity.id]),
            begun[activity.id][2],
        )
        for activity in order
    }


def critical_path(
    activities: Sequence[Activity], found: Mapping[str, Outlook], until: date
) -> tuple[str, ...]:
    """Return the longest chain of work up to a day, first to last: a day more in it is a day more for all.

    It ends with the activity, due on that day or before, that can be finished last, and goes back over what each
    waits for the longest. Where nothing is due until then, all activities count.
    """
    ends = [one for one in activities if one.due_on <= until] or list(activities)
    last = max(ends, key=lambda one: (found[one.id].finish_on, one.due_on), default=None)
    chain: list[str] = []
    one = last.id if last else None
    while one is not None:
        chain.append(one)
        one = found[one].after
    return tuple(reversed(chain))


def earliest_day(
    start: date,
    plan: Callable[[date], Sequence[Activity]],
    today: date,
    diary: Diary,
    allowed: Callable[[date], date],
) -> date:
    """Return the first launch day, from `start` on, on which no activity is late when work begins today.

    `plan` gives the activities for a launch day, `allowed` the first possible launch day from a day on.

    Raises:
        PlanError: no such day was found.
    """
    day = allowed(start)
    for _ in range(_TRIES):
        found = outlooks(plan(day), today, diary)
        late = -min([0, *(outlook.slack_days for outlook in found.values())])
        if not late:
            return day
        day = allowed(diary.days.shifted(day, late))
    raise PlanError(
        f"no launch day was found up to {day} on which everything is in time", "shorten some of the tasks"
    )


def _earliest(
    activity: Activity,
    known: Mapping[str, Activity],
    begun: Mapping[str, tuple[date, date, str | None]],
    today: date,
    diary: Diary,
) -> tuple[date, date, str | None]:
    """Return the first day of work, the last one, and what it had to wait for."""
    days = diary.of(activity.role)
    start, after = days.on_or_after(today), None
    for need in activity.needs:
        if need in known:
            finished = begun[need][1]
            ready = (
                days.on_or_after(finished) if _same_day(known[need], activity) else days.shifted(finished, 1)
            )
            if ready > start or (ready == start and after is None):
                start, after = ready, need
    return start, days.shifted(start, activity.days - 1) if activity.days > 1 else start, after


def _latest_end(activity: Activity, other: Activity, end: date, diary: Diary) -> date:
    """Return the last day on which one may end so that another, which waits for it, can end on a day."""
    days = diary.of(other.role)
    start = days.shifted(end, 1 - other.days) if other.days > 1 else days.on_or_before(end)
    return start if _same_day(activity, other) else days.shifted(start, -1)


def _same_day(need: Activity, activity: Activity) -> bool:
    return need.due_on >= activity.due_on
