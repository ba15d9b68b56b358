"""`handbook progress`: where hires stand on their paths, and what they have to read again."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import date

from handbook.check import load
from handbook.cli.output import write
from handbook.cli.progress import journal as kept
from handbook.cli.today import option
from handbook.errors import CLEAN
from handbook.workspace import Workspace, open_workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.model.handbook import Handbook
    from handbook.plan.acknowledged import Reopened
    from handbook.plan.journal import Entry

EXAMPLE = "handbook progress board --journal ../onboarding.csv"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    kept.option(parser)
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text", help="how to print it (default: %(default)s)")  # fmt: skip
    parser.add_argument("--out", metavar="FILE", help="where to write it (default: print it)")
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the board."""
    from handbook.plan import cohort_view
    from handbook.plan.cohort import cohorts

    workspace = open_workspace(arguments.root)
    handbook = load(workspace.sources(), workspace.settings).handbook
    entries = kept.read(arguments.journal)
    found = cohorts(handbook, entries, arguments.today or date.today(), kept.days_of(handbook, entries))
    again = open_again(workspace, handbook, entries)
    if arguments.format == "json":
        text = json.dumps(cohort_view.plain(found, again), indent=2, ensure_ascii=False) + "\n"
    elif arguments.format == "markdown":
        text = cohort_view.markdown(found, again)
    else:
        text = "".join(f"{line}\n" for line in cohort_view.text(found, again))
    write(arguments.out, text, "the board of hires")
    return CLEAN


def open_again(workspace: Workspace, handbook: Handbook, entries: Sequence[Entry]) -> list[Reopened]:
    """Return the sign-offs that do not hold any more; none where there is no history to tell."""
    from handbook.plan.acknowledged import reopened
    from handbook.plan.journal import READ

    repository = kept.repository_of(workspace)
    if repository is None or not any(one.what == READ for one in entries):
        return []
    from handbook.changes.timeline import timeline

    known = timeline(repository, "HEAD")
    then: dict[str, Handbook] = {}

    def at(commit: str) -> Handbook:
        if commit not in then:
            settings = workspace.settings
            then[commit] = load(repository.sources(commit, settings.folders), settings).handbook
        return then[commit]

    return list(reopened(entries, handbook, known.of, at))
