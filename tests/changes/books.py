"""A small handbook with a record of every kind, as dict literals, and ways to edit and compare it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from typing import Any

from handbook.changes.change import Change
from handbook.changes.compare import compare
from handbook.check import load
from handbook.model.handbook import Handbook
from handbook.settings import Settings
from handbook.sources import literal

Files = dict[str, Any]
Edit = Callable[[Files], object]

RELEASE = "processes/release/launch-management.yaml"
TEMPLATE = "processes/launches/templates/tier-1.yaml"
LAUNCH = "processes/launches/plans/dashboards.yaml"
EXPERIMENT = "processes/experiments/checklist.yaml"
PATH = "processes/onboarding/product-manager.yaml"
ROLES = "processes/catalog/roles.yaml"
TEAMS = "processes/catalog/teams.yaml"
TOOLS = "processes/catalog/tools.yaml"
METRICS = "processes/catalog/metrics.yaml"
ARTIFACTS = "processes/catalog/artifacts.yaml"
TERMS = "processes/catalog/terms.yaml"
CALENDARS = "processes/catalog/calendars.yaml"


def _named(**titles: str) -> dict[str, Any]:
    return {id.replace("_", "-"): {"title": title, "summary": f"{title}."} for id, title in titles.items()}


BASE: Mapping[str, Any] = {
    RELEASE: {
        "title": "Launch management",
        "summary": "How a launch goes from plan to customers.",
        "status": "active",
        "owner": "product-operations",
        "purpose": "Launches surprise nobody.",
        "trigger": {"event": "A launch is proposed"},
        "outcome": "A launch that customers noticed",
        "accountable": "head-of-product",
        "sla": "20d",
        "inputs": ["brief"],
        "metrics": [{"metric": "on-time", "target": ">= 90%"}],
        "steps": [
            {"id": "plan", "title": "Plan the launch", "responsible": "pm", "effort": "3h", "duration": "2d"},
            {"id": "test", "title": "Test it", "responsible": "qa-lead", "tool": "tracker", "outputs": ["report"]},
            {
                "id": "decide",
                "decision": "Go or stop?",
                "responsible": "head-of-product",
                "consulted": ["qa-lead"],
                "requires": ["report"],
                "options": [{"when": "Go", "to": "announce"}, {"when": "Stop", "end": "Launch stopped"}],
            },
            {"id": "announce", "title": "Announce", "responsible": "pm", "checklist": ["The date is public", "Sales know it"]},
        ],
    },
    TEMPLATE: {
        "title": "Tier 1 launch",
        "summary": "The plan for a large launch.",
        "status": "active",
        "owner": "product-operations",
        "tier": 1,
        "anchor": {"name": "Launch day"},
        "variables": {"region": {"type": "choice", "choices": ["eu", "uk"], "description": "Where it is launched"}},
        "phases": [{"id": "ready", "title": "Get ready"}, {"id": "land", "title": "Land"}],
        "tasks": [
            {"id": "brief", "phase": "ready", "title": "Write the brief", "responsible": "pm", "due": "-20d", "gate": "go"},
            {"id": "review", "phase": "land", "title": "Review the launch", "responsible": "pm", "due": "+10d", "needs": ["brief"]},
        ],
        "gates": [
            {"id": "go", "title": "Go/no-go", "due": "-5d", "approver": "head-of-product", "criteria": ["No blocker is open"]}
        ],
    },
    LAUNCH: {
        "title": "Shared dashboards",
        "summary": "Customers can share a dashboard.",
        "status": "active",
        "owner": "product-operations",
        "template": "tier-1",
        "anchor": "2027-01-26",
        "people": {"pm": "Amara O."},
        "tasks": [
            {"id": "brief", "title": "Write the brief", "responsible": "pm", "due_on": "2026-12-28", "status": "todo"},
            {"id": "review", "title": "Review the launch", "responsible": "pm", "due_on": "2027-02-09", "status": "todo"},
        ],
        "gates": [
            {"id": "go", "title": "Go/no-go", "due_on": "2027-01-19", "approver": "head-of-product", "status": "open"}
        ],
        "risks": [{"title": "Nobody notices", "likelihood": "low", "impact": "high", "owner": "pm", "response": "Ask five customers"}],
        "decisions": [{"on": "2026-11-05", "decision": "No guests at first", "by": "pm"}],
    },
    EXPERIMENT: {
        "title": "Checklist",
        "summary": "Three first steps instead of an empty screen.",
        "state": "running",
        "owner": "product-operations",
        "hypothesis": "We believe that it helps, because many do not know where to begin.",
        "surface": "start",
        "variants": [
            {"id": "as-is", "title": "As it is", "control": True, "share": 0.6},
            {"id": "checklist", "title": "A checklist", "share": 0.4},
        ],
        "primary": {"metric": "on-time", "baseline": "30%", "detects": "4 points"},
        "guardrails": [{"metric": "on-time", "limit": ">= 80%"}],
        "sample": {"unit": "users", "per_week": 4000},
        "starts_on": "2026-11-02",
        "ends_on": "2026-11-29",
        "analysis": "Read once, after the last day.",
    },
    PATH: {
        "title": "Product manager path",
        "summary": "From the first day to an own area.",
        "status": "active",
        "owner": "product-operations",
        "role": "pm",
        "stages": [
            {
                "id": "day-1",
                "title": "Day 1",
                "starts": "0d",
                "ends": "0d",
                "outcomes": ["You can sign in everywhere"],
                "items": [
                    {"id": "access", "access": "tracker", "time": "10min"},
                    {"id": "meet", "meet": "qa-lead"},
                ],
            },
            {
                "id": "week-1",
                "title": "Week 1",
                "starts": "1d",
                "ends": "4d",
                "outcomes": ["You know who decides what"],
                "items": [{"id": "read", "read": "How we launch", "process": "launch-management"}],
            },
        ],
        "acknowledge": ["launch-management"],
    },
    ROLES: {
        **_named(pm="Product manager", qa_lead="QA lead", head_of_product="Head of product", security_lead="Security lead"),
    },
    TEAMS: _named(product_operations="Product operations", security="Security"),
    TOOLS: {
        "tracker": {"title": "Tracker", "summary": "Where work is.", "owner": "product-operations", "category": "planning"},
        "chat": {"title": "Chat", "summary": "Where people talk.", "owner": "product-operations", "category": "communication"},
    },
    METRICS: {
        "on-time": {
            "title": "Launches on time",
            "summary": "Share of launches on their day.",
            "owner": "product-operations",
            "unit": "%",
            "direction": "up",
            "formula": "on time / all",
        }
    },
    ARTIFACTS: _named(brief="Launch brief", report="Test report", review="Security review"),
    TERMS: _named(launch="Launch"),
    CALENDARS: {
        "company": {"title": "Company", "summary": "Our days.", "holidays": [{"on": "2026-12-24", "title": "Christmas Eve"}]}
    },
}  # fmt: skip


def book(files: Mapping[str, Any]) -> Handbook:
    """Return the handbook that these files make. JSON is YAML, so a dict is a file."""
    return load(literal({path: json.dumps(data) for path, data in files.items()}), Settings()).handbook


def edited(*edits: Edit) -> Files:
    """Return the base handbook's files after some edits."""
    files: Files = copy.deepcopy(dict(BASE))
    for edit in edits:
        edit(files)
    return files


def changes(*edits: Edit) -> tuple[Change, ...]:
    """Return what these edits change."""
    files = edited(*edits)
    after = book(files)
    broken = [name for name in after.places if name not in after.records]
    assert not broken, f"the edit breaks {broken}"
    return compare(book(BASE), after)


def told(*edits: Edit) -> list[tuple[str, str]]:
    """Return the kinds and sentences of what these edits change."""
    return [(change.kind, change.sentence) for change in changes(*edits)]


def at(path: str, *keys: str | int) -> Callable[[Files], Any]:
    """Return how to reach a value of a file."""

    def reach(files: Files) -> Any:
        value = files[path]
        for key in keys:
            value = value[key]
        return value

    return reach


def put(path: str, *keys: Any) -> Edit:
    """Return the edit that sets the value at a way of keys; the last one is the value."""
    *way, key, value = keys
    return lambda files: at(path, *way)(files).__setitem__(key, copy.deepcopy(value))


def drop(path: str, *keys: Any) -> Edit:
    """Return the edit that removes what is at a way of keys."""
    *way, key = keys
    return lambda files: at(path, *way)(files).__delitem__(key)
