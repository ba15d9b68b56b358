"""Templates, launches and handbooks for the tests of planning, written as short as they can be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from handbook.check import load
from handbook.model.handbook import Handbook
from handbook.settings import Settings
from handbook.text.block import block

TEMPLATE = "processes/launches/templates/{}.yaml"
PLAN = "processes/launches/plans/{}.yaml"
TEAMS = {"product": {"title": "Product", "summary": "A team."}}
ROLES = ("analyst", "qa-lead", "head-of-product")


def day(text: str) -> date:
    return date.fromisoformat(text)


def template(**fields: Any) -> dict[str, Any]:
    return {
        "title": "Template",
        "summary": "A plan.",
        "status": "active",
        "owner": "product",
        "tier": 3,
        "anchor": {"name": "Launch day"},
        "phases": [{"id": "frame", "title": "Frame"}],
        **fields,
    }


def task(id: str, due: int, **fields: Any) -> dict[str, Any]:
    offset = f"{due:+d}d" if due else "0d"
    return {
        "id": id,
        "phase": "frame",
        "title": id.capitalize(),
        "responsible": "analyst",
        "due": offset,
        **fields,
    }


def handbook(
    records: Mapping[str, Mapping[str, Any]], calendars: Mapping[str, Mapping[str, Any]] | None = None
) -> Handbook:
    """Return a handbook of a few roles and these records, by path."""
    sources = {path: "".join(block(dict(data))) for path, data in records.items()}
    company = {"company": {"title": "Company", "summary": "Days.", "country": "DE"}}
    catalog = {
        "roles": {
            role: {"title": role.capitalize(), "summary": "A role.", "team": "product"} for role in ROLES
        },
        "teams": TEAMS,
        "calendars": {
            id: {"title": id, "summary": "Days.", **one} for id, one in (calendars or company).items()
        },
    }
    for name, entries in catalog.items():
        sources[f"processes/catalog/{name}.yaml"] = "".join(block(entries))
    read = load({path: text.encode() for path, text in sources.items()}, Settings())
    assert read.complaints == {}
    return read.handbook
