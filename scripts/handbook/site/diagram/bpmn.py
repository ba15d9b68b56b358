"""A process as BPMN 2.0: the same steps, lanes and ways as its diagram, for tools that model or analyse processes.

What other readers ask for is written as they ask for it: each node says what comes in and goes out, ways that meet do
so in a gateway of their own, and everything has a place in the drawing. Ids come from those of the steps, so a small
change of a process is a small change of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handbook.model.handbook import Handbook
from handbook.model.process import Process, Step
from handbook.model.values import is_id
from handbook.site.diagram import lettering
from handbook.site.diagram.drawing import drawing
from handbook.site.diagram.graph import Graph, Node, graph
from handbook.site.diagram.layout import LINE, SMALL, Size, layout

_SPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "handbook": "urn:handbook",
}
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
_ESCAPED = re.compile('[&<>"\n\t\r]')
_GATEWAYS = {"decision": "exclusive", "merge": "exclusive", "split": "parallel", "join": "parallel"}
_PERIODS = {"day": "P1D", "week": "P1W", "month": "P1M", "quarter": "P3M", "year": "P1Y"}
_UNITS = {"DAILY": "D", "WEEKLY": "W", "MONTHLY": "M", "YEARLY": "Y"}
_EVENT, _GATEWAY, _TASK = 18.0, 25.0, 60.0  #: half of the width of a shape, as modelling tools draw it
_BESIDE, _INSIDE = 112.0, 104.0  #: room for words below events and gateways, and inside of tasks
#: fields of a step that BPMN has no place for
_OWN = ("responsible", "accountable", "consulted", "informed", "tool", "inputs", "outputs", "requires")

Lines = Iterator[str]


def document(handbook: Handbook, process: Process) -> str:
    """Return a process as a BPMN file."""
    shown = graph(handbook, process, merges=True)
    spaces = {f"xmlns:{name}": address for name, address in _SPACES.items()}
    head = {
        **spaces,
        "id": "definitions",
        "targetNamespace": f"urn:handbook:{process.id}",
        "exporter": "handbook",
    }
    made = layout(shown, _size)
    inside = (*_pool(process), *_process(process, shown), *drawing(made))
    return "\n".join(
        ('<?xml version="1.0" encoding="UTF-8"?>', *element("bpmn:definitions", head, inside), "")
    )


def escaped(value: str) -> str:
    """Return text as XML holds it, also in attributes, without characters that XML does not know."""
    return _ESCAPED.sub(lambda match: _ESCAPES[match[0]], _FORBIDDEN.sub(" ", value))


def element(name: str, attributes: dict[str, str], inside: Iterable[str] = ()) -> Lines:
    """Yield the lines of an element; attributes without a value are left out."""
    said = "".join(f' {key}="{escaped(value)}"' for key, value in attributes.items() if value)
    below = [f"  {line}" for line in inside]
    if below:
        yield f"<{name}{said}>"
        yield from below
        yield f"</{name}>"
    else:
        yield f"<{name}{said}/>"


def _text(name: str, value: str, attributes: str = "") -> Lines:
    if value:
        yield f"<{name}{attributes}>{escaped(value)}</{name}>"


def _size(node: Node) -> Size:
    """Return the size of a node as modelling tools draw it, with its name below where it has no room inside."""
    if node.kind == "task":
        lines = lettering.wrapped(node.label, SMALL + 1, [_INSIDE] * 8)
        half = max(40.0, len(lines) * 7.5 + 22)  # a sign takes the upper left corner
        return Size(_TASK, half, _TASK, half, half)
    half = _EVENT if node.kind in ("start", "end") else _GATEWAY
    lines = lettering.wrapped(node.label, SMALL, [_BESIDE] * 8)
    room = max(half, _BESIDE / 2) if lines else half
    return Size(
        half, half, room, half, half + (6 + LINE * len(lines) if lines else 0), pointed=half == _GATEWAY
    )


def _pool(process: Process) -> Lines:
    pool = element(
        "bpmn:participant", {"id": "pool", "name": process.title, "processRef": f"process-{process.id}"}
    )
    yield from element("bpmn:collaboration", {"id": "collaboration"}, pool)


def _process(process: Process, shown: Graph) -> Lines:
    come: dict[str, list[str]] = {}
    go: dict[str, list[str]] = {}
    for way in shown.ways:
        go.setdefault(way.source, []).append(f"{way.source}_{way.target}")
        come.setdefault(way.target, []).append(f"{way.source}_{way.target}")
    inside: list[str] = list(_text("bpmn:documentation", process.purpose))
    inside += element("bpmn:laneSet", {"id": "lanes"}, _lanes(shown))
    for node in shown.nodes.values():
        inside += _node(process, node, come.get(node.id, []), go.get(node.id, []))
    for way in shown.ways:
        inside += element(
            "bpmn:sequenceFlow",
            {
                "id": f"{way.source}_{way.target}",
                "name": way.label,
                "sourceRef": way.source,
                "targetRef": way.target,
            },
        )
    attributes = {"id": f"process-{process.id}", "name": process.title, "isExecutable": "false"}
    yield from element("bpmn:process", attributes, inside)


def _lanes(shown: Graph) -> Lines:
    for number, (role, name) in enumerate(shown.lanes.items(), 1):
        id = role if is_id(role) else str(number)  # a role that is not public is there by its title
        nodes = (node.id for node in shown.nodes.values() if node.role == role)
        inside = (f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in nodes)
        yield from element("bpmn:lane", {"id": f"lane-{id}", "name": name}, inside)


def _node(process: Process, node: Node, come: list[str], go: list[str]) -> Lines:
    attributes = {"id": node.id, "name": node.label}
    inside: list[str] = []
    if node.step and node.id.startswith("step-"):
        attributes |= _fields(node.step)
        inside += _text("bpmn:documentation", _said(node.step))
    inside += (f"<bpmn:incoming>{id}</bpmn:incoming>" for id in come)
    inside += (f"<bpmn:outgoing>{id}</bpmn:outgoing>" for id in go)
    if node.kind == "start":
        inside += _timer(process.trigger.every)
    if node.kind == "task" and node.step and node.step.process:
        attributes["calledElement"] = f"process-{node.step.process}"
    yield from element(f"bpmn:{_kind(node)}", attributes, inside)


def _kind(node: Node) -> str:
    if node.kind in ("start", "end"):
        return f"{node.kind}Event"
    if node.kind in _GATEWAYS:
        return f"{_GATEWAYS[node.kind]}Gateway"
    step = node.step
    if step and step.process:
        return "callActivity"
    return "serviceTask" if step and step.automation == "full" else "userTask"


def _fields(step: Step) -> dict[str, str]:
    """Return what BPMN has no place for, as attributes of our own: ids with spaces between them."""
    found: dict[str, str] = {}
    for name in _OWN:
        value = getattr(step, name)
        found[f"handbook:{name}"] = " ".join(value) if isinstance(value, tuple) else value or ""
    found["handbook:max"] = str(step.max) if step.max else ""
    found["handbook:effort"] = step.effort.text if step.effort else ""
    found["handbook:duration"] = step.duration.text if step.duration else ""
    return found


def _said(step: Step) -> str:
    points = "\n".join(f"- {point}" for point in step.checklist)
    return "\n\n".join(filter(None, ((step.instructions or "").strip(), points)))


def _timer(every: str | None) -> Lines:
    """Yield what starts a process that has a rhythm."""
    period = _period(every) if every else ""
    if period:
        cycle = _text("bpmn:timeCycle", f"R/{period}", ' xsi:type="bpmn:tFormalExpression"')
        yield from element("bpmn:timerEventDefinition", {"id": "rhythm"}, cycle)


def _period(every: str) -> str:
    """Return a rhythm as a period of ISO 8601. The days on which it falls have no place there."""
    if every in _PERIODS:
        return _PERIODS[every]
    rule = dict(part.split("=", 1) for part in every.split(";") if "=" in part)
    unit = _UNITS.get(rule.get("FREQ", ""), "")
    return f"P{rule.get('INTERVAL', '1')}{unit}" if unit else ""
