"""`handbook launch measure`: the value that a metric had after the launch, beside its target."""

from __future__ import annotations

import argparse
from datetime import date

from handbook.cli.launch.desk import Desk, open_desk
from handbook.cli.today import option, past_day
from handbook.errors import CLEAN, UserError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.finding import Change

EXAMPLE = 'handbook launch measure shared-dashboards adoption-rate="27%" support-contact-rate="3.1 cases"'


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("id", metavar="LAUNCH", help="the launch, such as shared-dashboards")
    parser.add_argument(
        "values", nargs="+", metavar="METRIC=VALUE", help="what was measured, such as adoption-rate=27%%"
    )
    parser.add_argument("--on", metavar="DATE", help="the day of the values (default: today)")
    option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the values into the plan, and say whether they meet their targets."""
    from handbook.plan.record import write

    desk = open_desk(arguments.root, arguments.id)
    today = arguments.today or date.today()
    day = past_day(arguments.on, today, "measured")
    given = dict(_given(desk, entry) for entry in arguments.values)
    changes = [change for metric, value in given.items() for change in _changes(desk, metric, value, day)]
    desk.save(write(desk.source, desk.launch, changes), "\n".join(_said(desk, given)))
    return CLEAN


def _given(desk: Desk, entry: str) -> tuple[str, str]:
    from handbook.text.near import did_you_mean, listed

    metric, sign, value = (part.strip() for part in entry.partition("="))
    known = [one.metric for one in desk.launch.metrics]
    if not sign or not value:
        raise UserError(f'"{entry}" has no value', "write a metric and its value: adoption-rate=27%")
    if metric not in known:
        hint = (
            f"its metrics are {listed(known, 'and')}"
            if known
            else f"add it to metrics in {desk.launch.at.path}"
        )
        raise UserError(
            f'the launch "{desk.launch.id}" does not measure "{metric}"{did_you_mean(metric, known)}', hint
        )
    return metric, value


def _changes(desk: Desk, metric: str, value: str, day: date) -> Iterator[Change]:
    from handbook.finding import Change

    at = next(one.at for one in desk.launch.metrics if one.metric == metric)
    yield Change(at / "actual", value)
    yield Change(at / "measured_on", day.isoformat())


def _said(desk: Desk, given: dict[str, str]) -> Iterator[str]:
    from handbook.plan.outcome import met

    for metric, value in given.items():
        target = next(one.target for one in desk.launch.metrics if one.metric == metric)
        answer = {True: "met", False: "missed", None: "not compared"}[met(target, value)]
        yield f"{metric}: {value}, target {target.text if target else 'none'}: {answer}"
