"""A handbook of the public records alone: what they keep to themselves is left out, and what they name only where that is public."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from handbook.finding import Place, Pointer
from handbook.frozen import EMPTY, Entity
from handbook.model.handbook import Handbook, Name, Reference
from handbook.model.kinds import KINDS
from handbook.model.onboarding import ACTIONS, Item, OnboardingPath
from handbook.model.record import Record
from handbook.model.visibility import NAMED, is_public, may_be_named
from handbook.site.anchors import page_of
from handbook.site.page import index_path
from handbook.site.public.prose import unlinked

Reachable = Callable[
    [str], bool
]  #: whether the public site has a page, by its path below the folder of the pages

#: what a record says to colleagues only, by its class: who and where they are, what things cost, and how often or when.
#: Former ids and tags are words that readers do not see and searches find: nobody looks at them before publishing.
_WITHHELD: Mapping[str, tuple[str, ...]] = {
    "Record": ("audience", "tags", "aliases", "review_every", "notes"),
    "Process": ("volume",),
    "Role": ("holders", "capacity"),
    "Team": ("channel", "mail", "tracker", "handle"),
    "Tool": (
        *("url", "access", "data_classes", "single_sign_on"),
        *("seats", "seats_used", "cost_per_year", "contract_end", "notice"),
    ),
    "Metric": ("baseline", "certified"),
    "Calendar": ("freezes",),
}
#: fields that lead to a page or an address, and those that may have links in their text
_LINKS = {"Link": ("to",), "Tool": ("guideline", "training"), "Artifact": ("template",), "Item": ("link",)}
_TEXTS = ("instructions",)
_SKIPPED = ("id", "at")


class _Gone:
    """Stands for a value that the public may not see."""


_GONE = _Gone()


def shown(handbook: Handbook, otherwise: str) -> dict[Name, Record]:
    """Return the records that everybody may read, as they are. `otherwise` holds for those that do not say it."""
    return {name: record for name, record in handbook.records.items() if is_public(record, otherwise)}


def paths(names: Iterable[Name]) -> frozenset[str]:
    """Return the pages that these records have, and the lists in which they stand."""
    return frozenset(path for name in names for path in (page_of(name), index_path(name.kind)))


def published(handbook: Handbook, otherwise: str, reachable: Reachable) -> Handbook:
    """Return the handbook as the public may know it. Pages made of it need no further care.

    An id that may be said although its record is not public gives way to the title of that record: it then leads
    nowhere, and pages show what leads nowhere as it is.
    """
    open_to_all = shown(handbook, otherwise)
    records: dict[Name, Record] = {}
    references: list[Reference] = []
    for name, record in open_to_all.items():
        cut = _Cut(handbook, open_to_all, record, reachable)
        made = cut.entity(record, (), ())
        if isinstance(made, Record):
            records[name] = made
            references += cut.references
    return Handbook.of(records, {name: handbook.places[name] for name in records}, tuple(references))


class _Cut:
    """One record on its way to the public: its values without what is internal, and where it names what is public."""

    def __init__(
        self, handbook: Handbook, open_to_all: Mapping[Name, Record], record: Record, reachable: Reachable
    ) -> None:
        self._handbook, self._open, self._record, self._reachable = handbook, open_to_all, record, reachable
        self.references: list[Reference] = []
        start = len(record.at.pointer)
        self._named = {one.at.pointer[start:]: one.target for one in handbook.outgoing(record)}

    def entity(self, entity: Any, old: Pointer, new: Pointer) -> Any:
        """Return an entity without what is internal; `old` and `new` are the ways to it before and after. Maybe it is gone."""
        before, changes = len(self.references), dict[str, Any]()
        for field in type(entity).fields:
            made = self._field(entity, field, old, new)
            if made is _GONE and not hasattr(type(entity), field):
                del self.references[before:]
                return _GONE
            changes[field] = getattr(type(entity), field) if made is _GONE else made
        made = entity.replaced(**changes)
        if isinstance(made, Item) and not any(getattr(made, action) for action in ACTIONS):
            return _GONE
        return _joined(made) if isinstance(made, OnboardingPath) else made

    def _field(self, entity: Entity, field: str, old: Pointer, new: Pointer) -> Any:
        value, key = getattr(entity, field), field.rstrip("_")
        if field in _SKIPPED:
            return value
        if field == "extra":
            return EMPTY
        if any(field in _WITHHELD.get(base.__name__, ()) for base in type(entity).__mro__):
            return _GONE
        if value and field in _LINKS.get(type(entity).__name__, ()):
            return value if self._leads_out(value) else _GONE
        if value and field in _TEXTS:
            return unlinked(value, self._reachable)
        return self._value(value, (*old, key), (*new, key))

    def _value(self, value: Any, old: Pointer, new: Pointer) -> Any:
        if old in self._named and isinstance(value, str):
            return self._name(self._named[old], new)
        if isinstance(value, Entity):
            return self.entity(value, old, new)
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            kept: list[Any] = []
            for index, entry in enumerate(value):
                made = self._value(entry, (*old, index), (*new, len(kept)))
                kept += [] if made is _GONE else [made]
            return tuple(kept)
        if isinstance(value, Mapping):
            found = {
                key: self._value(each, (*old, key), (*new, key))
                for key, each in value.items()
                if (*old, key) not in self._named or each is None
            }
            return {key: each for key, each in found.items() if each is not _GONE}
        return value

    def _name(self, target: Name, at: Pointer) -> Any:
        """Return how the public may read a name: its id where that leads to something, a title, or nothing."""
        name = self._handbook.resolve(target)
        if name in self._open:
            place = Place(self._record.at.path, (*self._record.at.pointer, *at))
            name_of = Name(self._record.kind, self._record.id)
            self.references.append(Reference(source=name_of, at=place, target=name))
            return name.id
        if name.kind not in NAMED:
            return _GONE
        record = self._handbook.records.get(name)
        if record is not None and may_be_named(record):
            return record.title
        return f"an internal {KINDS[name.kind].title.lower()}"

    def _leads_out(self, to: str) -> bool:
        """Whether a link leads to another site, or to a page that the public site has."""
        return "://" in to or to.startswith("mailto:") or self._reachable(to.partition("#")[0])


def _joined(path: OnboardingPath) -> OnboardingPath:
    """Return a path in which no item waits for one that is gone."""
    left = {item.id for stage in path.stages for item in stage.items}
    stages = (
        stage.replaced(
            items=tuple(
                item.replaced(needs=tuple(id for id in item.needs if id in left)) for item in stage.items
            )
        )
        for stage in path.stages
    )
    return path.replaced(stages=tuple(stages))
