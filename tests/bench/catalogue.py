"""The catalogue of a generated handbook: who there is, with which tools, and what work leaves behind."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tests.bench import prose

#: the day on which generated handbooks are right unless another one is asked for
TODAY = date(2026, 10, 5)

_TITLES = {
    "role": (
        "Product manager", "Product designer", "Tech lead", "Engineering manager", "Quality lead", "Support lead",
        "Technical writer", "Data analyst", "Sales engineer", "Account manager", "Security lead", "Legal counsel",
        "Finance partner", "Web manager", "User researcher", "Programme manager", "Partner manager", "Billing lead",
        "Release manager", "Community manager", "Communications lead", "Marketing manager", "Localisation lead",
        "Operations analyst", "Enablement lead", "Success manager", "Pricing analyst", "Platform engineer",
        "Privacy officer", "Training lead",
    ),
    "team": (
        "Product management", "Engineering", "Design", "Quality", "Support", "Documentation", "Analytics", "Sales",
        "Security", "Finance", "Marketing", "Operations",
    ),
    "tool": (
        "Issue tracker", "Product board", "Workspace", "Chat", "Code host", "Test management", "Support desk",
        "Survey tool", "Dashboards", "Design tool", "Feedback portal", "Shared calendar", "Video meetings",
        "Release console", "Flag service", "Content system", "Mail campaigns", "Contract archive", "Price book",
        "Training portal", "Status page", "Translation hub", "Interview library", "Data warehouse", "Planning board",
    ),
    "metric": tuple(
        f"{what} {kind}"
        for kind in ("rate", "time", "share", "count", "coverage")
        for what in ("Adoption", "Activation", "Escalation", "Approval", "Rework", "Response", "Renewal", "Defect")
    ),
    "artifact": tuple(
        f"{what} {kind}"
        for kind in ("plan", "report", "brief", "record", "summary")
        for what in ("Launch", "Test", "Risk", "Rollout", "Research", "Training", "Pricing", "Support", "Contract",
                     "Capacity", "Security", "Release")
    ),
    "term": tuple(
        f"{what} {kind}"
        for kind in ("window", "freeze", "ring", "gate", "baseline")
        for what in ("Launch", "Change", "Quality", "Price", "Data", "Beta", "Support", "Budget", "Review", "Access")
    ),
}  # fmt: skip
_VARIANTS = ("", "regional ", "platform ", "partner ", "mobile ", "enterprise ")

#: kind -> how many there are in a handbook of 100 records, and in one of 10,000, in steps of five
_COUNTS = {
    "role": (30, 120), "team": (10, 25), "tool": (25, 150), "metric": (40, 200), "artifact": (60, 300), "term": (50, 250),
}  # fmt: skip
_CATEGORIES = (
    "analytics", "communication", "design", "documentation", "engineering", "experimentation", "feedback", "planning",
    "project-management", "research", "roadmapping", "sales", "support", "onboarding",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The titles of everything that records of a handbook may name, by kind and id, and the day of the handbook."""

    titles: dict[str, dict[str, str]]
    ids: dict[str, tuple[str, ...]]
    today: date

    @classmethod
    def of(cls, records: int, today: date = TODAY) -> Catalogue:
        """Return the catalogue of a handbook of so many records: it grows, but much slower than they do."""
        growth = min(max((math.log10(max(records, 1)) - 2) / 2, 0), 1)
        made = {}
        for kind, (few, many) in _COUNTS.items():
            names = (f"{variant}{title}" for variant in _VARIANTS for title in _TITLES[kind])
            titles = [
                name.capitalize()
                for name in itertools.islice(names, 5 * round((few + (many - few) * growth) / 5))
            ]
            made[kind] = {prose.slug(title): title for title in titles}
        return cls(made, {kind: tuple(titles) for kind, titles in made.items()}, today)

    def ago(self, days: int) -> date:
        """Return the day so many calendar days before the day of the handbook."""
        return self.today - timedelta(days=days)

    def at(self, kind: str, number: int) -> str:
        """Return the id of that number, starting again after the last, so that in turn each one is named."""
        ids = self.ids[kind]
        return ids[number % len(ids)]

    def several(self, kind: str, number: int, count: int) -> list[str]:
        """Return so many ids in a row, no two alike."""
        return [self.at(kind, number + index) for index in range(min(count, len(self.ids[kind])))]

    def tools_of(self, role: str) -> list[str]:
        """Return the tools that a role works with."""
        first, tools = self.ids["role"].index(role), len(self.ids["tool"])
        return [self.at("tool", first + gap * tools // 5) for gap in range(5)]


def files(catalogue: Catalogue, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the path and text of each file of the catalogue."""
    rows = {
        "role": _role, "team": _team, "tool": _tool, "metric": _metric, "artifact": _artifact, "term": _term,
    }  # fmt: skip
    for kind, row in rows.items():
        entries = (
            f"{id}:\n  title: {title}\n{row(catalogue, number, id, chance)}"
            for number, (id, title) in enumerate(catalogue.titles[kind].items())
        )
        yield (
            f"processes/catalog/{kind}s.yaml",
            f"# yaml-language-server: $schema=../../schemas/{kind}.schema.json\n" + "\n".join(entries),
        )
    yield "processes/catalog/calendars.yaml", _calendars(catalogue)


def _calendars(catalogue: Catalogue) -> str:
    year = catalogue.today.year + 1
    return f"""\
# yaml-language-server: $schema=../../schemas/calendar.schema.json
company:
  title: Company calendar
  summary: Monday to Friday, without the winter closure.
  reviewed: {catalogue.ago(33)}
  review_every: 6mo
  time_zone: Europe/Berlin
  weekend: [saturday, sunday]
  closures:
    - {{from: {year}-12-24, to: {year}-12-31, title: Winter closure}}
  notes: |
    Every date in the handbook counts working days of this calendar.
"""


def _role(catalogue: Catalogue, number: int, id: str, chance: random.Random) -> str:
    decide, other = prose.tasks(chance, 2)
    return (
        f"  summary: Answers for {chance.choice(prose.THINGS)} and for {chance.choice(prose.THINGS)} of the area.\n"
        f"  team: {catalogue.at('team', number)}\n"
        f"  purpose: Customers and colleagues know whom to ask about {chance.choice(prose.THINGS)}.\n"
        f"  decides:\n    - When to {decide[0].lower()}{decide[1:]}\n    - How to {other[0].lower()}{other[1:]}\n"
        f"  backup: {catalogue.at('role', number + 1)}\n"
        "  skills: [Writing a clear brief, Reading a chart, Saying no with a reason]\n"
    )


def _team(catalogue: Catalogue, number: int, id: str, chance: random.Random) -> str:
    return (
        f"  summary: Looks after {chance.choice(prose.THINGS)} so that launches go out on the day that was promised.\n"
        f"  lead: {catalogue.at('role', number)}\n"
        f'  channel: "#{id}"\n  tracker: T{number}\n  handle: "@example/{id}"\n  calendar: company\n'
    )


def _tool(catalogue: Catalogue, number: int, id: str, chance: random.Random) -> str:
    users = [role for role in catalogue.ids["role"] if id in catalogue.tools_of(role)]
    return (
        f"  summary: Where {chance.choice(prose.THINGS)} and {chance.choice(prose.THINGS)} are kept and found again.\n"
        f"  owner: {catalogue.at('team', number)}\n  reviewed: {catalogue.ago(21)}\n  review_every: 6mo\n"
        f"  category: {_category(number, len(catalogue.ids['tool']))}\n"
        f"  access: Every account has it from day one; the {users[0]} adds you to the project\n"
        f"  used_by: [{', '.join(users)}]\n"
        f"  integrations: [{', '.join(catalogue.several('tool', number + 1, 2))}]\n"
        "  single_sign_on: true\n  data_classes: [work items, names of employees]\n"
        f"  notes: |\n{prose.block(prose.sentences(chance, 2), 4)}"
    )


def _category(number: int, tools: int) -> str:
    """The category of a tool. The five tools of a role are each from another fifth, so no two of them are alike."""
    return _CATEGORIES[number * 5 // tools + 5 * (number % 2)]


def _metric(catalogue: Catalogue, number: int, id: str, chance: random.Random) -> str:
    return (
        f"  summary: Shows month by month whether {chance.choice(prose.THINGS)} do what they are for.\n"
        f"  owner: {catalogue.at('team', number)}\n  reviewed: {catalogue.ago(25)}\n  review_every: 6mo\n"
        '  unit: "%"\n  direction: up\n'
        f"  formula: accounts that used {chance.choice(prose.THINGS)} in the month / accounts that had access to them\n"
        f"  source: {catalogue.at('tool', number)}\n  cadence: month\n"
        f'  target: ">= {chance.randint(50, 95)}%"\n  dimensions: [plan, region]\n'
    )


def _artifact(catalogue: Catalogue, number: int, id: str, chance: random.Random) -> str:
    return (
        f"  summary: Says what became of {chance.choice(prose.THINGS)}, for whoever takes over.\n"
        f"  owner: {catalogue.at('team', number)}\n  format: Document, one page\n"
        f"  tool: {catalogue.at('tool', number)}\n  external: true\n"
        f"  accepted_when:\n{prose.block([f'- {check}' for check in chance.sample(prose.CHECKS, 3)], 4)}"
        "  keep_for: 3y\n"
    )


def _term(catalogue: Catalogue, number: int, id: str, chance: random.Random) -> str:
    return (
        f"  summary: The time in which {chance.choice(prose.THINGS)} may change and nothing else does.\n"
        f"  see: [{', '.join(catalogue.several('term', number + 1, 2))}]\n"
    )
