"""Handbooks of any size that look like real ones: `python tests/bench/generate.py FOLDER RECORDS`.

The same number always makes the same files. Records are processes, launch templates and a catalogue that
they name; there is a page for each record. Nothing in them is wrong.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator

AREAS = ("strategy", "discovery", "planning", "delivery", "release", "learning", "operations")
VERBS = [
    "Collect",
    "Review",
    "Draft",
    "Confirm",
    "Publish",
    "Compare",
    "Prepare",
    "Record",
    "Announce",
    "Check",
    "Agree",
    "Estimate",
    "Schedule",
    "Measure",
]
NOUNS = [
    "evidence",
    "the brief",
    "open risks",
    "the rollout plan",
    "customer feedback",
    "the pricing page",
    "support answers",
    "release notes",
    "the budget",
    "test results",
    "the roadmap",
    "the contract",
    "usage data",
    "the training",
]
ADJECTIVES = [
    "quarterly",
    "regional",
    "internal",
    "early",
    "final",
    "shared",
    "monthly",
    "public",
    "technical",
    "legal",
]
CATEGORIES = ("analytics", "communication", "planning", "project-management", "research", "support")


def handbook(records: int) -> Iterator[tuple[str, str]]:
    """Yield the path and text of each file of a handbook of so many records and as many pages."""
    chance = random.Random(records)
    counts = {"roles": 30, "teams": 12, "tools": 25, "metrics": 40, "artifacts": 60}
    yield from _catalogue(chance, counts)
    for number in range(max(records, 1)):
        if number % 20 == 19:
            yield f"processes/launches/templates/template-{number}.yaml", _template(chance, number, counts)
        else:
            yield (
                f"processes/{AREAS[number % len(AREAS)]}/process-{number}.yaml",
                _process(chance, number, counts),
            )
        yield f"docs/guides/{number // 100}/page-{number}.md", _page(chance, number, records)


def write(folder: str, records: int) -> int:
    """Write a handbook into a folder and return the number of its records and pages."""
    count = 0
    for path, text in handbook(records):
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)
        count += 1
    return count


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(NOUNS if n % 2 else ADJECTIVES) for n in range(words)).capitalize()


def _title(chance: random.Random) -> str:
    return f"{chance.choice(VERBS)} {chance.choice(NOUNS)} of the {chance.choice(ADJECTIVES)} round"


def _some(chance: random.Random, kind: str, counts: dict[str, int], most: int = 3) -> str:
    names = chance.sample(range(counts[f"{kind}s"]), chance.randint(1, most))
    return ", ".join(f"{kind}-{number}" for number in names)


def _one(chance: random.Random, kind: str, counts: dict[str, int]) -> str:
    return f"{kind}-{chance.randrange(counts[f'{kind}s'])}"


def _catalogue(chance: random.Random, counts: dict[str, int]) -> Iterator[tuple[str, str]]:
    more = {
        "roles": lambda n: (
            f"  team: {_one(chance, 'team', counts)}\n  decides:\n    - {_sentence(chance, 6)}\n"
        ),
        "teams": lambda n: f"  channel: '#team-{n}'\n",
        "tools": lambda n: (
            f"  owner: {_one(chance, 'team', counts)}\n  category: {chance.choice(CATEGORIES)}\n"
        ),
        "metrics": lambda n: (
            f"  owner: {_one(chance, 'team', counts)}\n  formula: {_sentence(chance, 8)}\n  unit: '%'\n  direction: up\n"
        ),
        "artifacts": lambda n: f"  format: {_sentence(chance, 3)}\n  external: true\n",
    }
    for plural, count in counts.items():
        rows = [
            f"{plural[:-1]}-{n}:\n  title: {_sentence(chance, 3)}\n  summary: {_sentence(chance, 9)}.\n{more[plural](n)}"
            for n in range(count)
        ]
        yield f"processes/catalog/{plural}.yaml", "\n".join(rows)


def _process(chance: random.Random, number: int, counts: dict[str, int]) -> str:
    steps = [_step(chance, n, counts) for n in range(chance.randint(5, 9))]
    return f"""\
# yaml-language-server: $schema=../../schemas/process.schema.json
title: {_title(chance)}
summary: {_sentence(chance, 10)}.
status: active
owner: {_one(chance, "team", counts)}
reviewed: 2026-{chance.randint(1, 9):02}-{chance.randint(1, 28):02}
review_every: 6mo
tags: [{chance.choice(ADJECTIVES)}, round]
purpose: {_sentence(chance, 14)}.
trigger: {{event: {_sentence(chance, 5)}}}
outcome: {_sentence(chance, 6)}
accountable: {_one(chance, "role", counts)}
inputs: [{_some(chance, "artifact", counts)}]
outputs: [{_some(chance, "artifact", counts)}]
sla: {chance.randint(2, 20)}d
volume: {{per: quarter, count: {chance.randint(1, 60)}}}
metrics:
  - {{metric: {_one(chance, "metric", counts)}, target: ">= {chance.randint(50, 99)}%"}}
notes: |
  {_sentence(chance, 20)}.
  {_sentence(chance, 18)}.
steps:
{"".join(steps)}  - id: decide
    decision: Is it good enough?
    responsible: {_one(chance, "role", counts)}
    requires: [{_some(chance, "artifact", counts)}]
    max: 2
    options:
      - {{when: "Yes", end: Done, share: 0.75}}
      - {{when: Not yet, to: step-0, share: 0.25}}
"""


def _step(chance: random.Random, number: int, counts: dict[str, int]) -> str:
    return f"""\
  - id: step-{number}
    title: {chance.choice(VERBS)} {chance.choice(NOUNS)}
    responsible: {_one(chance, "role", counts)}
    consulted: [{_some(chance, "role", counts)}]
    effort: {chance.randint(1, 12)}h
    duration: {chance.randint(1, 3)}d..{chance.randint(4, 6)}d
    tool: {_one(chance, "tool", counts)}
    inputs: [{_some(chance, "artifact", counts)}]
    instructions: |
      {_sentence(chance, 16)}. {_sentence(chance, 12)}.
      {_sentence(chance, 15)}.
"""


def _template(chance: random.Random, number: int, counts: dict[str, int]) -> str:
    tasks = "".join(
        f"  - {{id: task-{n}, phase: frame, title: {chance.choice(VERBS)} {chance.choice(NOUNS)}, responsible: {_one(chance, 'role', counts)},"
        f" due: -{40 - n}d{f', needs: [task-{n - 1}]' if n else ''}}}\n"
        for n in range(chance.randint(10, 30))
    )
    return f"""\
# yaml-language-server: $schema=../../../schemas/launch-template.schema.json
title: {_title(chance)}
summary: {_sentence(chance, 10)}.
status: active
owner: {_one(chance, "team", counts)}
tier: {chance.randint(1, 4)}
anchor: {{name: Launch day}}
phases: [{{id: frame, title: Frame}}]
tasks:
{tasks}"""


def _page(chance: random.Random, number: int, records: int) -> str:
    paragraphs = "\n\n".join(
        " ".join(f"{_sentence(chance, chance.randint(8, 16))}." for _ in range(4))
        + f" See [the next page](../{other // 100}/page-{other}.md)."
        for other in (chance.randrange(max(records, 1)) for _ in range(6))
    )
    return f"---\ntitle: {_title(chance)}\ntags: [{chance.choice(ADJECTIVES)}]\n---\n\n# Page {number}\n\n{paragraphs}\n"


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[2].isdecimal():
        sys.exit("usage: python tests/bench/generate.py FOLDER RECORDS")
    print(f"{sys.argv[1]}: {write(sys.argv[1], int(sys.argv[2]))} files")
