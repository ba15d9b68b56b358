"""What a diagram of a process shows: its steps, and what lies between them, as nodes in lanes and ways between nodes.

A step for which several have to be done waits behind a `join`; what several follow at once stands before a `split`.
With `merges`, ways that enter a step one or the other meet before it, as BPMN wants it.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from handbook.model import flow as flows
from handbook.model.catalog import Role
from handbook.model.flow import Edge, Flow
from handbook.model.handbook import Handbook
from handbook.model.process import Process, Step, Trigger
from handbook.text import words


class Node(NamedTuple):
    """Something in a lane. `kind` is start, end, task, decision, split, join or merge."""

    id: str
    kind: str
    role: str
    label: str = ""
    step: Step | None = None
    number: int = 0  #: of the step, from 1
    critical: bool = False


class Way(NamedTuple):
    """A way from one node to another. One that leads `back` is not counted when nodes are put in order."""

    source: str
    target: str
    label: str = ""
    back: bool = False
    critical: bool = False


class Graph(NamedTuple):
    """The nodes in reading order, the ways, and the lanes with their names."""

    nodes: dict[str, Node]
    ways: list[Way]
    lanes: dict[str, str]


class _Exit(NamedTuple):
    """A way out of a step: to a step, or to an end that is called `end`."""

    source: str
    target: str | None
    label: str
    waits: bool = False
    answers: bool = False
    back: bool = False
    end: str = ""

    @property
    def where(self) -> str:
        """What it leads to; ends differ by their names."""
        return self.target or f" {self.end}"


def graph(handbook: Handbook, process: Process, *, merges: bool = False) -> Graph:
    """Return what a diagram of a process shows."""
    flow = flows.flow(process)
    path = flows.critical_path(flow)
    longest = path.steps if path.high_days else ()
    exits = {id: list(_exits(flow, step, process.outcome)) for id, step in flow.steps.items()}
    lanes, roles = dict[str, str](), dict[str, str]()
    for step in flow.steps.values():
        role = handbook.find(Role, step.responsible)
        roles[step.id] = role.id if role else step.responsible
        lanes[roles[step.id]] = role.title if role else step.responsible
    made = _Made(flow, exits, roles, longest, merges)
    made.begin(_trigger(handbook, process))
    for number, id in enumerate(flow.steps, 1):
        made.add(id, number)
    made.finish()
    return Graph(made.nodes, unrolled(made.nodes, made.ways.values()), lanes)


class _Made:
    """A graph while it is made."""

    def __init__(
        self,
        flow: Flow,
        exits: dict[str, list[_Exit]],
        roles: dict[str, str],
        longest: Sequence[str],
        merges: bool,
    ) -> None:
        self.nodes: dict[str, Node] = {}
        self.ways: dict[tuple[str, str], Way] = {}
        self._flow, self._exits, self._roles, self._merges = flow, exits, roles, merges
        self._longest = longest
        self._pairs = set(itertools.pairwise(longest))
        self._entries: dict[str, list[_Exit]] = {}
        for exit in (exit for found in exits.values() for exit in found):
            others = self._entries.setdefault(exit.target or "", [])
            if not any(other.source == exit.source and other.waits == exit.waits for other in others):
                others.append(exit)

    def begin(self, label: str) -> None:
        """Add the start, and the ways from it."""
        starts = self._flow.starts
        role = self._roles[starts[0]]
        self._node(Node("start", "start", role, label, critical=bool(self._longest)))
        tail = self._split("start", role, len(starts), critical=bool(self._longest))
        for id in starts:
            self._way(tail, self._entry(id), critical=self._longest[:1] == (id,))

    def add(self, id: str, number: int) -> None:
        """Add a step with what stands before and behind it, and the ways out of it."""
        step, exits, critical = self._flow.steps[id], self._exits[id], id in self._longest
        self._before(id, critical)
        answers = [exit for exit in exits if exit.answers]
        others = [exit for exit in exits if not exit.answers]
        decides = len({exit.where for exit in answers}) > 1
        kind = "decision" if decides and not others else "task"
        tail = f"step-{id}"
        self._node(Node(tail, kind, self._roles[id], step.name, step, number, critical))
        if kind == "task":
            ways = decides + len({self._head(exit) for exit in (others if decides else exits)})
            tail = self._split(tail, self._roles[id], ways, critical)
        for exit in others:
            self._leave(tail, exit)
        if decides and others:
            self._node(Node(f"choice-{id}", "decision", self._roles[id], step.name, step, 0, critical))
            self._way(tail, f"choice-{id}", critical=critical)
            tail = f"choice-{id}"
        for exit in answers:
            self._leave(tail, exit)

    def finish(self) -> None:
        """Take out merges that only one way enters: an answer and a need can be the same one."""
        entering = Counter(target for _, target in self.ways)
        for (source, target), way in list(self.ways.items()):
            if self.nodes[target].kind == "merge" and entering[target] == 1:
                del self.nodes[target], self.ways[source, target]
                out = self.ways.pop((target, f"step-{target.removeprefix('merge-')}"))
                self.ways[source, out.target] = way._replace(target=out.target)

    def _before(self, id: str, critical: bool) -> None:
        """Add what stands before a step: a merge of ways, and a join of those for which it waits together."""
        role = self._roles[id]
        waited = [exit for exit in self._entries.get(id, ()) if exit.waits]
        if len(waited) > 1:
            self._node(Node(f"join-{id}", "join", role, critical=critical))
            into = self._entry(id)
            self._way(f"join-{id}", into, critical=critical and self._waits_longest(id, waited))
        if self._entry(id) != f"step-{id}":
            self._node(Node(f"merge-{id}", "merge", role, critical=critical))
            self._way(f"merge-{id}", f"step-{id}", critical=critical)

    def _waits_longest(self, id: str, waited: Iterable[_Exit]) -> bool:
        return any((exit.source, id) in self._pairs for exit in waited)

    def _entry(self, id: str) -> str:
        """Return the node at which one enters a step."""
        entries = self._entries.get(id, ())
        waited = sum(exit.waits for exit in entries)
        ways = len(entries) - waited + bool(waited) + (id in self._flow.starts)
        return f"merge-{id}" if self._merges and ways > 1 else f"step-{id}"

    def _split(self, own: str, role: str, ways: int, critical: bool) -> str:
        """Return the node from which ways leave that are all gone; where there is one way only, that is the node itself."""
        if ways < 2:
            return own
        self._node(Node(f"split-{own}", "split", role, critical=critical))
        self._way(own, f"split-{own}", critical=critical)
        return f"split-{own}"

    def _leave(self, tail: str, exit: _Exit) -> None:
        if exit.target is None:
            self._end(tail, exit)
            return
        critical = not exit.back and (exit.source, exit.target) in self._pairs
        self._way(tail, self._head(exit), self._said(tail, exit), exit.back, critical)

    def _head(self, exit: _Exit) -> str:
        """Return the node to which a way leads; for an end, its name."""
        if exit.target is None:
            return exit.where
        waits = exit.waits and sum(one.waits for one in self._entries[exit.target]) > 1
        return f"join-{exit.target}" if waits else self._entry(exit.target)

    def _said(self, tail: str, exit: _Exit) -> str:
        """Return what a way is called: in BPMN only one that is chosen has a name."""
        return exit.label if not self._merges or self.nodes[tail].kind == "decision" else ""

    def _end(self, tail: str, exit: _Exit) -> None:
        """Add an end. Ends of the same name behind one step are one."""
        number = len([id for id in self.nodes if id.startswith(f"end-{exit.source}.")])
        known = [way for way in self.ways.values() if way.source == tail and way.target.startswith("end-")]
        same = next((way.target for way in known if self.nodes[way.target].label == exit.end), "")
        id = same or f"end-{exit.source}.{number + 1}"
        critical = self._longest[-1:] == (exit.source,)
        role = self._roles[exit.source]
        if not same:
            self._node(Node(id, "end", role, exit.end, critical=critical))
        self._way(tail, id, self._said(tail, exit), critical=critical)

    def _node(self, node: Node) -> None:
        self.nodes[node.id] = node

    def _way(
        self, source: str, target: str, label: str = "", back: bool = False, critical: bool = False
    ) -> None:
        """Add a way. Answers that lead to the same place are one way with both names."""
        known = self.ways.get((source, target))
        if known:
            label = " or ".join(dict.fromkeys(filter(None, (known.label, label))))
            back, critical = back and known.back, critical or known.critical
        self.ways[source, target] = Way(source, target, label, back, critical)


def _exits(flow: Flow, step: Step, outcome: str) -> Iterator[_Exit]:
    """Yield the ways out of a step: those that no answer chooses first, then the answers in their order."""
    ways = flow.after(step.id)
    by_place = {way.at: way for way in ways if way.when is not None}
    seen: set[str] = set()
    for way in ways:
        if way.when is None and way.target not in seen:
            seen.add(way.target)
            limit = f"at most {words.count(step.max, 'time')}" if step.max and way.jump else ""
            yield _Exit(step.id, way.target, limit, not way.jump, False, way.back)
    answered = False
    for option in step.options:
        found: Edge | None = by_place.get(option.at / "to")
        if found or option.to is None:
            answered = True
            target = found.target if found else None
            back = found.back if found else False
            limit = f" (at most {words.count(step.max, 'time')})" if step.max and back else ""
            yield _Exit(step.id, target, option.when + limit, answers=True, back=back, end=option.end or "")
    if not (seen or answered):
        yield _Exit(step.id, None, "", end=outcome)


def _trigger(handbook: Handbook, process: Process) -> str:
    trigger: Trigger = process.trigger
    before = handbook.find(Process, trigger.from_)
    rhythm = words.sentence(words.rhythm(trigger.every)) if trigger.every else ""
    return trigger.event or trigger.request or rhythm or (f"After: {before.title}" if before else "Start")


def unrolled(nodes: dict[str, Node], ways: Iterable[Way]) -> list[Way]:
    """Return the ways so that without those that lead back there is no circle, also where steps need each other."""
    found = list(ways)
    after: dict[str, list[int]] = {}
    waiting = dict.fromkeys(nodes, 0)
    for index, way in enumerate(found):
        if not way.back:
            after.setdefault(way.source, []).append(index)
            waiting[way.target] += 1
    left = dict.fromkeys(nodes)
    queue = [id for id in nodes if not waiting[id]]
    while left:
        if not queue:  # a circle: enter it at the first of its nodes
            first = next(iter(left))
            for index, way in enumerate(found):
                if way.target == first and way.source in left and not way.back:
                    found[index] = way._replace(back=True)
            waiting[first] = 0
            queue.append(first)
        id = queue.pop()
        left.pop(id, None)
        for index in after.get(id, ()):
            way = found[index]
            waiting[way.target] -= not way.back
            if not waiting[way.target] and way.target in left and way.target not in queue:
                queue.append(way.target)
    return found
