"""Launches for the tools that others work with: one renderer in each module, with `render(sheets, context)`. All are pure.

A renderer imports what it needs itself, so that a heavy package is loaded only for the format that is asked for.
"""

from __future__ import annotations

import importlib

from handbook.frozen import Entity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from handbook.plan.exports.context import Context
    from handbook.plan.sheet import Sheet


class Format(Entity):
    """A way to write launches: `render` names a module of this package and its function.

    `ending` is that of its files. `several` is whether one file holds several launches. `beside` is a second file
    that belongs to it: its ending, and its renderer. `mark` is whether a file begins with a byte order mark, by which
    spreadsheets know UTF-8. `judged` is whether it says where a launch stands, `stamped` whether it says how often
    something changed.
    """

    sentence: str
    ending: str
    render: str
    several: bool = False
    binary: bool = False
    mark: bool = False
    beside: tuple[str, str] | None = None
    judged: bool = False
    stamped: bool = False


#: format -> what it is; the sentence reads after "for"
FORMATS = {
    "asana": Format(
        sentence="the CSV importer of Asana: sections, dates and dependencies",
        ending=".csv",
        render="asana:render",
    ),
    "csv": Format(
        sentence="spreadsheets: one row for each task and gate",
        ending=".csv",
        render="csv:render",
        several=True,
        mark=True,
    ),
    "github": Format(
        sentence="issues at GitHub, as JSON: parents, blockers and a milestone; --apply creates them",
        ending=".json",
        render="github:render",
    ),
    "html": Format(
        sentence="printing: one page with boxes to tick",
        ending=".html",
        render="html:render",
        several=True,
    ),
    "ics": Format(
        sentence="calendars: each task, gate and launch day as an event",
        ending=".ics",
        render="ics:render",
        stamped=True,
        several=True,
    ),
    "ics-tasks": Format(
        sentence="task lists of calendar programs: each task and gate with its due day",
        ending=".ics",
        render="ics:render_tasks",
        stamped=True,
        several=True,
    ),
    "jira": Format(
        sentence="the CSV importer of Jira, with its configuration in a second file",
        ending=".csv",
        render="jira:render",
        several=True,
        beside=(".config.json", "jira:configuration"),
    ),
    "json": Format(
        sentence="programs; schemas/output/launch.schema.json describes every key",
        ending=".json",
        render="json:render",
        stamped=True,
        several=True,
    ),
    "linear": Format(
        sentence="the CSV importer of Linear",
        ending=".csv",
        render="linear:render",
        several=True,
    ),
    "markdown": Format(
        sentence="pages, mails and issues: a checklist by phase",
        ending=".md",
        render="markdown:render",
        several=True,
    ),
    "mattermost": Format(
        sentence="Mattermost: a playbook with a checklist for each phase",
        ending=".json",
        render="mattermost:render",
    ),
    "pptx": Format(
        sentence="leadership: slides with status, timeline, gates, next days, risks, decisions and results",
        ending=".pptx",
        render="pptx:render",
        judged=True,
        binary=True,
    ),
    "slack": Format(
        sentence="a Slack channel: where the launch stands, as blocks for its API",
        ending=".json",
        render="slack:render",
        judged=True,
    ),
}


def renderer(way: str) -> Callable[[Sequence[Sheet], Context], str | bytes]:
    """Import and return a renderer by the name of its module and function, such as `ics:render`."""
    name, _, function = way.partition(":")
    module: Any = importlib.import_module(f"handbook.plan.exports.{name}")
    found: Callable[[Sequence[Sheet], Context], str | bytes] = getattr(module, function)
    return found
