"""The rows of the table: what is measured, beside what, and with which goal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.bench import tools
from tests.bench.figure import Figure, Part, Result, Skipped, seconds
from tests.bench.measure import Cost, Rival, in_turns, once
from tests.bench.peers import Peer
from tests.bench.place import PASS, Place, check, forget, handbook

_LARGE = 5000

Found = Iterator[Result | Part]


def start_up(place: Place, runs: int) -> Found:
    """The start of the command against that of an empty program."""
    took = in_turns(
        {"ours": Rival([handbook("--version")]), "pass": Rival([PASS])}, place.temporary, 8 * runs
    )
    yield _against_pass("start-up", took["ours"], took["pass"], 2)


def cold_cpu(place: Place, runs: int) -> Found:
    """A check without an index, against the tools that teams put together today; large handbooks take these very long."""
    runs = runs if place.records < _LARGE else 1
    yield from _cold(place, runs, "cold check, CPU", tools.CLASSIC, lambda cost: cost.cpu, 13, at_least=True)


def cold_wall(place: Place, runs: int) -> Found:
    """A check without an index, against the fastest tools for the same work, which are compiled for one machine each."""
    yield from _cold(place, runs, "cold check, wall clock", tools.NATIVE, lambda cost: cost.wall, 1.7)


def _cold(
    place: Place,
    runs: int,
    name: str,
    peers: tuple[Peer, ...],
    part: Callable[[Cost], float],
    goal: float,
    *,
    at_least: bool = False,
) -> Found:
    """Yield the tools, and the ratio: how much less we take where that is to be `at_least` the goal, else how much more."""
    missing = {peer: why for peer in peers if (why := peer.install())}
    present = [peer for peer in peers if peer not in missing]
    rivals = {peer.name: Rival(peer.commands(place.folder)) for peer in present}
    took = in_turns({"ours": Rival([check()], lambda: forget(place.folder)), **rivals}, place.folder, runs)
    yield from (Part(peer, took.get(peer.name), missing.get(peer, "")) for peer in peers)
    if not present:
        yield Skipped(name, "none of the other tools can be installed here")
        return
    ours, theirs = part(took["ours"]), sum(part(took[peer.name]) for peer in present)
    yield Figure(
        name=f"{name}, {place.size}",
        value=theirs / ours if at_least else ours / theirs,
        unit="x less" if at_least else "x",
        goal=goal,
        at_least=at_least,
        ours=seconds(ours),
        beside=f"{' + '.join(peer.name for peer in present)}: {seconds(theirs)}",
    )


def memory(place: Place, runs: int) -> Found:
    """The memory of a check without an index."""
    forget(place.folder)
    yield _peak(f"cold check, memory, {place.size}", once(check(), place.folder), 80)


def warm(place: Place, runs: int) -> Found:
    """A check in which nothing changed since the last one."""
    once(check(), place.repository)
    took = in_turns({"ours": Rival([check()]), "pass": Rival([PASS])}, place.repository, 3 * runs)
    yield _against_pass(f"check with nothing changed, {place.size}", took["ours"], took["pass"], 12)
    yield _peak(f"check with nothing changed, memory, {place.size}", took["ours"], 30)


def staged(place: Place, runs: int) -> Found:
    """The check of one staged change, as the commit hook does it: with a change that it has not seen in each run."""
    name = f"one staged file, {place.size}"
    once(check(), place.repository)
    edit = _Edit(place)
    rivals = {"ours": Rival([check("--staged")], edit.stage), "pass": Rival([PASS])}
    took = in_turns(rivals, place.repository, 5 * runs)
    yield _against_pass(name, took["ours"], took["pass"], 4.5)


class _Edit:
    """A record that gets another sentence each time."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.file = next(file for file in sorted(place.repository.glob("processes/release/*.yaml")))
        self.text = self.file.read_text()
        self.times = 0

    def stage(self) -> None:
        """Change the record and stage it."""
        self.times += 1
        note = f"\nnotes: |\n  This was edited {self.times} times.\n"
        self.file.write_text(self.text.replace("\nnotes: |\n", note, 1))
        self.place.git("add", str(self.file))


def _against_pass(name: str, ours: Cost, empty: Cost, goal: float) -> Figure:
    beside = f"python -c pass: {seconds(empty.wall)}"
    return Figure(
        name=name, value=ours.wall / empty.wall, unit="x", goal=goal, ours=seconds(ours.wall), beside=beside
    )


def _peak(name: str, ours: Cost, goal: float) -> Figure:
    return Figure(name=name, value=ours.peak, unit="MiB", goal=goal, ours=f"{ours.peak:.0f} MiB")
