"""What a new plan means, for the person who made it: when work begins, what is tight, and who is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handbook.plan.begin import Begun, activities
from handbook.plan.draft import roles
from handbook.plan.network import critical_path, outlooks
from handbook.plan.schedule import conflicts, too_late
from handbook.text.words import count, day, short_day, some


def remarks(begun: Begun, today: date) -> Iterator[str]:
    """Yield sentences about a new plan, the most important first."""
    draft, plan = begun.draft, begun.draft.schedule
    first = min(slot.start_on for slot in plan.tasks.values())
    left = begun.diary.days.between(today, plan.anchor)
    yield (
        f"  {draft.templates[0].anchor.name}: {day(plan.anchor)}, in {count(left, 'working day')}; "
        f"{count(len(plan.tasks), 'task')} and {count(len(plan.gates), 'gate')}, the first starts on {short_day(first)}"
    )
    late = too_late(draft.selection, plan, today)
    if late:
        yield f"  {count(len(late), 'task')} should have been done by now; begin with them"
    titles = {task.id: task.title for task in draft.selection.tasks}
    work = activities(draft.selection, plan)
    found = outlooks(work, today, begun.diary)
    chain = critical_path(work, found, plan.anchor)
    yield f"  Critical path ({count(len(chain), 'task')}): {' → '.join(_ends(titles, chain))}"
    tight = [one for one in work if found[one.id].slack_days < 0 and one.due_on >= today]
    if tight:
        worst = min(tight, key=lambda one: found[one.id].slack_days)
        yield (
            f"  Tight: {count(len(tight), 'task')} cannot be done in time if each takes its longest; the worst is "
            f'"{titles[worst.id]}", {count(-found[worst.id].slack_days, "working day")} late'
        )
    yield from (f"  Conflict: {conflict}" for conflict in conflicts(draft.selection, plan, begun.diary))
    nobody = [role for role in roles(draft.selection) if role not in draft.people]
    if nobody:
        yield f"  Nobody is named for {some(nobody)}: write them under people"
    empty = [name for one in draft.templates for name in one.variables if name not in draft.variables]
    if empty:
        yield f"  Without a value: {some(empty)}; write it under variables, or say it with --set"


def _ends(titles: dict[str, str], chain: tuple[str, ...]) -> list[str]:
    """The first and the last tasks of a chain by title; what is between is only counted."""
    if len(chain) <= 4:
        return [titles[id] for id in chain]
    return [titles[chain[0]], f"{len(chain) - 2} more", titles[chain[-1]]]
