"""One file of the handbook, read: the records in it, and what its reader and its schema object to."""

from __future__ import annotations

from collections.abc import Iterator, Set

from handbook.finding import START, Fault, Hit, Place, Pointer
from handbook.frozen import Entity
from handbook.model.build import build
from handbook.model.handbook import Name, Reference
from handbook.model.kinds import KINDS, Kind
from handbook.model.record import Record
from handbook.schema.references import references
from handbook.schema.shape import shape
from handbook.settings import Settings
from handbook.sources import SETTINGS, Sources
from handbook.text import yaml
from handbook.text.yaml import Document, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class Entry(Entity):
    """A record as its file has it. One that is not `whole` has findings: it is known by its name only."""

    kind: Kind
    id: str
    at: Place
    data: Value
    whole: bool

    @property
    def name(self) -> Name:
        return Name(self.kind.name, self.id)

    def named(self) -> Iterator[tuple[Pointer, bool, str, str]]:
        """Yield what the record names: the pointer inside it, whether that is a key, the kind and the id."""
        return references(self.kind.name, self.data)

    def references(self) -> Iterator[Reference]:
        """Yield the places in which the record names others."""
        for pointer, on_key, kind, id in self.named():
            place = Place(self.at.path, (*self.at.pointer, *pointer), on_key)
            yield Reference(source=self.name, at=place, target=Name(kind, id))

    def record(self) -> Record:
        """Return the record; only for one that is whole."""
        assert isinstance(self.data, dict)
        return build(self.kind, self.id, self.data, self.at)


class File(Entity):
    """What is in a file. `unread` is the kind of a catalogue that could not be read: of its names nothing is known."""

    document: Document
    hits: tuple[tuple[str, Hit], ...] = ()
    entries: tuple[Entry, ...] = ()
    unread: str | None = None

    @property
    def complaint(self) -> str:
        """The first thing that is wrong with the file, or nothing where its values can be used."""
        said = [fault.message for fault in self.document.faults if not fault.harmless]
        return next(iter([*said, *(hit.message for _, hit in self.hits)]), "")


def read(
    path: str, sources: Sources, settings: Settings, reader: Callable[[str, bytes], Document] = yaml.read
) -> File:
    """Read the file of one or more records. Whatever is wrong with it is told in what is returned."""
    kind = settings.kind_of(path)
    if kind is None:
        here = Entry(kind=KINDS["process"], id=stem(path), at=Place(path), data=None, whole=False)
        hit = Hit(Place(path), *_misplaced(path, settings))
        # It is there, if not where it belongs: naming it is no second mistake.
        return File(document=Document(path, None), hits=(("misplaced-file", hit),), entries=(here,))
    document = opened(path, sources, reader)
    lost = document.data is None and document.broken
    hits = () if lost else tuple(shape(kind.schema, document.data, Place(path)))
    if kind.catalogue and not isinstance(document.data, dict):
        return File(document=document, hits=hits, unread=kind.name)
    return File(document=document, hits=hits, entries=tuple(_entries(kind, document, hits)))


def opened(path: str, sources: Sources, reader: Callable[[str, bytes], Document]) -> Document:
    """Read a file with a reader of bytes; one that cannot be opened is a document with that fault."""
    try:
        return reader(path, sources[path])
    except OSError as error:
        fault = Fault("unreadable-file", START, _why(error), "put a readable file there, or remove it")
        return Document(path, None, (fault,))


def _why(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return "this is a folder, and a file is meant here"
    return f"this file cannot be read: {(error.strerror or str(error)).lower()}"


def stem(path: str) -> str:
    """Return the id that a file gives its record."""
    return path.rpartition("/")[2].rpartition(".")[0]


def _entries(kind: Kind, document: Document, hits: tuple[tuple[str, Hit], ...]) -> Iterator[Entry]:
    sound = not document.broken
    if not kind.catalogue:
        whole = sound and not hits
        yield Entry(
            kind=kind, id=stem(document.path), at=Place(document.path), data=document.data, whole=whole
        )
        return
    broken: Set[Pointer] = {hit.at.pointer[:1] for _, hit in hits if isinstance(hit.at, Place)}
    assert isinstance(document.data, dict)
    for id, data in document.data.items():
        at = Place(document.path, (id,))
        whole = sound and at.pointer not in broken and isinstance(data, dict)
        yield Entry(kind=kind, id=id, at=at, data=data, whole=whole)


def _misplaced(path: str, settings: Settings) -> tuple[str, str]:
    """Say why no kind of record belongs where a file is, and where it may go."""
    from handbook.text.near import did_you_mean

    below = path.removeprefix(f"{settings.processes}/")
    folder, _, name = below.rpartition("/")
    catalogues = [kind.folder.removeprefix("catalog/") for kind in KINDS.values() if kind.catalogue]
    if folder == "catalog":
        return (
            f'"{name}" is not a file of the catalogue{did_you_mean(name, catalogues)}',
            f"the catalogue has {', '.join(catalogues)}",
        )
    kinds = (kind.folder for kind in KINDS.values() if kind.folder and not kind.catalogue)
    folders = [*settings.areas, *kinds]
    near = did_you_mean(folder, folders)
    where = (
        f'folder "{folder}" holds no kind of record'
        if folder
        else "a record cannot be here: the folder decides its kind"
    )
    return f"{where}{near}", f"move it to one of {', '.join(folders)}, or add the area to {SETTINGS}"
