"""The page of a launch: where it stands, what is decided, and every task with its day and state.

Nothing is compared with the day of reading: a page that is built today is true tomorrow.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator

from handbook.model.catalog import Calendar, Metric, Role
from handbook.model.launch import Launch, LaunchTask, LaunchTemplate, Report
from handbook.site import frame
from handbook.site.diagram import timeline
from handbook.site.page import Here, Page
from handbook.site.template import clock, drawing, drawn, value
from handbook.text import markup, words

STATUSES = {
    "draft": "Draft",
    "active": "Under way",
    "launched": "Launched",
    "closed": "Closed",
    "cancelled": "Cancelled",
}
TASKS = {"done": "Done", "doing": "Under way", "blocked": "Blocked", "todo": "To do", "skipped": "Skipped"}
_SETTLED = ("done", "skipped")
_GATES = {"open": "Open", "passed": "Passed", "failed": "Failed", "waived": "Waived"}
BOARD = "launches/board.md"  #: the page that shows all launches
HEALTH = {"green": "On track", "amber": "At risk", "red": "In trouble"}


def page(here: Here, launch: Launch) -> Page:
    """Return the page of a launch."""
    latest, *earlier = (
        (_report(here, report) for report in reversed(launch.reports)) if launch.reports else ("",)
    )
    plan = timeline.of_launch(launch, _titles(here, launch), TASKS, _GATES)
    glance = (timeline.figure(plan), drawing(here, launch, plan)) if launch.tasks else ()
    made = frame.page(
        here,
        launch,
        _facts(here, launch),
        markup.section("Where it stands", latest, anchor="where-it-stands"),
        markup.section("At a glance", *glance, anchor="at-a-glance"),
        markup.section("Gates", _gates(here, launch), anchor="gates"),
        markup.section("Tasks", *_phases(here, launch), anchor="tasks"),
        markup.section("Risks", _risks(here, launch), anchor="risks"),
        markup.section("Decisions", _decisions(here, launch), anchor="decisions"),
        markup.section("Moves of the launch day", _slips(launch), anchor="slips"),
        markup.section("Results", _results(here, launch), anchor="results"),
        markup.section("Retrospective", *_retrospective(launch), anchor="retrospective"),
        markup.section("People", _people(here, launch), anchor="people"),
        markup.section(
            "Earlier reports",
            *earlier,
            anchor="reports",
        ),
    )
    return dataclasses.replace(made, files=(drawn(launch, plan),) if glance else ())


def calendar_path(launch: Launch) -> str:
    """Return the path of the calendar of a launch."""
    return f"launches/{launch.id}_.ics" if launch.id == "launches" else f"launches/{launch.id}.ics"


def status(launch: Launch) -> str:
    """Return the state of a launch as a label."""
    return markup.chip(STATUSES[launch.status], "status", launch.status)


def health(launch: Launch) -> str:
    """Return what the last report says of a launch, as a label; nothing where there is no report."""
    if not launch.reports:
        return ""
    said = launch.reports[-1].health
    return markup.chip(HEALTH[said], "health", said)


def progress(launch: Launch) -> str:
    """Return how many tasks are in which state: 12 of 40 done, 3 under way."""
    counts = Counter(task.status for task in launch.tasks)
    others = (
        f"{counts[state]} {TASKS[state].lower()}" for state in TASKS if state != "done" and counts[state]
    )
    return ", ".join((f"{counts['done']} of {words.count(len(launch.tasks), 'task')} done", *others))


def _facts(here: Here, launch: Launch) -> Iterator[tuple[str, str]]:
    filled = (f"{name}: {value(given)}" for name, given in launch.variables.items())
    yield "Launch day", f"**{words.day(launch.anchor)}**"
    yield "Status", status(launch)
    yield "Progress", progress(launch)
    yield "Template", here.name(LaunchTemplate, launch.template)
    yield "Choices", markup.text("; ".join(filled))
    yield "Calendar", here.name(Calendar, launch.calendar)
    yield "Among the others", here.to(BOARD, "All launches on one time line")
    if here.around.calendars is not None:
        feed = here.to(calendar_path(launch), "calendar of this launch")
        yield "Follow it", f"Subscribe to the {feed} in your calendar program"


def _report(here: Here, report: Report) -> str:
    chip = markup.chip(HEALTH[report.health], "health", report.health)
    return markup.join(f"{chip} {words.day(report.on)}", here.markdown(report.text, 4))


def _gates(here: Here, launch: Launch) -> str:
    rows = (
        (
            words.short_day(gate.due_on) + clock(gate.due_time),
            f"**{markup.text(gate.title)}**{{ #gate-{gate.id} }}",
            here.name(Role, gate.approver),
            _share_done(launch, gate.id),
            markup.chip(_GATES[gate.status], "status", gate.status),
            _reason(words.short_day(gate.decided_on), gate.evidence, gate.why),
        )
        for gate in launch.gates
    )
    return markup.table(("Due", "Gate", "Decided by", "Tasks done", "Status", "On what grounds"), rows)


def _share_done(launch: Launch, gate: str) -> str:
    """Return how many of the tasks that a gate waits for are done."""
    tasks = [task for task in launch.tasks if task.gate == gate]
    return f"{sum(task.status in _SETTLED for task in tasks)} of {len(tasks)}" if tasks else ""


def _reason(on: str, *said: str | None) -> str:
    return ". ".join(filter(None, (on, *(markup.text(words) for words in said if words))))


def _phases(here: Here, launch: Launch) -> Iterator[str]:
    """Yield the tasks of each phase, in the order of the template."""
    titles = _titles(here, launch)
    phases = dict.fromkeys((*titles, *(task.phase or "" for task in launch.tasks)))
    for phase in phases:
        tasks = [task for task in launch.tasks if (task.phase or "") == phase]
        title = titles.get(phase) or phase or "Other tasks"
        yield markup.section(title, _tasks(here, launch, tasks), level=3, anchor=f"phase-{phase or 'other'}")


def _titles(here: Here, launch: Launch) -> dict[str, str]:
    """Return the titles of the phases of a launch, in the order of its template."""
    template = here.handbook.find(LaunchTemplate, launch.template)
    return {phase.id: phase.title for phase in template.phases} if template else {}


def _tasks(here: Here, launch: Launch, tasks: list[LaunchTask]) -> str:
    rows = (
        (
            words.short_day(task.due_on) + clock(task.due_time),
            f"**{markup.text(task.title)}**{{ #task-{task.id} }}",
            _who(here, launch, task.responsible),
            markup.chip(TASKS[task.status], "status", task.status),
            _reason(words.short_day(task.done_on), task.evidence, task.why),
        )
        for task in tasks
    )
    return markup.table(("Due", "Task", "Who", "Status", "Done on, and evidence"), rows)


def _who(here: Here, launch: Launch, role: str) -> str:
    """Return the person in a role, or the role where nobody is named."""
    person = launch.people.get(role)
    return f"{here.name(Role, role)}, {markup.text(person)}" if person else here.name(Role, role)


def _risks(here: Here, launch: Launch) -> str:
    rows = (
        (
            markup.text(risk.title),
            risk.likelihood,
            risk.impact,
            here.name(Role, risk.owner),
            markup.text(risk.response),
            markup.text(words.sentence(risk.status)),
        )
        for risk in launch.risks
    )
    return markup.table(("Risk", "Likelihood", "Impact", "Owner", "Response", "Status"), rows)


def _decisions(here: Here, launch: Launch) -> str:
    rows = (
        (
            words.short_day(item.on),
            markup.text(item.decision),
            here.name(Role, item.by),
            markup.text(item.why or ""),
        )
        for item in launch.decisions
    )
    return markup.table(("Day", "Decision", "By", "Why"), rows)


def _slips(launch: Launch) -> str:
    rows = (
        (
            words.short_day(slip.on),
            words.short_day(slip.from_),
            words.short_day(slip.to),
            markup.text(slip.reason),
        )
        for slip in launch.slips
    )
    return markup.table(("Decided on", "From", "To", "Why"), rows)


def _results(here: Here, launch: Launch) -> str:
    rows = (
        (
            here.name(Metric, result.metric),
            markup.text(result.baseline or ""),
            markup.text(words.target(result.target)),
            markup.text(result.actual or ""),
            words.short_day(result.measured_on),
        )
        for result in launch.metrics
    )
    return markup.table(("Metric", "Before", "Target", "Result", "Measured on"), rows)


def _retrospective(launch: Launch) -> Iterator[str]:
    held = launch.retrospective
    if held is None:
        return
    yield f"Held on {words.day(held.on)}."
    for title, points in (
        ("What went well", held.went_well),
        ("What went badly", held.went_badly),
        ("What we learned", held.learnings),
    ):
        yield markup.section(title, markup.bullets(map(markup.text, points)), level=3)


def _people(here: Here, launch: Launch) -> str:
    rows = ((here.name(Role, role), markup.text(person)) for role, person in launch.people.items())
    return markup.table(("Role", "Person"), rows)
