"""What is around a record: around a process what it starts from and leads to; around others the work that makes and uses them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from handbook.model.catalog import Artifact
from handbook.model.process import Process
from handbook.model.record import Record
from handbook.site import step
from handbook.site.diagram import surroundings
from handbook.site.diagram.surroundings import Box
from handbook.site.page import Here
from handbook.site.uses import uses
from handbook.text import markup

_SIDES = "in", "out"
_LEAST = 2  #: neighbours; a drawing of one would say less than the list
_LEGEND = (
    "At the left is what it starts from, at the right what it leads to. A folded corner is an artifact;"
    " “runs” is one process inside of another."
)

Row = tuple[str, ...]


class _Near(NamedTuple):
    """A neighbour: what it is to the process (`way` begins its anchor), and links to it or to steps of it."""

    way: str
    record: Record
    links: tuple[str, ...] = ()


def section(here: Here, process: Process) -> str:
    """Return the drawing and the list of the neighbours of a process."""
    found = list(_processes(here, process))
    facts = {
        label: ", ".join(_marked(one) for one in found if one.way == way) for way, label in _LABELS.items()
    }
    return markup.section("Before and after", _drawing(here, process, found), markup.facts(facts.items()), anchor="before-and-after")  # fmt: skip


def artifact(here: Here, way: str, id: str) -> str:
    """Return the name of an artifact with the anchor to which the drawing leads; `way` is `in` or `out`."""
    found = here.handbook.find(Artifact, id)
    return f"{here.link(found)}{{ #{_anchor(way, found.id)} }}" if found else markup.text(id)


def drawing(
    here: Here,
    record: Record,
    sides: tuple[Iterable[Record], Iterable[Record]],
    ways: tuple[str, str],
    legend: str,
) -> str:
    """Return the drawing of a record between others, work in the order of the lifecycle; nothing where there are too few.

    `ways` are words for the sides, seen from the record. The page has a link to each of the others with its anchor (`marked`).
    """
    left, right = (
        [Box(_of(way, one), one.title, "", one.kind) for one in _ordered(here, side)]
        for way, side in zip(_SIDES, sides, strict=True)
    )
    if len(left) + len(right) < _LEAST:
        return ""
    return markup.join(
        surroundings.figure(record.title, left, right, record.kind, ways), f"{legend}\n{{ .legend }}"
    )


def marked(way: str, record: Record, text: str) -> str:
    """Return text that ends with a link, and is the place to which the drawing leads; `way` is `in` or `out`."""
    return f"{text}{{ #{_of(way, record)} }}"


def rows(way: str, found: Iterable[tuple[Record, Row]]) -> Iterator[Row]:
    """Yield rows whose first cells end with links. The first one of each record is the place to which the drawing leads."""
    known = set()
    for record, (first, *more) in found:
        name = record.kind, record.id
        yield (first if name in known else marked(way, record, first), *more)
        known.add(name)


def _ordered(here: Here, found: Iterable[Record]) -> list[Record]:
    """Return each record once: processes by area, then the others as they come."""
    return sorted({(one.kind, one.id): one for one in found}.values(), key=here.place)


def _of(way: str, record: Record) -> str:
    return _anchor(f"{way}-{record.kind}", record.id)


def _drawing(here: Here, process: Process, found: Iterable[_Near]) -> str:
    near = [*found, *_artifacts(here, "in", process.inputs), *_artifacts(here, "out", process.outputs)]
    sides = ("from", "part", "in"), ("to", "runs", "out")
    left, right = (_boxes(one for way in ways for one in near if one.way == way) for ways in sides)
    if len(left) + len(right) < _LEAST:
        return ""
    said = f"{_LEGEND} {'The list below says' if found else 'The inputs and outputs above say'} the same in words."
    return markup.join(surroundings.figure(process.title, left, right), f"{said}\n{{ .legend }}")


def _boxes(found: Iterable[_Near]) -> list[Box]:
    """Return a box for each record: one that starts a process and runs it is one, and leads to the first place in the list."""
    boxes: dict[tuple[str, str], Box] = {}
    for one in found:
        label = "runs" if one.way in ("part", "runs") else ""
        box = Box(_anchor(one.way, one.record.id), one.record.title, label, one.record.kind)
        key = one.record.kind, one.record.id
        boxes[key] = boxes[key]._replace(label=label) if key in boxes else box
    return list(boxes.values())


def _processes(here: Here, process: Process) -> Iterator[_Near]:
    """Yield each process that starts this one or runs it, and each that this one runs or starts, with all links to it."""
    around = [
        use
        for use in uses(here.handbook, process)
        if isinstance(use.record, Process) and use.record is not process
    ]
    first = here.handbook.find(Process, process.trigger.from_)
    called = (here.handbook.find(Process, one.process) for one in process.steps if one.process)
    callers: dict[str, _Near] = {}
    for use in around:
        if use.key == "process":
            known = callers.get(use.record.id, _Near("part", use.record))
            links = (*known.links, step.link(here, use.record, use.part))
            callers[use.record.id] = known._replace(links=links)
    if first and first is not process:
        yield _Near("from", first, (here.link(first),))
    yield from callers.values()
    for one in {one.id: one for one in called if one and one is not process}.values():
        yield _Near("runs", one, (here.link(one),))
    for heir in {use.record.id: use.record for use in around if use.key == "from"}.values():
        yield _Near("to", heir, (here.link(heir),))


def _artifacts(here: Here, way: str, ids: Iterable[str]) -> Iterator[_Near]:
    found = (here.handbook.find(Artifact, id) for id in dict.fromkeys(ids))
    yield from (_Near(way, one) for one in found if one)


_LABELS = {"from": "Follows", "part": "Is part of", "runs": "Runs", "to": "Hands over to"}


def _marked(one: _Near) -> str:
    """Return the link to a neighbour with its anchor, which the first link gets where there are several."""
    first, *more = one.links
    return ", ".join((f"{first}{{ #{_anchor(one.way, one.record.id)} }}", *more))


def _anchor(way: str, id: str) -> str:
    return f"next-{way}-{id}"
