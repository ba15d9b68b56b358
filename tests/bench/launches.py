"""Launch templates and launches of a generated handbook, and its onboarding paths."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from tests.bench import prose
from tests.bench.catalogue import Catalogue

_PHASES = {"frame": "Frame", "plan": "Plan", "prove": "Build and prove", "ready": "Get ready", "land": "Land"}


@dataclass(frozen=True, slots=True)
class Task:
    """A task of a template. `due` counts working days from launch day."""

    id: str
    phase: str
    title: str
    role: str
    due: int
    needs: str


def identity(number: int, what: str) -> tuple[str, str]:
    """Return the id and title of the launch, or the launch template, of that number."""
    title = f"{prose.subject(number * 7)}, {what}"
    return prose.slug(title), title


def tasks(number: int, catalogue: Catalogue) -> list[Task]:
    """Return the tasks of a template: the same ones for the template and for the launches made from it."""
    chance = random.Random(f"tasks-{number}")
    count = chance.choice((15, 20, 25, 30, 45, 60))
    titles = prose.tasks(chance, count)
    phases = list(_PHASES)
    made = []
    for index, title in enumerate(titles):
        phase = index * len(phases) // count
        made.append(
            Task(
                id=prose.slug(title),
                phase=phases[phase],
                title=title,
                role=catalogue.at("role", number + index % 12),
                due=-60 + index * 70 // count + (10 if phase == 4 else 0),
                needs=prose.slug(titles[index - 1]) if index else "",
            )
        )
    return made


def template(chance: random.Random, number: int, catalogue: Catalogue, link: tuple[str, str]) -> str:
    """Return the text of a launch template."""
    return f"""\
# yaml-language-server: $schema=../../../schemas/launch-template.schema.json
title: {identity(number, "template")[1]}
summary: The plan for a change that customers notice, with a gate at the end of each phase.
status: active
owner: {catalogue.at("team", number)}
reviewed: {catalogue.ago(14)}
review_every: 6mo
tags: [launch, {chance.choice(prose.ADJECTIVES)}]
links:
  - {{title: {link[0]}, to: {link[1]}}}
notes: |
{prose.block(prose.sentences(chance, 4), 2)}tier: {2 + number % 3}
anchor:
  name: Launch day
  rule: A Tuesday or Wednesday outside every freeze
variables:
  region:
    type: list
    description: Markets in which the launch happens
    choices: [home, eu, apac]
    default: [home]
  flag:
    type: text
    description: Name of the feature flag that switches the launch on
phases:
{prose.block([f"- {{id: {id}, title: {title}}}" for id, title in _PHASES.items()], 2)}tasks:
{"".join(_template_task(chance, task, catalogue) for task in tasks(number, catalogue))}gates:
{"".join(_template_gate(chance, phase, number, catalogue) for phase in _gate_days(tasks(number, catalogue)).items())}metrics:
  - {{metric: {catalogue.at("metric", number)}, target: ">= 25%"}}
"""


def _gate_days(planned: list[Task]) -> dict[str, int]:
    """The phases that end with a gate, each with the day of its last task."""
    return {task.phase: task.due for task in planned if task.phase != "land"}


def _approver(number: int, catalogue: Catalogue) -> str:
    """The role that decides at the gates of a template: none of those that do the work."""
    return catalogue.at("role", number + 13)


def _template_task(chance: random.Random, task: Task, catalogue: Catalogue) -> str:
    lines = [
        f"- id: {task.id}",
        f"  phase: {task.phase}",
        f"  title: {task.title}",
        f"  responsible: {task.role}",
        f"  due: {f'{task.due:+}' if task.due else 0}d",
        "  effort: 4h",
        f"  tool: {chance.choice(catalogue.tools_of(task.role))}",
    ]
    if task.needs:
        lines.append(f"  needs: [{task.needs}]")
    if task.phase != "land":
        lines.append(f"  gate: {task.phase}")
    if chance.random() < 0.5:
        lines += ["  instructions: |", *(f"    {line}" for line in prose.sentences(chance, 3))]
    return prose.block(lines, 2)


def _template_gate(chance: random.Random, phase: tuple[str, int], number: int, catalogue: Catalogue) -> str:
    name, day = phase
    lines = [
        f"- id: {name}",
        f"  title: {_PHASES[name]}",
        f"  due: {f'{day:+}' if day else 0}d",
        f"  approver: {_approver(number, catalogue)}",
        "  criteria:",
        *(f"    - {check}" for check in chance.sample(prose.CHECKS, 3)),
        f"  evidence: [{', '.join(catalogue.several('artifact', number, 2))}]",
        "  waiver: None. The launch day moves until it is passed.",
    ]
    return prose.block(lines, 2)


def launch(chance: random.Random, number: int, made_from: int, catalogue: Catalogue) -> str:
    """Return the text of a launch under way, made from the template of that number."""
    soon = catalogue.ago(-50 - 7 * (number % 6))
    day = soon + timedelta(days=(1 - soon.weekday()) % 7)  # a Tuesday
    planned = tasks(made_from, catalogue)
    roles = sorted({task.role for task in planned} | {_approver(made_from, catalogue)})
    people = prose.block(
        [f"{role}: {chr(65 + n % 26)}. {chr(65 + n * 7 % 26)}." for n, role in enumerate(roles)], 2
    )
    return f"""\
# yaml-language-server: $schema=../../../schemas/launch.schema.json
title: {identity(number, "launch")[1]}
summary: Customers can work with {chance.choice(prose.THINGS)} without asking anyone.
status: active
owner: {catalogue.at("team", number)}
tags: [launch]
notes: |
{prose.block(prose.sentences(chance, 4), 2)}template: {identity(made_from, "template")[0]}
variables:
  region: [home, eu]
  flag: launch-{number}
anchor: {day}
calendar: company
people:
{people}tasks:
{"".join(_task(task, day, catalogue.today) for task in planned)}gates:
{"".join(_gate(name, due, day, made_from, catalogue) for name, due in _gate_days(planned).items())}metrics:
  - {{metric: {catalogue.at("metric", made_from)}, baseline: "20% (four weeks to {catalogue.ago(36)})", target: ">= 25%"}}
risks:
  - title: The {chance.choice(prose.ADJECTIVES)} review takes longer than planned
    likelihood: medium
    impact: medium
    owner: {roles[0]}
    response: {prose.sentences(chance, 1)[0]}
    status: open
decisions:
  - {{on: {catalogue.ago(20)}, decision: Keep the scope as it is, by: {roles[0]}, why: Two of three customers do not need more.}}
reports:
  - on: {catalogue.ago(3)}
    health: green
    text: |
{prose.block(prose.sentences(chance, 3), 6)}"""


def working_day(anchor: date, days: int) -> date:
    """Return the day so many working days from the anchor; Saturday and Sunday are none."""
    step, left, day = timedelta(days=1 if days > 0 else -1), abs(days), anchor
    while left:
        day += step
        left -= day.weekday() < 5
    return day


def _task(task: Task, anchor: date, today: date) -> str:
    due = working_day(anchor, task.due)
    done = due <= today
    lines = [
        f"- id: {task.id}",
        f"  phase: {task.phase}",
        f"  title: {task.title}",
        f"  responsible: {task.role}",
        f"  due_on: {due}",
        *([f"  needs: [{task.needs}]"] if task.needs else []),
        *([f"  gate: {task.phase}"] if task.phase != "land" else []),
        f"  status: {'done' if done else 'todo'}",
        *([f"  done_on: {due}", "  evidence: Note in the channel of the launch"] if done else []),
    ]
    return prose.block(lines, 2)


def _gate(name: str, days: int, anchor: date, number: int, catalogue: Catalogue) -> str:
    due = working_day(anchor, days)
    passed = due <= catalogue.today
    lines = [
        f"- id: {name}",
        f"  title: {_PHASES[name]}",
        f"  due_on: {due}",
        f"  approver: {_approver(number, catalogue)}",
        f"  status: {'passed' if passed else 'open'}",
        *([f"  decided_on: {due}", "  evidence: Decision record of the day"] if passed else []),
    ]
    return prose.block(lines, 2)
