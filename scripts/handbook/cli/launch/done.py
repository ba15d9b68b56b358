"""`handbook launch done`: tasks ticked off and gates decided, without editing YAML by hand."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from handbook.cli.launch.desk import Desk, open_desk
from handbook.cli.today import option, past_day
from handbook.errors import CLEAN, UserError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.plan.record import Settled

EXAMPLE = (
    'handbook launch done shared-dashboards legal-review --evidence "Legal note 7, all questions answered"'
)
_TASK = ("done", "doing", "todo", "blocked", "skipped")
_GATE = ("passed", "failed", "waived", "open")
_LAUNCH = ("draft", "active", "launched", "closed", "cancelled")


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("id", metavar="LAUNCH", help="the launch, such as shared-dashboards")
    parser.add_argument(
        "parts",
        nargs="*",
        metavar="TASK",
        help="the ids of tasks or gates, such as legal-review (default: none)",
    )
    parser.add_argument("--as", dest="status", choices=(*_TASK, *_GATE), help="how far they are (default: done, for a gate passed)")  # fmt: skip
    parser.add_argument(
        "--on", metavar="DATE", help="the day on which it was done or decided (default: today)"
    )
    parser.add_argument("--evidence", metavar="TEXT", help="where the result can be seen; a gate needs it to pass (default: what the plan says)")  # fmt: skip
    parser.add_argument(
        "--why", metavar="TEXT", help="why it is blocked, skipped, waived or failed (default: none)"
    )
    parser.add_argument("--launch", choices=_LAUNCH, help="where the launch itself stands in its life (default: as before)")  # fmt: skip
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the new states into the plan."""
    from handbook.finding import Change
    from handbook.plan.record import settling, write

    if not arguments.parts and not arguments.launch:
        raise UserError(
            "nothing is named that is done",
            "name tasks or gates; `handbook launch status` lists what is open",
        )
    desk = open_desk(arguments.root, arguments.id)
    today = arguments.today or date.today()
    day = past_day(arguments.on, today, "done")
    settled = [_settled(desk, id, arguments, day) for id in dict.fromkeys(arguments.parts)]
    changes = settling(desk.launch, settled)
    said = [f'{one.part} "{one.id}": {one.status}' for one in settled]
    if arguments.launch:
        changes.append(Change(desk.launch.at / "status", arguments.launch))
        said.append(f'launch "{desk.launch.id}": {arguments.launch}')
    desk.save(write(desk.source, desk.launch, changes), "\n".join(said))
    sys.stderr.writelines(f"handbook: {line}\n" for line in _doubts(desk, settled))
    return CLEAN


def _settled(desk: Desk, id: str, arguments: argparse.Namespace, day: date) -> Settled:
    """Return the new state of a task or gate; of a task where both have the id, unless the state is one of gates."""
    from handbook.plan.record import Settled
    from handbook.text.near import did_you_mean

    tasks, gates = ({part.id: part for part in parts} for parts in (desk.launch.tasks, desk.launch.gates))
    status = arguments.status
    gate = id in gates and (id not in tasks or status in _GATE)
    if not gate and id not in tasks:
        known = [*tasks, *gates]
        raise UserError(f'the launch "{desk.launch.id}" has no task or gate "{id}"{did_you_mean(id, known)}', f"they are listed in {desk.launch.at.path}")  # fmt: skip
    status = status or ("passed" if gate else "done")
    if status not in (_GATE if gate else _TASK):
        word, allowed = ("gate", _GATE) if gate else ("task", _TASK)
        raise UserError(f'"{id}" is a {word}, which cannot be {status}', f"it can be {', '.join(allowed)}")
    evidence = arguments.evidence or (gates[id].evidence if gate else tasks[id].evidence)
    if status == "passed" and not evidence:
        raise UserError(
            f'the gate "{id}" cannot pass without evidence', "say on what it was decided: --evidence TEXT"
        )
    why = arguments.why or (gates[id].why if gate and gates[id].status == status else None)
    if status in ("blocked", "skipped", "waived", "failed") and not why:
        raise UserError(f'"{id}" is {status}, and others have to know why', "say it: --why TEXT")
    return Settled(
        part="gate" if gate else "task", id=id, status=status, on=day, evidence=arguments.evidence, why=why
    )


def _doubts(desk: Desk, settled: list[Settled]) -> Iterator[str]:
    """Yield what is odd about it though it was written: work that was done before what it waits for."""
    from handbook.plan.states import SETTLED

    now = {task.id: task.status for task in desk.launch.tasks}
    now.update({one.id: one.status for one in settled if one.part == "task"})
    done = {one.id for one in settled if one.status == "done"}
    for task in desk.launch.tasks if done else ():
        open_needs = [need for need in task.needs if now.get(need, "done") not in SETTLED]
        if task.id in done and open_needs:
            yield f'"{task.id}" waits for {", ".join(open_needs)}, which is not done'
        if task.id in done and task.gate and not task.evidence and not any(one.evidence for one in settled if one.id == task.id):  # fmt: skip
            yield f'the gate "{task.gate}" looks at "{task.id}"; say where the result is with --evidence'
