"""`handbook fix`: mend what can be mended without a doubt, and show or follow suggestions."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from handbook import files
from handbook.check.session import Session, in_session
from handbook.errors import CLEAN, FINDINGS
from handbook.finding import Finding
from handbook.fix import Mended, mend
from handbook.sources import Disk
from handbook.text import words
from handbook.workspace import below, find

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

EXAMPLE = "handbook fix --diff"


class _Draft(Disk):
    """The handbook on disk, with some files as they are to become."""

    changed: Mapping[str, bytes] = {}

    def __getitem__(self, path: str) -> bytes:
        return self.changed[path] if path in self.changed else super().__getitem__(path)


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    from handbook.cli.today import option

    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="mend only these files and folders (default: all)"
    )
    parser.add_argument("--diff", action="store_true", help="show what would change, and write nothing")
    parser.add_argument(
        "--unsafe",
        action="store_true",
        help="follow suggestions too, where something else may have been meant",
    )
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Mend the handbook. With --diff the exit status is 1 where something would change."""
    gc.disable()  # as in a check: what it makes is gone when it ends
    root = find(arguments.root)
    wanted = below(root, arguments.paths)

    def mending(session: Session) -> tuple[_Draft, Mended, int]:
        sources = _Draft(root, session.settings.folders)
        check = _check(session, sources, wanted, arguments.today or date.today())
        mended = mend(sources, check, unsafe=arguments.unsafe)
        left = () if arguments.unsafe else check(mended.files)
        return sources, mended, sum(1 for each in left if each.fix and not each.fix.safe)

    sources, mended, left = in_session(root, mending)
    if arguments.diff:
        sys.stdout.writelines(_diff(sources, mended))
        return FINDINGS if mended.files else CLEAN
    _write(root, sources, mended)
    sys.stdout.writelines(_report(mended, left))
    return CLEAN


def _check(
    session: Session, sources: _Draft, wanted: Callable[[str], bool] | None, today: date
) -> Callable[[Mapping[str, bytes]], list[Finding]]:
    """Return the check of the handbook as it is to become. What was read once is remembered from one to the next."""

    def check(changed: Mapping[str, bytes]) -> list[Finding]:
        sources.changed = changed
        session.index.doubt(changed)
        run = session.run(sources)
        run.everything()
        session.index.doubt(changed)
        found = run.triaged(today).findings
        sources.changed = {}
        return [finding for finding in found if wanted is None or wanted(finding.path)]

    return check


def _write(root: str, sources: Disk, mended: Mended) -> None:
    for path, data in sorted(mended.files.items()):
        files.write(sources.place(path), data, within=root)


def _diff(sources: Disk, mended: Mended) -> Iterator[str]:
    import difflib

    for path, data in sorted(mended.files.items()):
        old, new = (text.decode(errors="replace").splitlines(keepends=True) for text in (sources[path], data))
        for line in difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _report(mended: Mended, left: int) -> Iterator[str]:
    for finding in mended.done:
        assert finding.fix is not None
        yield f"{_place(finding)}: {finding.fix.title}\n"
    for finding, reason in mended.refused:
        yield f"{_place(finding)}: not mended: {reason}\n"
    fixes = f"mended {words.count(len(mended.done), 'finding')} in {words.count(len(mended.files), 'file')}"
    more = (
        f"; {words.count(left, 'suggestion')}: `handbook fix --unsafe --diff` shows {'it' if left == 1 else 'them'}"
        if left
        else ""
    )
    yield f"{fixes if mended.done else 'nothing was mended'}{more}\n"


def _place(finding: Finding) -> str:
    return f"{finding.path}:{finding.span.line} {finding.rule}"
