"""The onboarding paths of a generated handbook, one for each of the first roles."""

from __future__ import annotations

import random

from tests.bench import prose
from tests.bench.catalogue import Catalogue

_STAGES = (("day-1", "Day 1", 0, 0), ("week-1", "The first week", 1, 4), ("day-30", "Until day 30", 5, 20))


def record(
    chance: random.Random, role: str, catalogue: Catalogue, processes: list[str], link: tuple[str, str]
) -> str:
    """Return the text of the path of a role, which reads `processes` and opens a page."""
    items = (_day_1(catalogue, role), _week_1(catalogue, role, processes, link), _day_30(chance))
    stages = "".join(
        f"  - id: {id}\n    title: {title}\n    starts: {f'{first}d'}\n    ends: {f'{last}d'}\n"
        f"    outcomes:\n      - You can explain {chance.choice(prose.THINGS)} to a colleague\n"
        f"    items:\n{prose.block(rows, 6)}"
        for (id, title, first, last), rows in zip(_STAGES, items, strict=True)
    )
    return f"""\
# yaml-language-server: $schema=../../schemas/onboarding-path.schema.json
title: {catalogue.titles["role"][role]}
summary: From the first sign-in to work of your own within 30 days.
status: active
owner: {catalogue.at("team", 0)}
reviewed: {catalogue.ago(9)}
review_every: 6mo
tags: [onboarding]
role: {role}
daily_budget: 4h
links:
  - {{title: {link[0]}, to: {link[1]}}}
notes: |
{prose.block(prose.sentences(chance, 3), 2)}stages:
{stages}metrics:
  - {{metric: {catalogue.at("metric", 0)}, target: ">= 90%"}}
acknowledge:
{prose.block([f"- {process}" for process in processes], 2)}"""


def _day_1(catalogue: Catalogue, role: str) -> list[str]:
    return [
        *(
            f"- {{id: access-{tool}, access: {tool}, why: You use it every week., time: 10min}}"
            for tool in catalogue.tools_of(role)
        ),
        f"- {{id: meet-backup, meet: {catalogue.at('role', catalogue.ids['role'].index(role) + 1)}, time: 45min}}",
    ]


def _week_1(catalogue: Catalogue, role: str, processes: list[str], link: tuple[str, str]) -> list[str]:
    return [
        *(
            f"- {{id: read-{number}, read: How this is done here, process: {process}, time: 20min}}"
            for number, process in enumerate(processes[:6], 1)
        ),
        f"- {{id: read-page, read: {link[0]}, link: {link[1]}, time: 15min}}",
        "- {id: check-week-1, check: You can say which process comes first, actor: buddy, time: 30min, needs: [read-1]}",
    ]


def _day_30(chance: random.Random) -> list[str]:
    rows = [
        f"- {{id: do-{number}, do: {title}, why: It shows how the parts fit together., time: 4h, evidence: A note}}"
        for number, title in enumerate(prose.tasks(chance, 4), 1)
    ]
    return [
        *rows,
        "- {id: check-30, check: The first month went as planned, actor: manager, time: 30min, needs: [do-1]}",
    ]
