"""Launches as JSON, for programs. Its schema is schemas/output/launch.schema.json."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from handbook.plan.exports.context import Context
from handbook.plan.sheet import Item, LaunchSheet
from handbook.report.signs import valid

VERSION = 1


def render(sheets: Sequence[LaunchSheet], context: Context) -> str:
    """Return launches as JSON, in plain ASCII, so that no terminal or pipe can spoil it."""
    data = {"version": VERSION, "title": context.title, "launches": [_launch(one, context) for one in sheets]}
    return json.dumps(_plain(data), indent=2) + "\n"


def _launch(sheet: LaunchSheet, context: Context) -> dict[str, Any]:
    launch = sheet.launch
    return {
        "id": launch.id,
        "title": launch.title,
        "summary": launch.summary,
        "status": launch.status,
        "owner": launch.owner,
        "template": launch.template,
        "overlays": launch.overlays,
        "day": launch.anchor,
        "time_zone": sheet.time_zone,
        "page": context.page(sheet) or None,
        "phases": sheet.phases,
        "items": [_item(item, context) for item in sheet.items],
        "metrics": [
            {
                "metric": one.metric,
                "baseline": one.baseline,
                "target": one.target.text if one.target else None,
                "actual": one.actual,
                "measured_on": one.measured_on,
            }
            for one in launch.metrics
        ],
        "risks": [
            _fields(one, "title", "likelihood", "impact", "owner", "response", "status")
            for one in launch.risks
        ],
        "decisions": [_fields(one, "on", "decision", "by", "why") for one in launch.decisions],
        "slips": [
            {"on": one.on, "from": one.from_, "to": one.to, "reason": one.reason} for one in launch.slips
        ],
        "reports": [_fields(one, "on", "health", "text") for one in launch.reports],
    }


def _item(item: Item, context: Context) -> dict[str, Any]:
    stamp = context.stamps.get(item.key)
    names = [name for name in Item.fields if name not in ("role_title", "role")]
    return {
        **_fields(item, *names),
        "role": {"id": item.role, "title": item.role_title},
        "changes": stamp.sequence if stamp else None,
    }


def _fields(value: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _plain(value: Any) -> Any:
    """Return values as JSON has them: days as text, and no half characters."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return valid(value) if isinstance(value, str) else value
