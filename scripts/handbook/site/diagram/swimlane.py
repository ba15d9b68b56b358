"""The swimlane diagram of a process: lanes are roles, time goes from left to right, each step leads to its section."""

from __future__ import annotations

from handbook.model.handbook import Handbook
from handbook.model.process import Process
from handbook.site.diagram.graph import Graph, Node, graph
from handbook.site.diagram.lanes import Lanes, Link, lanes
from handbook.text import words


def swimlane(handbook: Handbook, process: Process) -> Lanes:
    """Return the diagram of a process."""
    shown = graph(handbook, process)
    links = {id: _link(shown, node) for id, node in shown.nodes.items() if node.step}
    steps = words.count(len({link.anchor for link in links.values()}), "step")
    said = f"{steps} by {words.listed(shown.lanes.values())}. The list of steps says the same in words."
    return lanes(f"Swimlane diagram: {process.title}", said, shown, links)


def legend(diagram: Lanes) -> list[str]:
    """Return what the signs of the diagram mean, those that occur in it, as plain text."""
    nodes = diagram.layout.graph.nodes.values()
    kinds = {node.kind for node in nodes}
    said = ["Lanes are roles"]
    if any(node.critical for node in nodes):
        said.append("thick lines are the longest way")
    if "decision" in kinds:
        said.append("a rhombus is a decision")
    if kinds & {"split", "join"}:
        both = {"split": "starts all that follows", "join": "waits for all that leads to it"}
        said.append(f"a bar {words.listed(both[kind] for kind in both if kind in kinds)}")
    if any(node.step and node.step.process for node in nodes):
        said.append("a double side runs another process")
    return said


def _link(shown: Graph, node: Node) -> Link:
    step = node.step
    assert step is not None
    title = f"{node.number}. {node.label}" if node.number else node.label
    said = (title, words.duration(step.duration, "day"), shown.lanes[node.role])
    label = ", ".join(filter(None, said)) + (", on the longest way" if node.critical else "")
    return Link(f"step-{step.id}", label)
