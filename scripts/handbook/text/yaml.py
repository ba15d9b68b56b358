"""YAML to plain values with exact spans, in the sense of YAML 1.2.

Bytes go through libyaml's composer once; the node tree is dropped as soon as the values are built.
Spans are found by composing the file again, and only for files that have something to report:
a clean handbook never pays for them.

Dates stay strings, `NO` stays a string, keys are strings as they are typed. A key given twice, an
anchor, an alias, a tag or a second document is a fault: none of them survives every YAML reader.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, cast

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from handbook.finding import START, Fault, Place, Span
from handbook.text import yaml_errors
from handbook.text.lost import lost

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 100
MAX_DIGITS = 18  #: more digits than a number that survives JSON
MAX_FAULTS = 100  #: of one file; a hostile one could have a hundred thousand

_Pairs = dict[
    int, dict[object, tuple[ScalarNode, Node]]
]  #: mappings that were looked into, as keys and values
Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]

_WORDS: dict[str, Value] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_MAYBE_NUMBER = frozenset("+-.0123456789")
_INT = re.compile(r"[-+]?[0-9]+")
_RADIX = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_BOM = b"\xef\xbb\xbf"
_MAYBE_ANCHOR = re.compile(rb"(?:^|[\s\[{,:?-])[&*][^\s&*]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as plain values. `faults` are what its reader objects to; `data` is None if it cannot be read."""

    path: str
    data: Value
    faults: tuple[Fault, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether a fault makes the values unfit for use."""
        return not all(fault.harmless for fault in self.faults)


class _TooDeep(Exception):
    """Raised from inside libyaml's composer, before its recursion exhausts the stack."""

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node


class _Composer(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # a base that depends on the machine
    """libyaml's composer without YAML 1.1's guesses: every untagged scalar keeps an empty tag."""

    def __init__(self, source: bytes) -> None:
        super().__init__(source)
        self.depth = 0

    def resolve(self, kind: type[Node], value: str, implicit: object) -> str:
        return ""

    def descend_resolver(self, parent: Node | None, index: object) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH and parent is not None:
            raise _TooDeep(parent)

    def ascend_resolver(self) -> None:
        self.depth -= 1


class _Builder:
    """Turns one node tree into plain values, and notes what is wrong on the way."""

    def __init__(self, first_line: int) -> None:
        self.faults: list[Fault] = []
        self.first_line = first_line

    def value(self, node: Node) -> Value:
        self._untagged(node)
        if isinstance(node, ScalarNode):
            return node.value if node.style else self._plain(node)
        if isinstance(node, SequenceNode):
            return [self.value(item) for item in node.value]
        return self._mapping(cast("MappingNode", node))

    def _untagged(self, node: Node) -> None:
        if node.tag:
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            self._fault("unsupported-yaml", node, f'"{tag}" is a YAML tag, and records have no tags',
                        "remove the tag; quote the value if it has to stay text")  # fmt: skip

    def _mapping(self, node: MappingNode) -> Value:
        data: dict[str, Value] = {}
        lines: dict[str, int] = {}  # where each key is first; filled only if one is given twice
        for key, value in node.value:
            self._untagged(key)
            if not isinstance(key, ScalarNode):
                self._fault("unsupported-yaml", key, "a key is a word here, not a list or a mapping",
                            "quote the key if it has to begin with a bracket")  # fmt: skip
                continue
            if key.value in data:
                lines = lines or _first_lines(node)
                first = lines[key.value] + self.first_line
                self._fault("duplicate-key", key, f'key "{key.value}" is given twice; the first one is in line {first}',
                            "keep one of the two, or merge them")  # fmt: skip
            data[key.value] = self.value(value)
        return data

    def _plain(self, node: ScalarNode) -> Value:
        text: str = node.value
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _MAYBE_NUMBER:
            return text
        try:
            return _number(text)
        except OverflowError:
            self._fault("unusable-number", node, f'"{yaml_errors.shortened(text)}" is a number that no program reads the same way',
                        "write a smaller number, or quote it if it is a name")  # fmt: skip
            return text

    def _fault(self, rule: str, node: Node, message: str, help: str) -> None:
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(rule, _span(node), message, help))


def _first_lines(node: MappingNode) -> dict[str, int]:
    return {
        key.value: key.start_mark.line + 1 for key, _ in reversed(node.value) if isinstance(key, ScalarNode)
    }


def _number(text: str) -> int | float | str:
    if _INT.fullmatch(text) or _RADIX.fullmatch(text):
        if len(text.lstrip("+-")) > MAX_DIGITS:
            raise OverflowError
        whole = int(text, 0) if text[1:2] in ("o", "x") else int(text)
        if abs(whole) >= 10**MAX_DIGITS:
            raise OverflowError
        return whole
    if _INFINITE.fullmatch(text):
        raise OverflowError
    if _FLOAT.fullmatch(text):
        number = float(text)
        if number in (float("inf"), float("-inf")):
            raise OverflowError
        return number
    return text


def read(path: str, source: bytes) -> Document:
    """Read one YAML file. Whatever is wrong with it is a fault of the document, never an exception."""
    data, faults = read_part(source, 0)
    return Document(path, data, faults)


def read_part(source: bytes, first_line: int) -> tuple[Value, tuple[Fault, ...]]:
    """Read YAML that begins `first_line` lines into a file, such as the front matter of a page."""
    data, faults = _read_lines(source.removeprefix(_BOM), first_line)
    return data, tuple(replace(f, span=_shifted(f.span, first_line)) for f in faults)


def _read_lines(source: bytes, first_line: int) -> tuple[Value, list[Fault]]:
    refused = yaml_errors.too_large(source, MAX_BYTES) or yaml_errors.refused(source)
    if refused:
        return None, [refused]
    builder = _Builder(first_line)
    try:
        node = _compose(source)
        anchors, repeated = _anchors(source)
        # An alias stands for what it repeats: a few lines of them are more values than any memory holds.
        data = None if node is None or repeated else builder.value(node)
        comments = [] if node is None or repeated else list(lost(source, node))
    except _TooDeep as deep:
        help = "a record never needs this; split it, or remove the brackets that do not belong here"
        message = f"the file is nested deeper than {MAX_DEPTH} levels"
        return None, [Fault("unsupported-yaml", _start(deep.node.start_mark), message, help)]
    except yaml.YAMLError as error:
        anchors, _ = _anchors(source) if isinstance(error, yaml.composer.ComposerError) else ([], False)
        return None, anchors or [yaml_errors.explain(error, source)]
    return data, [*builder.faults, *anchors, *comments[:MAX_FAULTS]]


def _compose(source: bytes) -> Node | None:
    composer = _Composer(source.removeprefix(_BOM))
    try:
        return composer.get_single_node()  # type: ignore[no-any-return]  # libyaml's binding has no types
    finally:
        composer.dispose()


def _anchors(source: bytes) -> tuple[list[Fault], bool]:
    """Return the anchors and aliases, and whether there is an alias. Few files are scanned a second time for it."""
    faults: list[Fault] = []
    repeated = False
    if (b"&" not in source and b"*" not in source) or not _MAYBE_ANCHOR.search(source):
        return faults, repeated
    with contextlib.suppress(yaml.YAMLError):  # it has been reported, or is about to be
        for event in yaml.parse(source, Loader=_Composer):
            anchor = getattr(event, "anchor", None)
            if anchor is None:
                continue
            alias = isinstance(event, yaml.AliasEvent)
            repeated = repeated or alias
            name, verb = (f"*{anchor}", "repeats") if alias else (f"&{anchor}", "names")
            faults.append(Fault("unsupported-yaml", _start(event.start_mark),
                                f'"{name}" {verb} another part of the file, and records have no anchors',
                                "write the value out; quote it if it has to begin with & or *"))  # fmt: skip
            if len(faults) == MAX_FAULTS:
                return faults, True  # so many that nobody looks further
    return faults, repeated


def locate(source: bytes, places: Iterable[Place], first_line: int = 0) -> dict[Place, Span]:
    """Return the span of each place in a YAML text; a place that is not there gets that of its parent."""
    try:
        root = _compose(source)
    except (yaml.YAMLError, _TooDeep):
        root = None
    if root is None:
        return dict.fromkeys(places, START)
    pairs: _Pairs = {}
    return {place: _shifted(_find(root, place, pairs), first_line) for place in places}


def _find(root: Node, place: Place, pairs: _Pairs) -> Span:
    node, key = root, None
    for step in place.pointer:
        if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node, key = node.value[step], None
        elif isinstance(node, MappingNode):
            if id(node) not in pairs:
                pairs[id(node)] = {k.value: (k, v) for k, v in node.value if isinstance(k, ScalarNode)}
            if step not in pairs[id(node)]:
                return _head(node, key)
            key, node = pairs[id(node)][step]
        else:
            break
    empty = isinstance(node, ScalarNode) and node.start_mark.index == node.end_mark.index
    if key is not None and (place.on_key or empty or not isinstance(node, ScalarNode)):
        return _span(key)
    return _head(node, key)


def _head(node: Node, key: Node | None) -> Span:
    """Where a value begins: the whole of a scalar, the key of a block, the first line of anything else."""
    if isinstance(node, ScalarNode):
        return _span(node)
    if key is not None:
        return _span(key)
    if isinstance(node, MappingNode) and node.value and not node.flow_style:
        return _span(node.value[0][0])
    return _span(node)


def _span(node: Node) -> Span:
    """The span of a node; of one that runs over several lines, its first character."""
    start, end = node.start_mark, node.end_mark
    if end.line > start.line:
        return Span(start.line + 1, start.column + 1, start.line + 1, start.column + 2)
    return Span(start.line + 1, start.column + 1, end.line + 1, max(end.column, start.column) + 1)


def _start(mark: Any) -> Span:
    return Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)


def _shifted(span: Span, lines: int) -> Span:
    return Span(span.line + lines, span.column, span.end_line + lines, span.end_column) if lines else span
