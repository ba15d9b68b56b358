"""`handbook check`: what is wrong, where, and how to mend it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date

from handbook.baseline import BASELINE
from handbook.check.run import Run
from handbook.check.session import Session, in_session
from handbook.errors import CLEAN, FINDINGS, UserError
from handbook.finding import Severity
from handbook.frozen import Entity
from handbook.progress import bar
from handbook.report import FORMATS, renderer
from handbook.report.report import Report
from handbook.sources import SETTINGS, Disk
from handbook.triage import Raw, Triaged
from handbook.workspace import below, find, settings_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from handbook.baseline import Baseline
    from handbook.check.staged import Checked
    from handbook.finding import Fault
    from handbook.rules.registry import Rule

EXAMPLE = "handbook check --since main"


class Wanted(Entity):
    """The options of one call; the names are those of the parser, and so are the defaults."""

    root: str | None = None
    paths: Sequence[str] = ()
    staged: bool = False
    since: str | None = None
    history: bool = False
    watch: bool = False
    all: bool = False
    format: str = "text"
    no_baseline: bool = False
    no_cache: bool = False
    today: date | None = None


#: calls that are so frequent that importing a parser for them would be felt
KNOWN = {(): Wanted(), ("--staged",): Wanted(staged=True)}


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    from handbook.cli.today import option

    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="report only on these files and folders, and on what refers to them (default: all)"
    )  # fmt: skip
    change = parser.add_mutually_exclusive_group()
    change.add_argument(
        "--staged",
        action="store_true",
        help="report on what a commit would change now, and on what that breaks elsewhere",
    )
    change.add_argument(
        "--since",
        metavar="REVISION",
        help="report only what is wrong now and was not at a revision (default: everything)",
    )
    change.add_argument(
        "--watch", action="store_true", help="check again whenever a file changes, until Ctrl+C"
    )
    parser.add_argument(
        "--history",
        action="store_true",
        help="look at the history too: what changed since records were reviewed, and how they were reviewed",
    )
    parser.add_argument("--all", action="store_true", help="show infos too, not only errors and warnings")
    parser.add_argument(
        "--format", choices=tuple(FORMATS), default="text", metavar="FORMAT",
        help=f"how to report: {', '.join(FORMATS)} (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument("--no-baseline", action="store_true", help="report also what the baseline allows")
    parser.add_argument("--no-cache", action="store_true", help="read every file anew, and remember nothing")
    option(parser)


def run(arguments: Wanted) -> int:
    """Check the handbook and report. From the level of `fail_on` upwards, a finding makes the exit status 1."""
    root = find(arguments.root)
    if arguments.watch:
        from handbook.cli.watch import watch

        return watch(root, lambda: _once(root, arguments))
    return _once(root, arguments)


def _once(root: str, arguments: Wanted) -> int:
    gc.disable()  # what a check makes is gone when it ends; looking for cycles takes a tenth of its time
    try:
        return in_session(
            root, lambda session: _reported(root, session, arguments), remember=not arguments.no_cache
        )
    finally:
        gc.enable()


def _reported(root: str, session: Session, arguments: Wanted) -> int:
    check, files, items = _checked(root, session, arguments)
    baseline, faults = (None, ()) if arguments.no_baseline else _baseline(root)
    more = [*_raws(SETTINGS, session.faults), *_raws(BASELINE, faults)]
    if arguments.history or arguments.since:
        from handbook.cli.history import found

        wanted = below(root, arguments.paths, gone=session.index.known()) if arguments.paths else None
        raws = found(root, session.settings, arguments.since, whole=arguments.history)
        more += [raw for raw in raws if wanted is None or wanted(raw.path)]
    triaged = check.triaged(arguments.today or date.today(), selection=items, baseline=baseline, more=more,
                             infos=arguments.all)  # fmt: skip
    _print(_report(root, check, triaged, files, arguments), arguments.format)
    return FINDINGS if triaged.fails(session.settings.fail_on) else CLEAN


def _checked(root: str, session: Session, arguments: Wanted) -> Checked:
    """Bring the index up to date; return the check, the number of files it speaks of, and what to report, None for all."""
    revision = arguments.since
    if arguments.staged:
        # `pre-commit run --from-ref` asks for what lies between two commits, and says so here
        revision = os.environ.get("PRE_COMMIT_FROM_REF")
        if not revision:
            from handbook.check.staged import staged

            if arguments.paths:
                raise UserError(
                    "--staged is about all that is staged", "leave out the paths, or leave out --staged"
                )
            return staged(root, session)
    check = session.run(Disk(root, session.settings.folders))
    check.tell = bar("Reading the handbook")
    if not check.sources:
        folders = " and ".join(f"{folder}/" for folder in session.settings.folders)
        raise UserError(
            f"there is nothing to check: no records or pages in {folders}",
            "`handbook new` writes a first record",
        )
    wanted = below(root, arguments.paths, gone=session.index.known()) if arguments.paths else None
    check.everything()
    if wanted is not None and not any(map(wanted, (SETTINGS, *check.sources, *session.index.known()))):
        folders = " and ".join(f"{folder}/" for folder in session.settings.folders)
        raise UserError(
            f"there is no record and no page in {' or '.join(arguments.paths)}", f"they are below {folders}"
        )
    if revision:
        from handbook.check.staged import since

        return since(root, check, revision, wanted)
    if wanted is None:
        return check, len(check.sources), None
    from handbook.check.revisions import concerning

    return check, sum(map(wanted, check.sources)), concerning(check.index, wanted)


def _baseline(root: str) -> tuple[Baseline | None, tuple[Fault, ...]]:
    if not os.path.lexists(os.path.join(root, BASELINE)):
        return None, ()
    from handbook.cli.baseline import read

    return read(root)


def _raws(path: str, faults: Iterable[Fault]) -> list[Raw]:
    return [
        Raw(path=path, span=each.span, rule=each.rule, message=each.message, help=each.help, fix=each.fix)
        for each in faults
    ]


def _report(root: str, check: Run, triaged: Triaged, files: int, arguments: Wanted) -> Report:
    shown = tuple([f for f in triaged.findings if arguments.all or f.severity > Severity.INFO])

    def source(path: str) -> bytes:
        if path in (SETTINGS, BASELINE):
            return (settings_source(root) or b"") if path == SETTINGS else Disk(root, ()).beside(path) or b""
        return check.sources[path]

    rules = _documented(check, {finding.rule for finding in shown}) if shown else {}
    return Report(
        findings=shown, files=files, hidden=len(triaged.findings) - len(shown), rules=rules, source=source,
        root=_below_repository(root) if shown else "",
    )  # fmt: skip


def _below_repository(root: str) -> str:
    """Return where the handbook is, seen from the top of its repository; empty where it is the top itself."""
    names: list[str] = []
    folder = os.path.realpath(root)
    while not os.path.lexists(os.path.join(folder, ".git")):
        folder, name = os.path.split(folder)
        if not name:
            return ""
        names.insert(0, name)
    return "/".join(names)


def _documented(check: Run, names: set[str]) -> dict[str, Rule]:
    from handbook.rules import company
    from handbook.rules.registry import rules

    known = {**rules(), **company.rules(check.settings)}
    return {name: known[name] for name in sorted(names)}


def _print(report: Report, form: str) -> None:
    if form == "text":
        from handbook.report.text import render

        sys.stdout.write(render(report, colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR")))
        return
    sys.stdout.write(renderer(form)(report))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and summary:
        from handbook.report.github import summary_markdown

        with open(summary, "a", encoding="utf-8") as file:
            file.write(summary_markdown(report))
