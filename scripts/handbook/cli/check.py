"""`handbook check`: what is wrong, where, and how to mend it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from datetime import date

from handbook.check import check, fault_findings
from handbook.errors import CLEAN, FINDINGS, UserError
from handbook.finding import Finding, Severity
from handbook.sources import SETTINGS, Sources
from handbook.workspace import Workspace, open_workspace

EXAMPLE = "handbook check processes/release"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="report only on these files and folders (default: all)"
    )
    parser.add_argument("--all", action="store_true", help="show infos too, not only errors and warnings")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to report (default: %(default)s)"
    )
    parser.add_argument("--today", type=_day, metavar="DATE", help="the day to check for (default: today)")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a day such as 2026-10-05') from None


def run(arguments: argparse.Namespace) -> int:
    """Check the handbook and report. Errors make the exit status 1; warnings and infos do not."""
    workspace = open_workspace(arguments.root)
    wanted = _below(workspace, arguments.paths)
    sources = workspace.sources()
    if not sources:
        folders = " and ".join(f"{folder}/" for folder in workspace.settings.folders)
        raise UserError(
            f"there is nothing to check: no records or pages in {folders}",
            "`handbook new` writes a first record",
        )
    today = arguments.today or date.today()
    findings = [*fault_findings(SETTINGS, workspace.faults), *check(sources, workspace.settings, today)]
    found = [finding for finding in findings if wanted is None or _is_below(finding.path, wanted)]
    shown = [finding for finding in found if arguments.all or finding.severity > Severity.INFO]
    files = sum(wanted is None or _is_below(path, wanted) for path in sources)
    if arguments.format == "json":
        _print_json(shown, files)
    else:
        _print_text(shown, files, len(found) - len(shown), workspace, sources)
    return FINDINGS if any(finding.severity is Severity.ERROR for finding in found) else CLEAN


def _below(workspace: Workspace, paths: list[str]) -> list[str] | None:
    """Return the paths to report on, relative to the root, or None where that is everything."""
    wanted = []
    for path in paths:
        if not os.path.lexists(path):
            raise UserError(f'there is no file or folder "{path}"', "paths count from the current folder")
        relative = os.path.relpath(os.path.realpath(path), workspace.root).replace(os.sep, "/")
        if relative.startswith("../"):
            raise UserError(f'"{path}" is outside the handbook in {workspace.root}', "name a path inside it")
        wanted.append(relative)
    return None if not paths or "." in wanted else wanted


def _is_below(path: str, wanted: Iterable[str]) -> bool:
    return any(path == given or path.startswith(f"{given}/") for given in wanted)


def _print_json(findings: list[Finding], files: int) -> None:
    from handbook.report.json import json

    sys.stdout.write(json(findings, files) + "\n")


def _print_text(
    findings: list[Finding], files: int, hidden: int, workspace: Workspace, sources: Sources
) -> None:
    from handbook.report.text import summary, text
    from handbook.text import words

    if findings:
        lines = {path: _lines(path, workspace, sources) for path in {finding.path for finding in findings}}
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        sys.stdout.write(text(findings, lines, colour=colour) + "\n")
    more = f" ({words.count(hidden, 'info')}: --all shows them)" if hidden else ""
    sys.stdout.write(summary(findings, files) + more + "\n")


def _lines(path: str, workspace: Workspace, sources: Sources) -> list[str]:
    try:
        source = workspace.read_settings_file() if path == SETTINGS else sources[path]
    except OSError:
        return []
    return source.decode(errors="replace").removeprefix("\ufeff").splitlines()
