"""`handbook progress done`: items of an onboarding path ticked off by hand."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from handbook.check import load
from handbook.cli.progress import journal as kept
from handbook.cli.today import option, past_day
from handbook.errors import CLEAN, UserError
from handbook.workspace import open_workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.model.handbook import Handbook
    from handbook.plan.sheet import Sheet

EXAMPLE = "handbook progress done product-manager-2026-11-30-kim read-first-day access-chat --journal ../onboarding.csv"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("plan", metavar="PLAN", help="the plan of the hire, as `handbook onboard` names it: path, start and handle")  # fmt: skip
    parser.add_argument("items", nargs="+", metavar="ITEM", help="ids of items, or of processes that were read and understood")  # fmt: skip
    parser.add_argument("--on", metavar="DATE", help="the day on which it was done (default: today)")
    kept.option(parser)
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the items into the journal."""
    from handbook.plan import journal

    workspace = open_workspace(arguments.root)
    handbook = load(workspace.sources(), workspace.settings).handbook
    today = arguments.today or date.today()
    day = past_day(arguments.on, today, "done")
    plan = _plan(arguments.plan, handbook)
    entries = []
    for item in dict.fromkeys(arguments.items):
        found = journal.entry(_key(plan, item), day)
        assert found is not None  # the key is one of ours
        entries.append(found)
    added = kept.add(arguments.journal, entries, workspace, handbook)
    sys.stderr.write(f"Written: {added} of {len(entries)} are new in {arguments.journal}\n")
    return CLEAN


def _plan(id: str, handbook: Handbook) -> Sheet:
    from handbook.model.onboarding import OnboardingPath
    from handbook.plan import asked, journal
    from handbook.plan.onboarding import Hire, onboarding

    made = journal.entry(f"{id}.x", date.min)
    if made is None:
        raise UserError(f'"{id}" is not the name of a plan', "it is made of path, start and handle: product-manager-2026-11-30-kim")  # fmt: skip
    path = asked.record(handbook, OnboardingPath, made.path)
    return onboarding(
        handbook, path, Hire(start=made.start, handle=made.who), kept.days_of(handbook, [made])(path)
    )


def _key(plan: Sheet, item: str) -> str:
    from handbook.text.near import did_you_mean

    keys = {one.key for one in plan.items}
    for key in (f"{plan.id}.{item}", f"{plan.id}.sign-off.{item}"):
        if key in keys:
            return key
    known = [key.rpartition(".")[2] for key in keys]
    raise UserError(f'the path has no item "{item}"{did_you_mean(item, known)}', "its page lists them")
