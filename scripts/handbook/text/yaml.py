"""YAML to plain values with exact spans, in the sense of YAML 1.2.

Bytes go through libyaml's composer once; the node tree is dropped as soon as the values are built.
Spans are found by composing the file again, and only for files that have something to report:
a clean handbook never pays for them.

Dates stay strings, `NO` stays a string, keys are strings as they are typed. A key given twice, an
anchor, an alias, a tag or a second document is a fault: none of them survives every YAML reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from handbook.finding import START, Fault, Place, Pointer, Span
from handbook.text import yaml_errors

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 100
MAX_DIGITS = 18  #: more digits than a number that survives JSON

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
_MAYBE_ANCHOR = re.compile(rb"(?:^|[\s\[{,:?-])[&*][^\s&*]", re.MULTILINE)
_DIRECTIVE = re.compile(rb"(?:[ \t]*(?:#[^\n]*)?\r?\n)*%")


@dataclass(frozen=True, slots=True)
class Document:
    """A file as plain values. `faults` are what its reader objects to; `data` is None if it cannot be read."""

    path: str
    data: Value
    faults: tuple[Fault, ...] = ()


class _TooDeep(Exception):
    """Raised from inside libyaml's composer, before its recursion exhausts the stack."""

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node


class _Composer(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
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

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def value(self, node: Node) -> Value:
        if node.tag:
            self._fault("unsupported-yaml", node, f'"{node.tag}" is a YAML tag, and records have no tags',
                        "remove the tag; quote the value if it has to stay text")  # fmt: skip
        if isinstance(node, ScalarNode):
            return node.value if node.style else self._plain(node)
        if isinstance(node, SequenceNode):
            return [self.value(item) for item in node.value]
        return self._mapping(cast("MappingNode", node))

    def _mapping(self, node: MappingNode) -> Value:
        data: dict[str, Value] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self._fault("unsupported-yaml", key, "a key is a word here, not a list or a mapping",
                            "quote the key if it has to begin with a bracket")  # fmt: skip
                continue
            if key.value in data:
                first = next(k for k, _ in node.value if k.value == key.value).start_mark.line + 1
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
            self._fault("unusable-number", node, f'"{_shortened(text)}" is a number that no program reads the same way',
                        "write a smaller number, or quote it if it is a name")  # fmt: skip
            return text

    def _fault(self, rule: str, node: Node, message: str, help: str) -> None:
        self.faults.append(Fault(rule, _span(node), message, help))


def _number(text: str) -> int | float | str:
    if _INT.fullmatch(text) or _RADIX.fullmatch(text):
        if len(text) > MAX_DIGITS:
            raise OverflowError
        return int(text, 0) if text[1:2] in ("o", "x") else int(text)
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
    data, faults = _read(source, 0)
    return Document(path, data, faults)


def read_part(source: bytes, first_line: int) -> tuple[Value, tuple[Fault, ...]]:
    """Read YAML that begins `first_line` lines into a file, such as the front matter of a page."""
    return _read(source, first_line)


def _read(source: bytes, first_line: int) -> tuple[Value, tuple[Fault, ...]]:
    refused = _refused(source)
    if refused:
        return None, (refused,)
    builder = _Builder()
    try:
        node = _compose(source)
        data = None if node is None else builder.value(node)
    except _TooDeep as deep:
        help = "a record never needs this; split it, or remove the brackets that do not belong here"
        message = f"the file is nested deeper than {MAX_DEPTH} levels"
        return None, (
            Fault("unsupported-yaml", _shifted(_start(deep.node.start_mark), first_line), message, help),
        )
    except yaml.YAMLError as error:
        return None, (yaml_errors.explain(error, source, first_line),)
    faults = [*builder.faults, *_anchors(source)]
    return data, tuple(Fault(f.rule, _shifted(f.span, first_line), f.message, f.help) for f in faults)


def _refused(source: bytes) -> Fault | None:
    """What can be said before the YAML reader sees the bytes."""
    if len(source) > MAX_BYTES:
        return Fault("file-too-large", START, f"the file has {len(source):,} bytes; {MAX_BYTES:,} are the most that is read",
                     "split it, or move what is not a record out of the handbook")  # fmt: skip
    try:
        source.decode()
    except UnicodeDecodeError as error:
        return yaml_errors.not_utf8(source, error.start)
    if _DIRECTIVE.match(source):
        return Fault("unsupported-yaml", START, "the file begins with a YAML directive (a line that starts with %)",
                     "remove the line; records are YAML 1.2")  # fmt: skip
    return None


def _compose(source: bytes) -> Node | None:
    composer = _Composer(source.removeprefix(b"\xef\xbb\xbf"))
    try:
        return composer.get_single_node()  # type: ignore[no-any-return]
    finally:
        composer.dispose()


def _anchors(source: bytes) -> Iterable[Fault]:
    """Anchors and aliases. Only files in which one may stand are scanned a second time."""
    if not _MAYBE_ANCHOR.search(source):
        return
    for event in yaml.parse(source, Loader=_Composer):
        anchor = getattr(event, "anchor", None)
        if anchor is None:
            continue
        name, verb = ("*", "repeats") if isinstance(event, yaml.AliasEvent) else ("&", "names")
        yield Fault("unsupported-yaml", _start(event.start_mark),
                    f'"{name}{anchor}" {verb} another part of the file, and records have no anchors',
                    "write the value out; quote it if it has to begin with & or *")  # fmt: skip


def locate(source: bytes, places: Iterable[Place], first_line: int = 0) -> dict[Place, Span]:
    """Return the span of each place in a YAML text; a place that is not there gets that of its parent."""
    try:
        root = _compose(source)
    except (yaml.YAMLError, _TooDeep):
        root = None
    if root is None:
        return dict.fromkeys(places, START)
    return {place: _shifted(_find(root, place.pointer, place.on_key), first_line) for place in places}


def _find(root: Node, pointer: Pointer, on_key: bool) -> Span:
    node, key = root, None
    for step in pointer:
        if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node, key = node.value[step], None
        elif isinstance(node, MappingNode):
            pair = next(((k, v) for k, v in reversed(node.value) if k.value == step), None)
            if pair is None:
                return _head(node, key)
            key, node = pair
        else:
            break
    if key is not None and (
        on_key or not isinstance(node, ScalarNode) or node.start_mark.index == node.end_mark.index
    ):
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
    """The span of a node, cut at the end of its first line where it runs over several."""
    start, end = node.start_mark, node.end_mark
    if end.line > start.line:
        return Span(start.line + 1, start.column + 1, start.line + 1, start.column + 2)
    return Span(start.line + 1, start.column + 1, end.line + 1, max(end.column, start.column) + 1)


def _start(mark: Any) -> Span:
    return Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)


def _shifted(span: Span, lines: int) -> Span:
    return Span(span.line + lines, span.column, span.end_line + lines, span.end_column) if lines else span


def _shortened(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:20]}…"
