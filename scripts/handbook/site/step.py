"""One step of a process: who does it, when, with what, and how."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.model.catalog import Artifact, Role, Tool
from handbook.model.flow import Edge, Flow
from handbook.model.process import Option, Process, Step
from handbook.model.record import Record
from handbook.site.page import Here
from handbook.text import markup, words

_LONG = 2  #: more steps than these are named by their numbers
_AUTOMATION = {"assisted": "A tool does part of it", "full": "A tool does it"}


def sections(here: Here, process: Process, flow: Flow) -> Iterator[str]:
    """Yield the section of each step."""
    for position, step in enumerate(process.steps, 1):
        yield markup.join(
            markup.heading(f"{position}. {markup.text(step.name)}", 3, f"step-{step.id}"),
            f"{_byline(here, step)}\n{{ .byline }}",
            markup.facts(_facts(here, process, step, flow)),
            here.markdown(step.instructions, 4),
            markup.tasks(markup.text(point) for point in step.checklist),
            _options(here, process, step),
        )


def link(here: Here, process: Record, part: object) -> str:
    """Return a link to a process, or to the step in it that `part` is."""
    if isinstance(part, Step) and isinstance(process, Process):
        return here.link(process, f"{process.title}: {part.name}", f"step-{part.id}")
    return here.link(process)


def _byline(here: Here, step: Step) -> str:
    """Return who does a step and how much it is, in one line."""
    work = f"{words.effort(step.effort)} of work" if step.effort else ""
    lasts = f"takes {words.duration(step.duration)}" if step.duration else ""
    tool = f"in {here.name(Tool, step.tool)}" if step.tool else ""
    return " · ".join(filter(None, (here.name(Role, step.responsible), work, lasts, tool)))


def _facts(here: Here, process: Process, step: Step, flow: Flow) -> Iterator[tuple[str, str]]:
    yield "After", _after(here, process, step, flow)
    yield "Answers for it", here.name(Role, step.accountable)
    yield "Ask before", here.names(Role, step.consulted)
    yield "Tell after", here.names(Role, step.informed)
    yield "Works from", here.names(Artifact, step.inputs)
    yield "On evidence from", here.names(Artifact, step.requires)
    yield "Produces", here.names(Artifact, step.outputs)
    yield "Runs", here.name(Process, step.process)
    yield "Automation", _AUTOMATION.get(step.automation, "")
    yield "Then", _then(here, process, step, flow)


def _after(here: Here, process: Process, step: Step, flow: Flow) -> str:
    """Return what a step waits for, where that is not simply the step above it."""
    ids = [one.id for one in process.steps]
    edges = flow.before(step.id, forward=True)
    if [edge.source for edge in edges] == ids[: ids.index(step.id)][-1:] and not any(
        edge.when for edge in edges
    ):
        return ""
    if len(edges) > _LONG:
        numbers = (
            here.link(process, str(ids.index(edge.source) + 1), f"step-{edge.source}") for edge in edges
        )
        return f"steps {words.listed(numbers)}"
    return words.listed(_way(here, process, edge) for edge in edges)


def _way(here: Here, process: Process, edge: Edge) -> str:
    answer = f" ({markup.text(edge.when)})" if edge.when else ""
    return _step(here, process, edge.source) + answer


def _then(here: Here, process: Process, step: Step, flow: Flow) -> str:
    """Return what follows where that is not plain from the order: a jump, or an end before the last step."""
    limit = f", at most {words.count(step.max, 'time')}" if step.max else ""
    if step.to:
        back = any(edge.back and edge.target == step.to for edge in flow.after(step.id))
        return f"{'back to ' if back else ''}{_step(here, process, step.to)}{limit}"
    if step.options:
        return f"taken {limit.removeprefix(', ')}" if limit else ""
    last = process.steps[-1] is step
    return "" if last or not flow.ends(step.id) else "the process ends"


def _options(here: Here, process: Process, step: Step) -> str:
    rows = (
        (f"**{markup.text(option.when)}**", _leads(here, process, option), _share(option))
        for option in step.options
    )
    return markup.table(("Answer", "What follows", "How often"), rows)


def _leads(here: Here, process: Process, option: Option) -> str:
    return (
        _step(here, process, option.to) if option.to else f"The process ends: {markup.text(option.end or '')}"
    )


def _share(option: Option) -> str:
    return f"{words.number(option.share * 100)}\u00a0%" if option.share is not None else ""


def _step(here: Here, process: Process, id: str) -> str:
    """Return a link to a step by its number and name."""
    for position, step in enumerate(process.steps, 1):
        if step.id == id:
            return here.link(process, f"{position}. {step.name}", f"step-{id}")
    return markup.text(id)
