"""Measures the reading of histories beside its peers, and prints a table: `python tests/bench/history.py`.

One repository is generated: 27,000 commits on a handbook of 1,000 records. Others are clones of public ones:
`--repository clones/renovate renovatebot/renovate docs`. The exit status is 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.bench import past, table  # noqa: E402 - the line above makes them importable
from tests.bench.figure import Figure, Part, Result, Skipped, number, seconds  # noqa: E402
from tests.bench.measure import Command, Cost, Rival, in_turns, once, progress  # noqa: E402
from tests.bench.past import Past  # noqa: E402
from tests.bench.peers import Peer, program  # noqa: E402
from tests.bench.place import handbook, keep_bytecode  # noqa: E402

PAGE = ROOT / "docs/explanation/speed-of-history.md"
HERE = Path(__file__).resolve().parent
_SLOW = 500  #: commits that GitPython reads with all their records; more of them take minutes

#: what the design asks for: times `git log`, times `git log --raw`, times git-cliff the first time and again
_DESIGN = (1.5, 2.0, 2.0, 2.0)
#: what the generated history reaches with one processor, too; the page says why that is less
_GENERATED = (1.8, 3.8, 40.0, 25.0)

#: every commit in one line: the default lists only conventional ones, and handbooks have few of these
_CLIFF = """\
[changelog]
body = '''{% for commit in commits %}- {{ commit.message | split(pat="\\n") | first }} ({{ commit.author.name }})
{% endfor %}'''
[git]
conventional_commits = false
filter_unconventional = false
"""


def _cliff(home: Path, folder: Path) -> list[Command]:
    settings = folder.parent / "cliff.toml"
    settings.write_text(_CLIFF)
    return [[program(home, "git-cliff"), "--offline", "--config", str(settings)]]


CLIFF = Peer(
    name="git-cliff",
    packages=("git-cliff==2.14.2",),
    covers="release notes from the first lines of the messages",
    call=_cliff,
)


def _reading(*what: str) -> Command:
    return [sys.executable, str(HERE / "reading.py"), *what]


def _gitpython(*what: str) -> Command:
    return [sys.executable, str(HERE / "gitpython.py"), *what]


def messages(history: Past, runs: int) -> Iterator[Result | Part]:
    """Every message read and taken apart, against git that prints them."""
    rivals = {"ours": Rival([_reading("messages")]), "git log": Rival([["git", "log"]])}
    took = in_turns(rivals, history.folder, runs)
    slow = once(_gitpython("messages", str(history.commits)), history.folder)
    what = f"messages of {history.commits:,} commits"
    yield _against(
        history, what, took, "git log", history.goals[0], f"GitPython: {_times(slow, took['git log'])}"
    )


def records(history: Past, runs: int) -> Iterator[Result | Part]:
    """Every changed path, and every record before and after each change, against git that prints the paths."""
    raw = ["git", "log", "--raw"]
    rivals = {"ours": Rival([_reading("records", *history.records)]), "git log --raw": Rival([raw])}
    took = in_turns(rivals, history.folder, runs)
    slow = _gitpython("records", str(_SLOW), *history.records)
    some = [once(command, history.folder) for command in (slow, [*raw, f"--max-count={_SLOW}"])]
    beside = f"GitPython, the last {_SLOW} commits: {_times(*some)}"
    what = f"changed paths and records of {history.commits:,} commits"
    yield _against(history, what, took, "git log --raw", history.goals[1], beside)


def release(history: Past, runs: int) -> Iterator[Result | Part]:
    """The notes of a release with all that they say, against a list of the messages."""
    what = f"a release of {history.released} commits and {history.touched}"
    if history.touched.startswith("0 "):
        yield Skipped(f"{history.name}: {what}", "there is nothing in it that a handbook would have")
        return
    why = CLIFF.install()
    if why:
        yield Part(CLIFF, None, why)
        return
    notes = [handbook("notes", history.release)]
    rivals = {
        "first": Rival(notes, lambda: shutil.rmtree(history.folder / ".git/handbook", ignore_errors=True)),
        "again": Rival(notes),
        "git-cliff": Rival([[*each, history.release] for each in CLIFF.commands(history.folder)]),
    }
    took = in_turns(rivals, history.folder, runs)
    yield Part(CLIFF, took["git-cliff"])
    for word, when, goal in (
        ("first", "the first time", history.goals[2]),
        ("again", "again", history.goals[3]),
    ):
        yield _against(history, f"{what}, {when}", {**took, "ours": took[word]}, "git-cliff", goal)


ROWS: tuple[Callable[[Past, int], Iterator[Result | Part]], ...] = (messages, records, release)


def _against(
    history: Past, what: str, took: dict[str, Cost], peer: str, goal: float, more: str = ""
) -> Figure:
    ours, its = took["ours"].wall, took[peer].wall
    beside = "; ".join(filter(None, (f"{peer}: {_said(took[peer])}", more)))
    name = f"{history.name}: {what}"
    return Figure(name=name, value=ours / its, unit="x", goal=goal, ours=_said(took["ours"]), beside=beside)


def _said(cost: Cost) -> str:
    return f"{seconds(cost.wall)}, {seconds(cost.cpu)} CPU"


def _times(slow: Cost, quick: Cost) -> str:
    return f"{seconds(slow.wall)}, {number(slow.wall / quick.wall)} x"


def _histories(temporary: Path, count: int, given: Sequence[Sequence[str]]) -> Iterator[Past]:
    """Yield what is measured, each written when it is its turn."""
    if count:
        progress(f"writing a history of {count:,} commits")
        yield past.generated(temporary / "generated/repository", count, _GENERATED)
    for place, (clone, *more) in enumerate(given):
        name, docs = [*more, *(Path(clone).name, "docs")[len(more) :]][:2]
        progress(f"looking at {name}")
        (temporary / str(place)).mkdir()
        yield past.public(temporary / str(place) / "repository", clone, name, docs, _DESIGN)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the reading of histories beside other tools.")
    parser.add_argument(
        "--commits",
        type=int,
        default=27_000,
        metavar="N",
        help="commits of the generated history, 0 for none (default: %(default)s)",
    )
    parser.add_argument(
        "--repository",
        nargs="+",
        action="append",
        default=[],
        metavar=("CLONE", "NAME FOLDER"),
        help="measure a clone of a public repository too: what it is called, and the folder of its Markdown pages (default: the name of the clone's folder, and docs)",
    )
    parser.add_argument(
        "--runs", type=int, default=5, metavar="N", help="turns that each has (default: %(default)s)"
    )
    parser.add_argument(
        "--write", action="store_true", help=f"put the table into {PAGE.relative_to(ROOT)} too"
    )
    return parser.parse_args()


def main() -> int:
    """Measure what the command line asks for, and report."""
    options = _options()
    results: list[Result] = []
    parts: list[Part] = []
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as temporary:
        keep_bytecode(Path(temporary, "bytecode"))
        for history in _histories(Path(temporary), options.commits, options.repository):
            for row in ROWS:
                for each in row(history, options.runs):
                    if isinstance(each, Part):
                        parts.append(each)
                    else:
                        results.append(each)
    print(table.text(results, parts[:1]))
    if options.write:
        table.write(PAGE, results, parts[:1], "The handbook")
    return 0 if all(each.holds for each in results if isinstance(each, Figure)) else 1


if __name__ == "__main__":
    sys.exit(main())
