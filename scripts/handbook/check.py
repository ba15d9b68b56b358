"""The pipeline from bytes to findings. Pure: the day is an argument, files come from a mapping."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date

from handbook import settings as settings_file
from handbook.finding import START, Fault, Finding, Hit, Place, Pointer, Severity, Span
from handbook.model.build import build
from handbook.model.handbook import Handbook, Name, Reference
from handbook.model.kinds import KINDS, Kind
from handbook.model.record import Record
from handbook.rules.registry import Context, Rule, rules
from handbook.schema.references import references
from handbook.schema.shape import shape
from handbook.settings import Settings
from handbook.sources import PAGE_ENDINGS, RECORD_ENDINGS, SETTINGS, Sources
from handbook.text import markdown, yaml
from handbook.text.near import did_you_mean
from handbook.text.yaml import Document, Value


@dataclass(frozen=True, slots=True)
class Loaded:
    """A handbook as far as it could be read, with what is wrong with its files."""

    handbook: Handbook
    settings: Settings
    faults: Mapping[str, tuple[Fault, ...]]  #: by path, with their spans
    hits: tuple[tuple[str, Hit], ...]  #: rule and hit, without their spans yet


@dataclass(slots=True)
class _Loading:
    """What is gathered while files are read, one after the other."""

    settings: Settings
    faults: dict[str, tuple[Fault, ...]]
    hits: list[tuple[str, Hit]]
    records: dict[Name, Record]
    places: dict[Name, Place]
    references: list[Reference]
    unread: set[str]


def read_settings(sources: Sources) -> tuple[Settings, tuple[Fault, ...]]:
    """Return the settings of a handbook, and what is wrong with them."""
    source = sources.get(SETTINGS)
    return settings_file.read(source, frozenset(rules())) if source is not None else (Settings(), ())


def load(sources: Sources, settings: Settings) -> Loaded:
    """Read every file once and return the handbook that they make."""
    loading = _Loading(settings, {}, [], {}, {}, [], set())
    for path in sorted(sources):
        if path.endswith(RECORD_ENDINGS) and path.startswith(f"{settings.processes}/"):
            _load_records(loading, path, sources)
        elif path.endswith(PAGE_ENDINGS):
            _read(loading, path, sources)
    for rule, hit in loading.hits:
        if rule == "misplaced-file":  # it is there, if not where it belongs: naming it is no second mistake
            loading.places.setdefault(Name("process", _stem(hit.at.path)), hit.at)
    handbook = Handbook.of(
        loading.records, loading.places, tuple(loading.references), frozenset(loading.unread)
    )
    return Loaded(handbook, settings, loading.faults, tuple(loading.hits))


def check(sources: Sources, settings: Settings, today: date) -> list[Finding]:
    """Return everything that is wrong with a handbook on a day, in the order of files and lines."""
    return judge(load(sources, settings), sources, today)


def judge(loaded: Loaded, sources: Sources, today: date) -> list[Finding]:
    """Return everything that is wrong with a handbook that is loaded already; `sources` are what it was loaded from."""
    return sorted(_findings(loaded, sources, today), key=lambda finding: finding.order)


def fault_findings(path: str, faults: Iterable[Fault]) -> list[Finding]:
    """Return what is wrong with one file, such as the settings, as findings at their default levels."""
    levels = {name: rule.severity for name, rule in rules().items()}
    return [_finding(path, fault.span, fault.rule, fault.message, fault.help, levels) for fault in faults]


def _read(loading: _Loading, path: str, sources: Sources) -> Document:
    try:
        source = sources[path]
        document = markdown.read(path, source) if path.endswith(PAGE_ENDINGS) else yaml.read(path, source)
    except OSError as error:
        fault = Fault("unreadable-file", START, _why(error), "put a readable file there, or remove it")
        document = Document(path, None, (fault,))
    if document.faults:
        loading.faults[path] = document.faults
    return document


def _why(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return "this is a folder, and a file is meant here"
    return f"this file cannot be read: {(error.strerror or str(error)).lower()}"


def _load_records(loading: _Loading, path: str, sources: Sources) -> None:
    kind = loading.settings.kind_of(path)
    if kind is None:
        loading.hits.append(("misplaced-file", Hit(Place(path), *_misplaced(path, loading.settings))))
        return
    document = _read(loading, path, sources)
    lost = document.data is None and document.broken
    found = () if lost else tuple(shape(kind.schema, document.data, Place(path)))
    loading.hits.extend(found)
    if kind.catalogue:
        _load_catalogue(loading, kind, document, {hit.at.pointer[:1] for _, hit in found})
    else:
        _add(loading, kind, _stem(path), Place(path), document.data, whole=not (found or document.broken))


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _load_catalogue(loading: _Loading, kind: Kind, document: Document, broken: Set[Pointer]) -> None:
    """Add the entries of a catalogue. `broken` are the pointers of those that have findings of their own."""
    if not isinstance(document.data, dict):
        loading.unread.add(kind.name)
        return
    for id, data in document.data.items():
        at = Place(document.path) / id
        _add(loading, kind, id, at, data, whole=not document.broken and at.pointer not in broken)


def _add(loading: _Loading, kind: Kind, id: str, at: Place, data: Value, *, whole: bool) -> None:
    """Add a record. One that is not `whole` is known by its name, so that naming it is no second mistake."""
    name = Name(kind.name, id)
    if first := loading.places.get(name):
        message = f'there are two {kind.plural.lower()} "{id}"; the other one is {first.path}'
        loading.hits.append(("duplicate-id", Hit(at, message, "rename one of the two files, or merge them")))
        return
    loading.places[name] = at
    for pointer, on_key, target_kind, target in references(kind.name, data):
        place = Place(at.path, (*at.pointer, *pointer), on_key)
        loading.references.append(Reference(source=name, at=place, target=Name(target_kind, target)))
    if whole and isinstance(data, dict):
        loading.records[name] = build(kind, id, data, at)


def _misplaced(path: str, settings: Settings) -> tuple[str, str]:
    """Say why no kind of record belongs where a file is, and where it may go."""
    below = path.removeprefix(f"{settings.processes}/")
    folder, _, name = below.rpartition("/")
    catalogues = [kind.folder.removeprefix("catalog/") for kind in KINDS.values() if kind.catalogue]
    if folder == "catalog":
        return (
            f'"{name}" is not a file of the catalogue{did_you_mean(name, catalogues)}',
            f"the catalogue has {', '.join(catalogues)}",
        )
    folders = [
        *settings.areas,
        *(kind.folder for kind in KINDS.values() if kind.folder and not kind.catalogue),
    ]
    near = did_you_mean(folder, folders)
    where = (
        f'folder "{folder}" holds no kind of record'
        if folder
        else "a record cannot be here: the folder decides its kind"
    )
    return f"{where}{near}", f"move it to one of {', '.join(folders)}, or add the area to {SETTINGS}"


def _findings(loaded: Loaded, sources: Sources, today: date) -> Iterator[Finding]:
    known = rules()
    levels = {name: loaded.settings.levels.get(name, rule.severity) for name, rule in known.items()}
    hits: dict[str, list[tuple[str, Hit]]] = defaultdict(list)
    for path, faults in loaded.faults.items():
        for fault in faults:
            if levels[fault.rule]:
                yield _finding(path, fault.span, fault.rule, fault.message, fault.help, levels)
    context = Context(loaded.handbook, today)
    active = [rule for name, rule in known.items() if rule.run and levels[name]]
    for name, hit in (*loaded.hits, *_hits(active, context)):
        if levels[name]:
            hits[hit.at.path].append((name, hit))
    for path, found in hits.items():
        spans = _spans(path, sources, (hit.at for _, hit in found))
        for name, hit in found:
            yield _finding(path, spans[hit.at], name, hit.message, hit.help, levels)


def _hits(active: Iterable[Rule], context: Context) -> Iterator[tuple[str, Hit]]:
    """Run the rules: those on a kind with each record of it, the others once."""
    records = list(context.handbook.records.values())
    for rule in active:
        assert rule.run is not None
        if rule.on is None:
            yield from ((rule.name, hit) for hit in rule.run(context))
            continue
        for record in records:
            if isinstance(record, rule.on):
                yield from ((rule.name, hit) for hit in rule.run(record, context))


def _spans(path: str, sources: Sources, places: Iterable[Place]) -> Mapping[Place, Span]:
    places = list(places)
    try:
        source = sources[path]
    except OSError:
        return dict.fromkeys(places, START)
    if path.endswith(PAGE_ENDINGS):
        source, above = markdown.front_matter(source)
        return yaml.locate(source, places, above)
    return yaml.locate(source, places)


def _finding(
    path: str, span: Span, rule: str, message: str, help: str, levels: Mapping[str, Severity]
) -> Finding:
    return Finding(path=path, span=span, severity=levels[rule], rule=rule, message=message, help=help)
