"""How tasks stand in the tools that others work with: one reader in each module, with `read(source)`. All are pure.

What comes back is never trusted: a reader takes bytes, and returns what it understood and what is wrong, by row and column.
"""

from __future__ import annotations

import importlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from handbook.plan.imports.progress import Taken

#: tool -> what its file is
SOURCES = {
    "asana": "a CSV export of a project in Asana",
    "csv": "the table that `handbook launch export --as csv` wrote, changed in a spreadsheet",
    "github": "issues of GitHub as JSON, such as `gh issue list --json` prints, or as CSV",
    "jira": "a CSV export of issues in Jira, with all fields",
    "markdown": "a checklist that `--as markdown` wrote, with more boxes ticked, such as the text of an issue",
    "mattermost": "a run of a playbook in Mattermost, as JSON of its API",
}


def reader(name: str) -> Callable[[bytes], Taken]:
    """Import and return the reader of a tool."""
    module: Any = importlib.import_module(f"handbook.plan.imports.{name}")
    found: Callable[[bytes], Taken] = module.read
    return found
