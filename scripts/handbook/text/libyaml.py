"""libyaml's composer: bytes to a tree of nodes with their places, without the rest of PyYAML.

Importing PyYAML makes its parser in Python ready, which nobody uses where libyaml is there; that takes longer than
starting Python does, at every commit. So its compiled part is imported alone. `yaml` becomes the whole package as
soon as anybody asks it for anything else.
"""

from __future__ import annotations

import functools
import operator
import sys
from _frozen_importlib_external import PathFinder  # where `importlib`, which is slow to import, has it from
from types import ModuleType, SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    Node = Any  #: a node of the tree: value, start_mark, end_mark, and either style or flow_style

#: part of PyYAML -> the error that its compiled part takes from there
_ERRORS = {
    "reader": "ReaderError", "scanner": "ScannerError", "parser": "ParserError", "composer": "ComposerError",
    "constructor": "ConstructorError", "emitter": "EmitterError", "serializer": "SerializerError", "representer": "RepresenterError",
}  # fmt: skip
_SMALL = ("error", "tokens", "events", "nodes")  #: the parts that are quick to import, and are


class _Package(ModuleType):
    """PyYAML, whose own code runs when something is missing that only it provides."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what the import system asks of every module
            raise AttributeError(name)
        self.__class__ = ModuleType  # type: ignore[assignment]  # an ordinary module from now on
        assert self.__spec__ is not None
        assert self.__spec__.loader is not None
        self.__spec__.loader.exec_module(self)
        compiled = sys.modules["yaml._yaml"]
        for part, error in _ERRORS.items():
            setattr(compiled, error, getattr(sys.modules[f"yaml.{part}"], error))
        return getattr(self, name)


def _imported(name: str) -> ModuleType:
    __import__(name)
    return sys.modules[name]


def _compiled() -> ModuleType:
    """Import the compiled part of PyYAML, alone where that can be done.

    Raises:
        ImportError: PyYAML is here without libyaml.
    """
    spec = None if "yaml" in sys.modules else PathFinder.find_spec("yaml")
    if spec is None or spec.loader is None or not spec.submodule_search_locations:
        return _imported("yaml._yaml")
    package = _Package("yaml")
    package.__spec__, package.__loader__, package.__file__ = spec, spec.loader, spec.origin
    package.__package__, package.__path__ = "yaml", list(spec.submodule_search_locations)
    sys.modules["yaml"] = package
    try:
        for part in _SMALL:
            _imported(f"yaml.{part}")
        base = package.error.MarkedYAMLError
        for part, error in _ERRORS.items():
            setattr(package, part, SimpleNamespace(**{error: type(error, (base,), {})}))
        return _imported("yaml._yaml")
    except (ImportError, AttributeError):  # another version of PyYAML, or one without libyaml
        for name in ("yaml", *(f"yaml.{part}" for part in _SMALL)):
            sys.modules.pop(name, None)
        return _imported("yaml._yaml")
    finally:
        for part in _ERRORS:
            package.__dict__.pop(part, None)


try:
    _yaml: Any = _compiled()
    _Parser: Any = _yaml.CParser
except (
    ImportError
):  # PyYAML was built without libyaml: its parser in Python finds the same, ten times as slowly
    import yaml as _yaml

    _Parser = _yaml.SafeLoader

MappingNode: Any = _yaml.MappingNode
ScalarNode: Any = _yaml.ScalarNode
SequenceNode: Any = _yaml.SequenceNode
YAMLError: Any = _yaml.YAMLError

MAX_DEPTH = 100
MAX_UNGUARDED = 1000  #: so many levels fit on any stack; libyaml's composer takes 400 bytes for each
BOM = b"\xef\xbb\xbf"


class TooDeep(Exception):
    """Raised for a file that is nested deeper than `MAX_DEPTH`, with the list or mapping that is one too many."""

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node


class _Composer(_Parser):  # type: ignore[misc]  # a base that depends on the machine
    """The composer without YAML 1.1's guesses: every untagged scalar keeps an empty tag.

    It asks these three at every node, so they are the quickest there is: functions in C.
    """

    resolve: Any = staticmethod("".format)  # of anything it is given, makes an empty tag
    descend_resolver: Any = staticmethod(operator.is_)  # has nothing to do
    ascend_resolver: Any = bool  # has nothing to do either


class _Guarded(_Composer):
    """The composer for files that could exhaust the stack, for it calls itself at each level."""

    depth = 0

    def descend_resolver(self, parent: Node | None, index: object) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH + 1 and parent is not None:
            raise TooDeep(parent)

    def ascend_resolver(self) -> None:
        self.depth -= 1


def guarded(source: bytes) -> bool:
    """Whether a file might be nested so deeply that it has to be read with care.

    Every list and mapping has a sign of its own that opens it or marks its entries, so there are no more levels than
    signs. Where words have many hyphens, another bound is nearer: without brackets each level is further to the right,
    but for a list straight below its key; a bracket opens two levels at most.
    """
    if not hasattr(_yaml, "CParser"):
        return True
    if len(source) - len(source.translate(None, b"[{-:?")) <= MAX_UNGUARDED:
        return False
    longest = max(map(len, source.split(b"\n")))
    return 2 * (longest + source.count(b"[") + source.count(b"{")) > MAX_UNGUARDED


@functools.lru_cache(maxsize=1)
def compose(source: bytes) -> Node | None:
    """Return the tree of nodes of a file, or None where nothing is in it.

    The tree of the file that was read last is kept: whoever has findings in it needs their places next.

    Raises:
        YAMLError: it is not YAML.
        TooDeep: it is nested too deeply; up to `MAX_UNGUARDED` levels may be let through.
    """
    composer = (_Guarded if guarded(source) else _Composer)(source.removeprefix(BOM))
    try:
        return composer.get_single_node()
    finally:
        composer.dispose()


def composed(source: bytes, *kinds: Callable[..., Any]) -> Any:
    """Return what a file is composed to when `kinds` make its scalars, lists and mappings, in this order.

    The composer has no such parameter: it looks the three up in its module, at each node. Nobody else composes meanwhile.

    Raises:
        YAMLError: it is not YAML.
    """
    composer = _Composer(source)
    try:
        _yaml.ScalarNode, _yaml.SequenceNode, _yaml.MappingNode = kinds
        return composer.get_single_node()
    finally:
        _yaml.ScalarNode, _yaml.SequenceNode, _yaml.MappingNode = ScalarNode, SequenceNode, MappingNode
        composer.dispose()


def events(source: bytes) -> Iterator[Any]:
    """Yield the events of a file one by one: unlike nodes, they tell where anchors and aliases are.

    Raises:
        YAMLError: it is not YAML from here on.
    """
    parser = _Composer(source)
    try:
        while parser.check_event():
            yield parser.get_event()
    finally:
        parser.dispose()
