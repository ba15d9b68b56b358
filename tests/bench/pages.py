"""The pages of a generated handbook: headings, lists, tables, fences, images, and links to anchors and to records."""

from __future__ import annotations

import posixpath
import random

from tests.bench import prose
from tests.bench.catalogue import Catalogue

SECTION = 100  #: pages in one folder, the first of which lists the others

_HEADINGS = (
    "Before you start", "Who takes part", "What you need", "Which one to use", "One example", "Avoid the usual mistakes",
    "Check it before you send it", "After it is agreed", "When it goes wrong", "Fill in the form", "Decide against the rule",
    "Where the numbers come from", "How long it takes", "Questions that come up", "What changes for customers",
    "What stays as it is", "Ask for help",
)  # fmt: skip
#: folder of generated pages -> the anchors that every page in it has
_ANCHORS = {"artifacts": "accepted-when", "metrics": "formula", "roles": "decides", "processes": "steps"}
IMAGES = 12


def title(number: int) -> str:
    """Return the title of the page of that number."""
    return f"{prose.VERBS[number % len(prose.VERBS)]}: {prose.subject(number).lower()}"


def path(number: int) -> str:
    """Return where a page is, below the folder of the pages."""
    section, place = divmod(number, SECTION)
    name = prose.slug(title(number)) if place else "index"
    return f"guides/{prose.SUBJECTS[section % len(prose.SUBJECTS)].lower()}-{section}/{name}.md"


def headings(number: int) -> list[str]:
    """Return the headings of a page below its title: other pages link to them."""
    chance = random.Random(f"headings-{number}")
    return (
        chance.sample(_HEADINGS, chance.randint(4, 8))
        if number % SECTION
        else ["In this section", "Ask for help"]
    )


def link(number: int) -> tuple[str, str]:
    """Return the title of a page and its address for a record, with an anchor, both without signs of YAML."""
    return prose.subject(number), f"{path(number)}#{prose.slug(headings(number)[-1])}"


def home(pages: int, owner: str) -> str:
    """Return the first page, which leads to every section."""
    front = [
        "---",
        "title: Handbook",
        "summary: Where each section of the guides begins.",
        f"owner: {owner}",
        "---",
    ]
    rows = [f"- [{title(number)}]({path(number)})" for number in range(0, pages, SECTION)]
    return "\n".join([*front, "", "# Handbook", "", *rows, ""])


def page(chance: random.Random, number: int, pages: int, processes: list[str], catalogue: Catalogue) -> str:
    """Return the text of a page. `processes` are ids of processes that it may link to."""
    writer = _Writer(chance, number, pages, processes, catalogue)
    body = writer.contents() if number % SECTION == 0 else writer.body()
    front = {
        "title": f'"{title(number)}"',
        "summary": f"How to deal with {chance.choice(prose.THINGS)} so that others get the same result.",
        "owner": catalogue.at("team", number),
        "reviewed": f"{catalogue.ago(chance.randint(7, 100))}",
        "review_every": "6mo",
    }
    lines = [
        "---",
        *(f"{key}: {value}" for key, value in front.items()),
        "---",
        "",
        f"# {title(number)}",
        "",
        *body,
    ]
    return "\n".join(lines)


class _Writer:
    """The body of one page."""

    def __init__(
        self, chance: random.Random, number: int, pages: int, processes: list[str], catalogue: Catalogue
    ) -> None:
        self.chance, self.number, self.pages = chance, number, pages
        self.processes, self.catalogue = processes, catalogue
        self.folder = posixpath.dirname(path(number))

    def contents(self) -> list[str]:
        """Return the lines of the page that lists its section."""
        last = min(self.number + SECTION, self.pages)
        rows = [f"- [{title(n)}]({self._to(path(n))})" for n in range(self.number + 1, last)]
        return [
            "## In this section",
            "",
            *(rows or ["Nothing else yet."]),
            "",
            "## Ask for help",
            "",
            *self._prose(2),
            "",
        ]

    def body(self) -> list[str]:
        """Return the lines of any other page: an introduction, and a section below each heading."""
        parts = [
            self._list,
            self._table,
            self._fence,
            self._note,
            self._tasks,
            self._picture,
            self._prose_part,
        ]
        lines = [*self._prose(3), ""]
        for heading in headings(self.number):
            lines += [
                f"## {heading}",
                "",
                *self._prose(2),
                self._sentence(),
                "",
                *self.chance.choice(parts)(),
                "",
            ]
        return [*lines[:-1], ""]

    def _prose(self, count: int) -> list[str]:
        return prose.sentences(self.chance, count)

    def _prose_part(self) -> list[str]:
        return self._prose(4)

    def _list(self) -> list[str]:
        return [f"{n}. {sentence}" for n, sentence in enumerate(self._prose(4), 1)]

    def _table(self) -> list[str]:
        rows = zip(self.chance.sample(prose.CHECKS, 3), self._prose(3), strict=True)
        return [
            "| Sign | What to do |",
            "| --- | --- |",
            *(f"| {check} | {sentence} |" for check, sentence in rows),
        ]

    def _fence(self) -> list[str]:
        return [
            "```yaml",
            "# [not a link](nowhere.md)",
            f"owner: {self.catalogue.at('team', self.number)}",
            "```",
        ]

    def _note(self) -> list[str]:
        return ["!!! note", "", *(f"    {sentence}" for sentence in self._prose(2))]

    def _tasks(self) -> list[str]:
        return [f"- [ ] {check}" for check in self.chance.sample(prose.CHECKS, 4)]

    def _picture(self) -> list[str]:
        image = self._to(f"assets/flow-{self.chance.randrange(IMAGES)}.svg")
        return [f"![The way from request to decision]({image})"]

    def _sentence(self) -> str:
        """Return a sentence with a link or two, to pages and to the pages of records."""
        other = self.chance.randrange(self.pages)
        anchor = prose.slug(self.chance.choice(headings(other)))
        first = f"[{prose.subject(other).lower()}]({self._to(path(other))}#{anchor})"
        return f"More about it is in {first}, and the rest in {self._record()}."

    def _record(self) -> str:
        folder = self.chance.choice(
            ("processes", "processes", "roles", "artifacts", "metrics", "tools", "terms")
        )
        id = self.chance.choice(self.processes if folder == "processes" else self.catalogue.ids[folder[:-1]])
        anchor = f"#{_ANCHORS[folder]}" if folder in _ANCHORS and self.chance.random() < 0.4 else ""
        return f"[{id.replace('-', ' ')}]({self._to(f'{folder}/{id}.md')}{anchor})"

    def _to(self, target: str) -> str:
        return posixpath.relpath(target, self.folder)
