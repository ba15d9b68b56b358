"""A launch as a playbook of Mattermost, in the form that Playbooks imports: a checklist for each phase.

A playbook knows days only by how long after its start they are, so each item says its day in words.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from handbook.plan.exports import facts
from handbook.plan.exports.context import Context
from handbook.plan.exports.markdown import parts
from handbook.plan.sheet import Item, LaunchSheet
from handbook.text.words import day

VERSION = 1  #: of the form of playbooks


def render(sheets: Sequence[LaunchSheet], context: Context) -> str:
    """Return the playbook of the one launch. What is skipped is left out."""
    (sheet,) = sheets
    launch = sheet.launch
    lists = [
        {"title": title, "items": [_item(one, sheet, context) for one in items if one.status != "skipped"]}
        for title, items in parts(sheet)
    ]
    data = {
        "version": VERSION,
        "title": launch.title,
        "description": facts.about(sheet, context),
        "create_public_playbook_run": False,
        "checklists": [one for one in lists if one["items"]],
        "metrics": [],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _item(item: Item, sheet: LaunchSheet, context: Context) -> dict[str, str]:
    title = " ".join(item.title.split())
    return {
        "title": f"{title} – {day(item.due_on)}",
        "description": facts.description(item, sheet, context),
    }
