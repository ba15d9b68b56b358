"""The page of a launch template: every task with its due day, phase by phase, and the gates on the way."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from handbook.model.catalog import Artifact, Role, Tool
from handbook.model.launch import Launch, LaunchTemplate, TemplateGate, TemplateTask
from handbook.model.process import Process
from handbook.site import frame
from handbook.site.diagram import timeline
from handbook.site.diagram.timeline import Timeline
from handbook.site.page import Here, Page, file_path
from handbook.site.uses import uses
from handbook.text import markup, words

_TYPES = {"boolean": "yes or no"}


def page(here: Here, template: LaunchTemplate) -> Page:
    """Return the page of a launch template."""
    phases = (
        markup.section(
            phase.title,
            markup.text(phase.summary or ""),
            _tasks(here, template, phase.id),
            *_details(here, template, phase.id),
            anchor=f"phase-{phase.id}",
        )
        for phase in template.phases
    )
    plan = timeline.of_template(template)
    made = frame.page(
        here,
        template,
        _facts(here, template),
        _about_days(template),
        markup.section(
            "At a glance", timeline.figure(plan), drawing(here, template, plan), anchor="at-a-glance"
        ),
        markup.section("What a launch fills in", _variables(template), anchor="variables"),
        *phases,
        markup.section("Gates", *(_gate(here, template, gate) for gate in template.gates), anchor="gates"),
        markup.section("More on each task", _more(here, template), anchor="more"),
        markup.section(
            "What is measured afterwards", frame.metrics(here, template.metrics), anchor="metrics"
        ),
        markup.section("Launches made from it", _launches(here, template), anchor="launches"),
    )
    return dataclasses.replace(made, files=(drawn(template, plan),))


def drawn(plan: LaunchTemplate | Launch, shown: Timeline) -> Page:
    """Return the timeline of a plan as a file beside its page."""
    return Page(path=file_path(plan, "svg"), text=timeline.file(shown), source=plan.at.path)


def drawing(here: Here, plan: LaunchTemplate | Launch, shown: Timeline) -> str:
    """Return what the signs of a timeline mean, and where it is to be had as a file."""
    gates = ["a rhombus is a gate, and a dotted line leads down from it"] if plan.gates else []
    said = "; ".join(("Bars are tasks, up to the day on which they are due", *gates))
    link = here.to(file_path(plan, "svg"), "SVG")
    return f"{said}. The tables below say the same in words. As a file: {link}.\n{{ .legend }}"


def clock(time: str | None) -> str:
    """Return the time of day until which something is due, to stand behind the day; nothing where the day is enough."""
    if time is None:
        return ""
    return f", {markup.text(words.clock(time))}"


def task(here: Here, template: LaunchTemplate, id: str) -> str:
    """Return a link to a task of a template."""
    found = next((task for task in template.tasks if task.id == id), None)
    return here.link(template, found.title, f"task-{id}") if found else markup.text(id)


def gate(here: Here, template: LaunchTemplate, id: str | None) -> str:
    """Return a link to a gate of a template, or of one that it is laid over."""
    for plan in _plans(here, template):
        found = next((gate for gate in plan.gates if gate.id == id), None)
        if found:
            return here.link(plan, found.title, f"gate-{id}")
    return markup.text(id or "")


def _facts(here: Here, template: LaunchTemplate) -> Iterator[tuple[str, str]]:
    days = sorted((task.due for task in template.tasks), key=lambda offset: offset.days)
    roles = {task.responsible for task in template.tasks}
    yield "Tier", str(template.tier)
    yield "Day that counts", markup.text(template.anchor.name)
    yield "How it is chosen", markup.text(template.anchor.rule or "")
    yield "Runs from", f"{words.offset(days[0])} to {words.offset(days[-1])}" if days else ""
    size = (
        words.count(len(template.tasks), "task"),
        words.count(len(template.gates), "gate"),
        words.count(len(roles), "role"),
    )
    yield "Size", ", ".join(size)
    yield "Process", here.name(Process, template.process)
    yield "Can be combined with", here.names(LaunchTemplate, template.overlays)


def _about_days(template: LaunchTemplate) -> str:
    anchor = template.anchor.name
    return markup.text(
        f"T stands for “{anchor}”: T−20 is 20 working days before it, T+5 is 5 working days after it."
    )


def _variables(template: LaunchTemplate) -> str:
    rows = (
        (
            markup.code(name),
            markup.text(variable.description or ""),
            markup.text(", ".join(variable.choices) or _TYPES.get(variable.type, variable.type)),
            markup.text(value(variable.default)),
        )
        for name, variable in template.variables.items()
    )
    return markup.table(("Name", "What it means", "Values", "Default"), rows)


def value(given: object) -> str:
    """Return the value of a variable in words."""
    if given is None:
        return ""
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, list | tuple):
        return ", ".join(map(value, given))
    return words.number(given) if isinstance(given, int | float) else str(given)


def _tasks(here: Here, template: LaunchTemplate, phase: str) -> str:
    rows = (
        (
            f"**{words.offset(task.due)}**{clock(task.due_time)}",
            _title(here, template, task),
            here.name(Role, task.responsible),
            ", ".join(_short(here, template, need) for need in task.needs),
            gate(here, template, task.gate),
            markup.text(task.when or ""),
        )
        for task in template.tasks
        if task.phase == phase
    )
    return markup.table(("Due", "Task", "Who", "After", "For gate", "Only when"), rows)


def _title(here: Here, template: LaunchTemplate, found: TemplateTask) -> str:
    """Return the title of a task: a link to its details, or the place that others link to."""
    if _body(here, found):
        return f"**{task(here, template, found.id)}**"
    return f"**{markup.text(found.title)}**{{ #task-{found.id} }}"


def _short(here: Here, template: LaunchTemplate, need: str) -> str:
    """Return a link to a task by its id in words: the column is narrow. It may be of a template below this one."""
    label = need.replace("-", "\u00a0")
    for plan in _plans(here, template):
        if any(task.id == need for task in plan.tasks):
            return here.link(plan, label, f"task-{need}")
    return markup.text(label)


def _plans(here: Here, template: LaunchTemplate) -> tuple[LaunchTemplate, ...]:
    """Return a template and those that it can be laid over: its tasks may name theirs."""
    below = (plan for plan in here.handbook.all(LaunchTemplate) if template.id in plan.overlays)
    return (template, *below)


def _details(here: Here, template: LaunchTemplate, phase: str) -> Iterator[str]:
    """Yield how to do each task of a phase, where more is said than who and when."""
    for found in template.tasks:
        body = _body(here, found) if found.phase == phase else ""
        if body:
            yield markup.join(markup.heading(markup.text(found.title), 3, f"task-{found.id}"), body)


def _body(here: Here, task: TemplateTask) -> str:
    said = (
        ("Follows the process", here.name(Process, task.process)),
        ("Produces", here.name(Artifact, task.artifact)),
        ("Tool", here.name(Tool, task.tool)),
        ("Work", words.effort(task.effort)),
        ("Takes", words.duration(task.duration)),
    )
    instructions = here.markdown(task.instructions, 5)
    checklist = markup.tasks(markup.text(point) for point in task.checklist)
    return (
        markup.join(markup.facts(said), instructions, checklist)
        if task.process or instructions or checklist
        else ""
    )


def _gate(here: Here, template: LaunchTemplate, gate: TemplateGate) -> str:
    return markup.join(
        markup.heading(
            f"{markup.text(gate.title)}, {words.offset(gate.due)}{clock(gate.due_time)}", 3, f"gate-{gate.id}"
        ),
        f"Decided by {here.name(Role, gate.approver)}. The launch goes on when all of this is true:",
        markup.tasks(markup.text(criterion) for criterion in gate.criteria),
        markup.facts(
            (
                ("Evidence", here.names(Artifact, gate.evidence)),
                ("Waiver", markup.text(gate.waiver or "")),
                (
                    "Tasks",
                    ", ".join(
                        task(here, template, found.id) for found in template.tasks if found.gate == gate.id
                    ),
                ),
            )
        ),
    )


def _more(here: Here, template: LaunchTemplate) -> str:
    """Return what tasks produce, where, and who takes part in them besides those who do them."""
    rows = (
        (
            task(here, template, found.id),
            here.name(Artifact, found.artifact),
            here.name(Tool, found.tool),
            here.name(Role, found.accountable),
            here.names(Role, found.consulted),
            here.names(Role, found.informed),
        )
        for found in template.tasks
    )
    told = (row for row in rows if any(row[1:]))
    return markup.table(
        ("Task", "Produces", "In", "Answers for it", "Is asked before", "Is told after"), told
    )


def _launches(here: Here, template: LaunchTemplate) -> str:
    launches = {
        use.record.id: use.record for use in uses(here.handbook, template) if isinstance(use.record, Launch)
    }
    ordered = sorted(launches.values(), key=lambda launch: (launch.anchor, launch.id))
    return markup.bullets(f"{words.day(launch.anchor)}: {here.link(launch)}" for launch in ordered)
