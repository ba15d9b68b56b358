"""The processes of a generated handbook: steps side by side and in turn, decisions, rounds and handoffs."""

from __future__ import annotations

import random

from tests.bench import prose
from tests.bench.catalogue import Catalogue

_AT_WORK = 5  #: roles of a process that do its steps, after the accountable one

AREAS = ("strategy", "discovery", "planning", "delivery", "release", "learning", "operations")


def identity(number: int) -> tuple[str, str]:
    """Return the id and the title of a process."""
    title = prose.subject(number)
    return prose.slug(title), title


def path(number: int) -> str:
    """Return where the record of a process is."""
    return f"processes/{AREAS[number % len(AREAS)]}/{identity(number)[0]}.yaml"


def record(chance: random.Random, number: int, catalogue: Catalogue, links: list[tuple[str, str]]) -> str:
    """Return the text of a process. `links` are titles and addresses of pages, for further reading."""
    own = catalogue.several("artifact", number * 2, 5)
    work = _Work(chance, catalogue, number, own)
    steps = work.steps()
    return f"""\
# yaml-language-server: $schema=../../schemas/process.schema.json
title: {identity(number)[1]}
summary: Decide with evidence what becomes of {chance.choice(prose.THINGS)} and of {chance.choice(prose.THINGS)}.
status: active
owner: {catalogue.at("team", number)}
reviewed: {catalogue.ago(chance.randint(7, 100))}
review_every: 6mo
tags: [{", ".join(chance.sample(prose.ADJECTIVES, 2))}]
audience: [{", ".join(catalogue.several("role", number + 9, 3))}]
links:
{prose.block([f"- {{title: {title}, to: {to}}}" for title, to in links], 2)}\
purpose: Teams treat {chance.choice(prose.THINGS)} in the same way, so that nobody has to ask twice.
use_when: A change to {chance.choice(prose.THINGS)} reaches more than one team.
skip_when: The change stays within one team and can be undone within a day.
trigger: {{event: A team asks for it in writing{f", from: {identity(number // 3)[0]}" if number else ""}}}
outcome: A recorded decision about {chance.choice(prose.THINGS)}, with its evidence
accountable: {work.accountable}
inputs: [{own[0]}, {own[1]}]
outputs: [{own[3]}, {own[4]}]
sla: {8 + len(steps) * 9}d
volume: {{per: quarter, count: {chance.randint(1, 12)}}}
metrics:
  - {{metric: {catalogue.at("metric", number)}, target: ">= {chance.randint(60, 95)}%"}}
  - {{metric: {catalogue.at("metric", number + 7)}, target: "<= {chance.randint(2, 9)} d"}}
notes: |
{prose.block(prose.sentences(chance, 3), 2)}steps:
{chr(10).join(steps)}"""


def duties(role: int, count: int, catalogue: Catalogue) -> list[str]:
    """Return the ids of the processes, of so many, in which the role of that number has work."""
    roles = len(catalogue.ids["role"])
    return [identity(number)[0] for number in range(count) if (role - number) % roles <= _AT_WORK]


class _Work:
    """The steps of one process: some in turn, some side by side, a decision with a round, and what follows it."""

    def __init__(self, chance: random.Random, catalogue: Catalogue, number: int, own: list[str]) -> None:
        self.chance, self.catalogue, self.own = chance, catalogue, own
        self.roles = catalogue.several("role", number, 12)
        self.accountable = self.roles[0]
        self.before, self.beside = chance.choice((1, 1, 2, 2, 3, 5)), chance.choice((2, 2, 2, 3, 3, 5))
        self.detail = chance.choice((0.1, 0.4, 0.6, 0.8, 1.0))  # how much is said about each step
        self.titles = prose.tasks(chance, self.before + self.beside + 6)
        self.made = 0

    def steps(self) -> list[str]:
        """Return the text of each step, in order."""
        given, asked, found, decided, told = self.own
        first = [self._step(inputs=given) for _ in range(self.before)]
        split = self._id(self.made - 1)
        beside = [self._step(f"needs: [{split}]", inputs=asked) for _ in range(self.beside)]
        joined = ", ".join(self._id(self.before + number) for number in range(self.beside))
        join = self._step(f"needs: [{joined}]", inputs=given, outputs=found)
        decide = self._decision(fix=self._id(self.made), after=self._id(self.made + 1))
        fix = self._step("to: decide", "max: 2", inputs=given)
        last = [self._step(outputs=decided), self._step(inputs=decided, outputs=told)]
        return [*first, *beside, join, decide, fix, *last]

    def _id(self, number: int) -> str:
        return prose.slug(self.titles[number])

    def _step(self, *order: str, **artifacts: str) -> str:
        """Return the next step. `order` are the keys that say what comes before and after it."""
        chance, number = self.chance, self.made
        self.made += 1
        responsible = self.roles[1 + number % _AT_WORK]
        lines = [
            f"- id: {self._id(number)}",
            f"  title: {self.titles[number]}",
            f"  responsible: {responsible}",
            *(f"  {key}" for key in order),
            *self._told(),
            f"  effort: {chance.randint(1, 6)}h",
            f"  duration: 1d..{chance.randint(2, 4)}d",
            f"  tool: {chance.choice(self.catalogue.tools_of(responsible))}",
            *(["  automation: assisted"] if chance.random() < 0.2 else []),
            *(f"  {key}: [{name}]" for key, name in artifacts.items()),
            *self._how(),
        ]
        return prose.block(lines, 2)

    def _how(self) -> list[str]:
        chance, lines = self.chance, []
        if chance.random() < self.detail / 2:
            checks = chance.sample(prose.CHECKS, chance.randint(2, 4))
            lines += ["  checklist:", *(f"    - {check}" for check in checks)]
        if chance.random() < self.detail:
            sentences = prose.sentences(chance, chance.randint(2, 5))
            lines += ["  instructions: |", *(f"    {sentence}" for sentence in sentences)]
        return lines

    def _told(self) -> list[str]:
        told = self.chance.sample(self.roles[6:], self.chance.randint(0, 4))
        rows = (("consulted", told[:2]), ("informed", told[2:]))
        return [f"  {key}: [{', '.join(names)}]" for key, names in rows if names]

    def _decision(self, *, fix: str, after: str) -> str:
        first = self.chance.choice((60, 70, 75, 80))
        lines = [
            "- id: decide",
            f"  decision: {self.chance.choice(prose.QUESTIONS)}",
            f"  responsible: {self.accountable}",
            *self._told(),
            "  effort: 1h",
            "  duration: 2h",
            f"  requires: [{self.own[2]}]",
            "  options:",
            f"    - {{when: Go, to: {after}, share: {first / 100:g}}}",
            f"    - {{when: Fix first, to: {fix}, share: {(95 - first) / 100:g}}}",
            "    - {when: Stop, end: Stopped with a reason, share: 0.05}",
            "  instructions: |",
            *(f"    {line}" for line in prose.sentences(self.chance, 3)),
        ]
        return prose.block(lines, 2)
