"""Which page a record has on the site, and which anchors are on it, known from the record without making the page.

A section that has nothing to say is left out of its page. Its anchor is known here all the same: it comes and
goes with what other records say. tests/site compares this with the pages themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from handbook.model.handbook import Name
from handbook.model.kinds import KINDS
from handbook.model.record import Record
from handbook.text import slug

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SHARED = ("background", "further-reading", "mentions", "versions")
SECTIONS = {
    "": _SHARED,
    "process": ("at-a-glance", "steps", "who-does-what", "inputs-and-outputs", "metrics", "before-and-after"),
    "launch-template": ("at-a-glance", "variables", "gates", "more", "metrics", "launches"),
    "launch": (
        *(
            "where-it-stands",
            "at-a-glance",
            "gates",
            "tasks",
            "risks",
            "decisions",
            "slips",
            "results",
            "retrospective",
            "people",
        ),
        *("reports", "what-went-well", "what-went-badly", "what-we-learned"),
    ),
    "experiment": (
        "hypothesis",
        "decision",
        "learnings",
        "groups",
        "primary",
        "guardrails",
        "sample",
        "analysis",
    ),
    "onboarding-path": ("metrics", "acknowledge"),
    "role": ("decides", "duties", "gates", "launches", "metrics", "tools", "skills"),
    "team": ("roles", "owns", *(f"owns-{kind.pages}" for kind in KINDS.values())),
    "tool": ("at-a-glance", "used-for", "kept", "contract"),
    "metric": ("formula", "at-a-glance", "used"),
    "artifact": ("accepted-when", "at-a-glance", "produced-by", "needed-by"),
    "calendar": ("days-off", "freezes"),
}
#: kind -> how anchors begin that come and go with other records: those that name neighbours, the path that one extends
_GROWING = {
    **dict.fromkeys(("process", "tool", "metric", "artifact"), "next-"),
    "role": "in-",
    "onboarding-path": "base-",
}

_BY_FOLDER = {kind.pages: name for name, kind in KINDS.items()}


#: pages that are made from many records, with the anchors that are always there
OVERVIEWS = {
    "changes/index.md": ("what-changed", "by-role", "earlier"),
    "health/index.md": ("health",),
    "launches/board.md": ("launch-board",),
}


def page_of(name: Name) -> str:
    """Return the path of the page of a record, below the folder of the pages.

    `index.md` is the list of its kind, and some pages show many records: a record of such a name steps aside.
    """
    path = f"{KINDS[name.kind].pages}/{name.id}.md"
    return f"{path[:-3]}_.md" if name.id == "index" or path in OVERVIEWS else path


def record_of(path: str) -> Name | None:
    """Return the record whose page has a path below the folder of the pages, or None where it is no page of a record."""
    folder, _, file = path.rpartition("/")
    if folder not in _BY_FOLDER or not file.endswith(".md") or file == "index.md" or path in OVERVIEWS:
        return None
    id = file.removesuffix(".md")
    aside = id == "index_" or (f"{path[:-4]}.md" in OVERVIEWS and id.endswith("_"))
    return Name(_BY_FOLDER[folder], id[:-1] if aside else id)


def list_of(path: str) -> str | None:
    """Return the kind whose records the page at a path lists, or None where it is no such page."""
    folder, _, file = path.rpartition("/")
    return _BY_FOLDER.get(folder) if file == "index.md" else None


def of(record: Record) -> frozenset[str]:
    """Return the anchors of the page of a record."""
    own = {*_SHARED, *SECTIONS.get(record.kind, ()), *_parts(record)}
    made = slug.unique([slug.slugified(record.title), *_written(record)], own)
    return frozenset((*own, *made))


def may_be_on(name: Name, anchor: str) -> bool:
    """Whether an anchor may be there because of other records: a role has one for each process it works in."""
    return name.kind in _GROWING and anchor.startswith(_GROWING[name.kind])


def of_list(kind: str, records: Iterable[Record], areas: Mapping[str, str]) -> frozenset[str]:
    """Return the anchors of the page that lists the records of a kind, which are given with all their fields."""
    from handbook.site import index

    found = list(records)
    title = "Glossary" if kind == "term" else KINDS[kind].plural
    ids = {record.id for record in found} if kind in ("process", "term") else set()
    titles = [title, *filter(None, index.grouped(kind, found, areas)), *index.further(kind, found)]
    return frozenset((*ids, *slug.unique(map(slug.slugified, titles), ids)))


def of_reference(path: str) -> frozenset[str] | None:
    """Return the anchors of a page that is made and of no record: overviews, those below `reference/`, and tool access; None for others."""
    if path in OVERVIEWS:
        return frozenset(OVERVIEWS[path])
    if path == "tool-access.md":
        from handbook.site import access

        return access.ANCHORS
    if not path.startswith(("reference/records/", "reference/rules/")):
        return None
    from handbook.site import reference
    from handbook.text import outline

    page = next((page for page in reference.pages() if page.path == path), None)
    return outline.read(page.text).anchors if page else None


def _parts(record: Any) -> Iterator[str]:
    """Yield the anchors of a record's steps, tasks, gates, phases and stages."""
    for field, anchor in _PARTS.get(record.kind, ()):
        for part in getattr(record, field):
            yield anchor(part)
    if record.kind == "onboarding-path":
        yield from (item.id for stage in record.stages for item in stage.items)
        yield from (f"sign-off-{id}" for id in record.acknowledge)


_PARTS: dict[str, tuple[tuple[str, Callable[[Any], str]], ...]] = {
    "process": (("steps", lambda step: f"step-{step.id}"),),
    "launch-template": (
        ("phases", lambda phase: f"phase-{phase.id}"),
        ("tasks", lambda task: f"task-{task.id}"),
        ("gates", lambda gate: f"gate-{gate.id}"),
    ),
    "launch": (
        ("tasks", lambda task: f"task-{task.id}"),
        ("tasks", lambda task: f"phase-{task.phase or 'other'}"),
        ("gates", lambda gate: f"gate-{gate.id}"),
    ),
    "experiment": (("variants", lambda variant: f"variant-{variant.id}"),),
    "onboarding-path": (("stages", lambda stage: stage.id),),
}


def _written(record: Any) -> Iterator[str]:
    """Yield the anchors of headings that somebody wrote into the Markdown of a record, in the order of its page."""
    if record.kind == "experiment":
        for variant in record.variants:
            if variant.description:
                yield slug.slugified(variant.title)
                yield from _headings(variant.description)
        yield from _headings(record.analysis)
    for part in (part for field in ("steps", "tasks") for part in getattr(record, field, ())):
        yield from _headings(getattr(part, "instructions", None))
    yield from _headings(record.notes)


def _headings(text: str | None) -> Iterator[str]:
    if text and "#" in text:
        from handbook.text import outline

        yield from (slug.slug(heading.title) for heading in outline.read(text).headings)
