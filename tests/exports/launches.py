"""Launches to export: the real one of this repository, and a small one that holds every case."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from handbook.check import load
from handbook.model.handbook import Handbook
from handbook.model.launch import Launch
from handbook.plan.diary import diaries
from handbook.plan.exports import FORMATS, renderer
from handbook.plan.exports.context import Context
from handbook.plan.public import public_holidays
from handbook.plan.sheet import LaunchSheet, sheet
from handbook.plan.status import standing
from handbook.settings import Settings
from handbook.sources import Disk, literal

ROOT = Path(__file__).parent.parent.parent
TODAY = date(2027, 1, 11)
PLAN = "processes/launches/plans/links.yaml"
SITE = "https://handbook.example.com/"

BOOK: dict[str, Any] = {
    "processes/catalog/roles.yaml": {
        "lead": {"title": "Launch lead", "summary": "Leads the launch."},
        "writer": {"title": "Writer", "summary": "Writes."},
        "head": {"title": "Head of product", "summary": "Decides."},
    },
    "processes/catalog/teams.yaml": {"product": {"title": "Product", "summary": "Makes the product."}},
    "processes/catalog/calendars.yaml": {
        "company": {"title": "Company", "summary": "Working days.", "time_zone": "Europe/Berlin"}
    },
    "processes/launches/templates/small.yaml": {
        "title": "Small launch",
        "summary": "For a launch that few people notice.",
        "status": "active",
        "owner": "product",
        "reviewed": "2026-10-05",
        "review_every": "6mo",
        "tier": 3,
        "anchor": {"name": "Launch day"},
        "phases": [{"id": "plan", "title": "Plan"}, {"id": "launch", "title": "Launch, and land"}],
        "tasks": [
            {
                "id": "brief",
                "phase": "plan",
                "title": "Write the brief",
                "responsible": "lead",
                "due": "-10d",
                "effort": "3h",
                "checklist": ["Name one audience", "Name what is out of scope"],
                "instructions": "Ask @sales first, see #12.\n",
            },
            {"id": "docs", "phase": "plan", "title": "Write the docs", "responsible": "writer", "due": "-5d"},
            {"id": "talk", "phase": "launch", "title": "Talk", "responsible": "lead", "due": "0d"},
        ],
        "gates": [
            {
                "id": "go",
                "title": "Go/no-go",
                "due": "-1d",
                "approver": "head",
                "criteria": ["Docs are out"],
                "waiver": "Only the head of product waives it.",
            }
        ],
    },
    PLAN: {
        "title": "Guest links",
        "summary": "Guests open a dashboard by a link, without an account.",
        "status": "active",
        "owner": "product",
        "template": "small",
        "anchor": "2027-02-02",
        "calendar": "company",
        "people": {"lead": "Zoë Ångström", "writer": "owen@example.com", "head": "@tomas-r"},
        "tasks": [
            {
                "id": "brief",
                "phase": "plan",
                "title": "Write the brief, in one page",
                "responsible": "lead",
                "start_on": "2027-01-04",
                "due_on": "2027-01-08",
                "status": "done",
                "done_on": "2027-01-07",
                "evidence": "Brief 1.0",
                "gate": "go",
            },
            {
                "id": "docs",
                "phase": "plan",
                "title": "Write the docs",
                "responsible": "writer",
                "start_on": "2027-01-11",
                "due_on": "2027-01-15",
                "due_time": "16:00",
                "needs": ["brief"],
                "status": "doing",
                "gate": "go",
            },
            {
                "id": "price",
                "phase": "plan",
                "title": "=Set the price",
                "responsible": "lead",
                "due_on": "2027-01-08",
                "needs": ["brief"],
                "status": "blocked",
                "why": "Finance decides on 20 January",
            },
            {
                "id": "page",
                "phase": "plan",
                "title": "Write the docs",
                "responsible": "writer",
                "due_on": "2027-01-20",
                "status": "skipped",
                "why": "There is one already",
            },
            {
                "id": "form",
                "phase": "launch",
                "title": "Send the form to the regulator",
                "responsible": "lead",
                "due_on": "2027-01-29",
                "due_time": "AoE",
                "needs": ["price", "docs"],
                "status": "todo",
            },
            {
                "id": "talk",
                "phase": "launch",
                "title": "Hold the talk in Tokyo",
                "responsible": "lead",
                "due_on": "2027-02-02",
                "due_time": "09:30 Asia/Tokyo",
                "needs": ["form"],
                "status": "todo",
            },
        ],
        "gates": [
            {"id": "go", "title": "Go/no-go", "due_on": "2027-02-01", "approver": "head", "status": "open"},
            {
                "id": "scope",
                "title": "Scope",
                "due_on": "2027-01-08",
                "approver": "head",
                "status": "passed",
                "decided_on": "2027-01-08",
                "evidence": "Brief 1.0",
            },
        ],
        "metrics": [{"metric": "adoption-rate", "baseline": "0%", "target": ">= 20%"}],
        "risks": [
            {
                "title": "A link shows too much",
                "likelihood": "high",
                "impact": "high",
                "owner": "lead",
                "response": "Links end after 30 days.",
            }
        ],
        "decisions": [{"on": "2027-01-05", "decision": "No editing", "by": "head", "why": "Nobody asked."}],
        "slips": [
            {"on": "2027-01-06", "from": "2027-01-26", "to": "2027-02-02", "reason": "The price is late"}
        ],
        "reports": [
            {
                "on": "2027-01-08",
                "health": "amber",
                "text": "The **price** is late.\n\n- [docs](x.md) go on\n",
            }
        ],
    },
}


def book(change: Callable[[dict[str, Any]], object] | None = None) -> Handbook:
    """Return the small handbook, with a change made to its launch."""
    files = copy.deepcopy(BOOK)
    if change:
        change(files[PLAN])
    texts = {path: json.dumps(value) for path, value in files.items()}
    return load(literal(texts), Settings()).handbook


def small(change: Callable[[dict[str, Any]], object] | None = None) -> LaunchSheet:
    """Return the small launch."""
    handbook = book(change)
    launch = handbook.find(Launch, "links")
    assert launch is not None, "the launch of the test has errors"
    return sheet(handbook, launch)


@cache
def real() -> tuple[Handbook, LaunchSheet]:
    """Return the launch of this repository."""
    handbook = load(Disk(str(ROOT), ("processes", "docs")), Settings()).handbook
    launch = handbook.find(Launch, "shared-dashboards")
    assert launch is not None
    return handbook, sheet(handbook, launch)


def context(*sheets: LaunchSheet, handbook: Handbook | None = None, **values: Any) -> Context:
    """Return what an export knows on the day of the tests, with where the launches stand."""
    days = diaries(handbook or book(), [one.launch for one in sheets], [TODAY], public_holidays)
    found = {one.launch.id: standing(one, days[one.launch.id], TODAY) for one in sheets}
    return Context(**{"today": TODAY, "title": "Our handbook", "site": SITE, "standings": found, **values})


def text(format: str, *sheets: LaunchSheet, **values: Any) -> str:
    """Return launches in a format that is text."""
    made = renderer(FORMATS[format].render)(sheets, context(*sheets, **values))
    assert isinstance(made, str)
    return made
