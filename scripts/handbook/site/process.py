"""The page of a process: when to follow it, who answers for it, how long it takes, then what to do, step by step."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from handbook.model import flow as flows
from handbook.model.catalog import Artifact, Role
from handbook.model.flow import Flow
from handbook.model.process import Process, Volume
from handbook.site import frame, neighbours, raci, step
from handbook.site.diagram import bpmn, lanes, swimlane
from handbook.site.diagram.lanes import Lanes
from handbook.site.page import Here, Page, file_path
from handbook.text import markup, words

_TIMES = {1: "once", 2: "twice"}


def page(here: Here, process: Process) -> Page:
    """Return the page of a process."""
    flow = flows.flow(process)
    diagram = swimlane.swimlane(here.handbook, process)
    made = frame.page(
        here,
        process,
        _facts(here, process, flow),
        markup.section("At a glance", *_diagram(here, process, diagram), anchor="at-a-glance"),
        markup.section("Steps", *step.sections(here, process, flow), anchor="steps"),
        markup.section("Who does what", raci.matrix(here, process), raci.LEGEND, anchor="who-does-what"),
        _artifacts(here, process),
        markup.section("Metrics", frame.metrics(here, process.metrics), anchor="metrics"),
        neighbours.section(here, process),
    )
    texts = {"svg": lanes.file(diagram), "bpmn": bpmn.document(here.handbook, process)}
    files = (
        Page(path=file_path(process, ending), text=text, source=made.source) for ending, text in texts.items()
    )
    return dataclasses.replace(made, files=tuple(files))


def _diagram(here: Here, process: Process, diagram: Lanes) -> Iterator[str]:
    """Yield the diagram, what its signs mean, and where it is to be had as a file."""
    yield lanes.figure(diagram)
    legend = markup.text("; ".join(swimlane.legend(diagram)))
    links = ", ".join(here.to(file_path(process, ending), ending.upper(), "") for ending in ("svg", "bpmn"))
    yield f"{legend}. The [steps](#steps) say the same in words. As a file: {links}.\n{{ .legend }}"


def how_long(process: Process, flow: Flow) -> str:
    """Return how long a process takes along its longest way, or nothing where no step says."""
    path = flows.critical_path(flow)
    low, high = (_rounded(days) for days in (path.low_days, path.high_days))
    return words.length(low, high) if path.high_days else ""


def _rounded(days: float) -> float:
    """A sum of days as it is said: beyond the first day, to the half."""
    return round(days * 2) / 2 if days >= 1 else days


def _facts(here: Here, process: Process, flow: Flow) -> Iterator[tuple[str, str]]:
    yield "Why", markup.text(process.purpose)
    yield "Who decides", "; ".join(_decisions(here, process))
    yield "Accountable", here.name(Role, process.accountable)
    yield "Use it when", markup.text(process.use_when or "")
    yield "Skip it when", markup.text(process.skip_when or "")
    yield "Starts with", _start(here, process)
    yield "Ends with", markup.text(process.outcome)
    promised = f"promised within {words.duration(process.sla)}" if process.sla else ""
    yield "How long", markup.text("; ".join(filter(None, (how_long(process, flow), promised))))
    yield "How often", _volume(process.volume)


def _decisions(here: Here, process: Process) -> Iterator[str]:
    """Yield who makes each decision: who asks for an approval looks for this, and not for who answers for the whole."""
    for one in process.steps:
        if one.decision:
            yield f"{here.name(Role, one.responsible)}: {here.link(process, one.decision, f'step-{one.id}')}"


def _start(here: Here, process: Process) -> str:
    trigger = process.trigger
    said = [markup.text(trigger.event or ""), markup.text(trigger.request or "")]
    if trigger.every:
        rhythm = words.rhythm(trigger.every)
        said.append(markup.text(rhythm if any(said) else words.sentence(rhythm)))
    if trigger.from_:
        said.append(f"from {here.name(Process, trigger.from_)}")
    return "; ".join(filter(None, said))


def _volume(volume: Volume | None) -> str:
    if volume is None:
        return ""
    times = _TIMES.get(int(volume.count), "") if volume.count == int(volume.count) else ""
    return words.sentence(f"{times or words.count(volume.count, 'time')} a {volume.per}")


def _artifacts(here: Here, process: Process) -> str:
    """Return what has to be there before the first step, and what others receive in the end."""
    return markup.section(
        "Inputs and outputs",
        markup.table(
            ("In or out", "Artifact", "What it is"),
            (*_rows(here, "In", process.inputs), *_rows(here, "Out", process.outputs)),
        ),
        anchor="inputs-and-outputs",
    )


def _rows(here: Here, way: str, ids: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for id in ids:
        artifact = here.handbook.find(Artifact, id)
        yield (
            way,
            neighbours.artifact(here, way.lower(), id),
            markup.text(artifact.summary) if artifact else "",
        )
