"""The examples in the documentation of rules, and a small handbook in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

FENCE = re.compile(r'(`{3,})(?:yaml|toml|markdown) title="([^"]+)"\n(.*?)\1', re.DOTALL)
MARK = re.compile(r"(?:#|<!--) (error|warning|info): \[([a-z-]+)\]")

_ROLES = (
    "product-operations-lead",
    "head-of-product",
    "qa-lead",
    "legal-counsel",
    "engineering-manager",
    "support-lead",
)

#: what the records of an example refer to, without a finding of its own
BASE = {
    "processes/catalog/roles.yaml": "".join(
        f"{role}: {{title: {role}, summary: A role., backup: product-manager}}\n" for role in _ROLES
    )
    + "product-manager: {title: Product manager, summary: A role., aliases: [product-owner], backup: head-of-product}\n",
    "processes/catalog/teams.yaml": 'product-operations: {title: Product operations, summary: A team., lead: product-operations-lead, channel: "#ops", tracker: OPS, handle: "@example/ops"}\n',
    "processes/catalog/tools.yaml": "".join(
        f"{tool}: {{title: {tool}, summary: A tool., owner: product-operations, category: planning, status: {status}, sunset: 2027-06-30}}\n"
        if status == "deprecated"
        else f"{tool}: {{title: {tool}, summary: A tool., owner: product-operations, category: planning, status: {status}}}\n"
        for tool, status in {
            "issue-tracker": "active",
            "workspace": "active",
            "old-tracker": "retired",
            "old-wiki": "deprecated",
            "new-board": "draft",
        }.items()
    ),
    "processes/catalog/metrics.yaml": "".join(
        f'{metric}: {{title: {metric}, summary: A metric., owner: product-operations, formula: a / b, unit: "%", direction: up, target: ">= 50%"}}\n'
        for metric in ("activation-rate", "support-contact-rate")
    ),
    "processes/catalog/artifacts.yaml": "qa-report: {title: QA report, summary: An artifact.}\n",
    "processes/catalog/calendars.yaml": (
        "company: {title: Company calendar, summary: A calendar.,"
        " closures: [{from: 2026-12-24, to: 2027-01-01, title: Winter closure}],"
        " freezes: [{from: 2026-11-23, to: 2026-11-30, title: Peak season}]}\n"
    ),
    "processes/launches/templates/tier-3.yaml": (
        "{title: Tier 3, summary: A template., status: active, owner: product-operations, tier: 3, anchor: {name: Launch day},"
        " variables: {region: {type: choice, choices: [home, eu], default: home}}, phases: [{id: frame, title: Frame}],"
        " tasks: [{id: notice, phase: frame, title: Send it, responsible: qa-lead, due: -5d, when: region == eu}]}\n"
    ),
    "processes/operations/around.yaml": (
        "{title: Around, summary: Uses what examples define., status: active, owner: product-operations, purpose: To use it.,"
        " trigger: {event: An example}, outcome: A test, accountable: head-of-product, outputs: [qa-report],"
        " steps: [{id: a, title: Begin, responsible: qa-lead}]}\n"
    ),
    "docs/guides/first-week.md": (
        "---\ntitle: Your first week\nsummary: What to do in it.\nowner: product-operations\n---\n\n"
        "# Your first week\n\nMeet the team.\n\n## Second day\n\nRead the plan.\n"
    ),
    "docs/assets/flow.svg": "<svg/>\n",
    "docs/assets/photo.png": "0" * 600_000,
}

_ENVELOPE = {"title": "Example", "summary": "An example.", "status": "active", "owner": "product-operations"}
_TASK = {"id": "a", "phase": "frame", "title": "Begin", "responsible": "qa-lead", "due": "-1d"}

_STAGE = {"id": "a", "title": "Day 1", "starts": "0d", "ends": "0d", "outcomes": ["You can sign in"]}
_ITEM = {"id": "a", "check": "You can sign in"}

#: folder -> the keys that an example of that kind may leave out
_DEFAULTS: dict[str, dict[str, Any]] = {
    "processes/launches/templates/": {
        **_ENVELOPE,
        "tier": 3,
        "anchor": {"name": "Launch day"},
        "phases": [{"id": "frame", "title": "Frame"}],
        "tasks": [_TASK],
    },
    "processes/launches/plans/": {
        **_ENVELOPE,
        "template": "tier-3",
        "anchor": date(2026, 11, 10),
        "people": dict.fromkeys((*_ROLES, "product-manager"), "Somebody"),
        "tasks": [
            {
                "id": "a",
                "title": "Begin",
                "responsible": "qa-lead",
                "due_on": date(2026, 11, 9),
                "status": "todo",
            }
        ],
        "reports": [{"on": date(2026, 10, 1), "health": "green", "text": "On track."}],
    },
    "processes/onboarding/everyone.yaml": {**_ENVELOPE, "stages": [{**_STAGE, "items": [_ITEM]}]},
    "processes/onboarding/": {
        **_ENVELOPE,
        "role": "product-manager",
        "stages": [{**_STAGE, "items": [{**_ITEM, "id": "b"}]}],
    },
    "processes/experiments/": {
        **_ENVELOPE,
        "status": "draft",
        "state": "planned",
        "hypothesis": "We believe that it helps, because it did elsewhere.",
        "surface": "example",
        "variants": [
            {"id": "as-is", "title": "As it is", "control": True},
            {"id": "other", "title": "Another way"},
        ],
        "primary": {"metric": "activation-rate"},
    },
    "processes/": {
        **_ENVELOPE,
        "purpose": "To show it.",
        "trigger": {"event": "Something happens"},
        "outcome": "Something",
        "accountable": "head-of-product",
        "inputs": ["qa-report"],
        "steps": [{"id": "a", "title": "Begin", "responsible": "qa-lead"}],
    },
}


@dataclass(frozen=True)
class Example:
    """The files of one example, and the findings that it announces: (path, line, severity, rule)."""

    files: dict[str, str]
    announced: set[tuple[str, int, str, str]]


def examples(doc: str) -> Iterator[tuple[str, Example]]:
    """Yield the wrong and the right example of a rule's documentation."""
    for word in ("Wrong", "Right"):
        _, _, rest = doc.partition(f"\n{word}:\n")
        text = rest.partition("\nRight:\n")[0]
        blocks = [(path, body) for _, path, body in FENCE.findall(text)]
        if blocks:
            yield word.lower(), _example(blocks)


def _example(blocks: list[tuple[str, str]]) -> Example:
    files, announced = dict(BASE), set()
    for path, text in blocks:
        announced |= {
            (path, number, severity, rule)
            for number, line in enumerate(text.splitlines(), 1)
            for severity, rule in MARK.findall(line)
        }
        files[path] = complete(path, text)
    return Example(files, announced)


def complete(path: str, text: str) -> str:
    """Return a record with what its kind needs besides, added at its end so that no line moves."""
    defaults = next((keys for folder, keys in _DEFAULTS.items() if path.startswith(folder)), {})
    if not defaults or "/catalog/" in path or not path.endswith(".yaml"):
        return text + _rest_of_catalogue(path, text)
    present = yaml.safe_load(text) or {}
    missing = {key: value for key, value in defaults.items() if key not in present}
    return text + (yaml.safe_dump(missing) if missing else "")


def _rest_of_catalogue(path: str, text: str) -> str:
    """The base's entries of the same catalogue that the example does not define itself."""
    if path not in BASE or text.startswith("-"):
        return ""
    return "".join(
        line + "\n" for line in BASE[path].splitlines() if f"\n{line.partition(':')[0]}:" not in f"\n{text}"
    )
