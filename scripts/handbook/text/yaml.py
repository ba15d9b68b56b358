"""YAML to plain values with exact spans, in the sense of YAML 1.2.

Bytes go through libyaml's composer once. Spans are looked up in its tree only for files that have something to
report: a clean handbook never pays for them.

Dates stay strings, `NO` stays a string, keys are strings as they are typed. A key given twice, an
anchor, an alias, a tag or a second document is a fault: none of them survives every YAML reader.
"""

from __future__ import annotations

from handbook.finding import Edit, Fault, Fix
from handbook.frozen import Frozen
from handbook.text import quick
from handbook.text.libyaml import BOM, MAX_DEPTH, ScalarNode, SequenceNode, TooDeep, YAMLError, compose
from handbook.text.spans import Tree, at, moved_fault, span
from handbook.text.stray import Odd, shortened, strayed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.finding import Place, Span
    from handbook.text.libyaml import Node

MAX_BYTES = 1024 * 1024
MAX_FAULTS = 100  #: of one file; a hostile one could have a hundred thousand

Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]

_ASCII = bytes(range(128))
_ODD_BREAKS = tuple(sign.encode() for sign in "\x85\u2028\u2029")
#: the characters that nobody sees, or how the bytes of several begin
_UNSEEN = (
    *(sign.encode() for sign in "\u00a0\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"),
    b"\xe2\x81", b"\xef\xbf\xb9", b"\xef\xbf\xba", b"\xef\xbf\xbb", b"\xf3\xa0",
)  # fmt: skip
_SPACE = ord(" ")
_AFTER_COMMENT_SIGN = frozenset((b" ", b"#", b"!", b"\r", b"\n", b""))
#: what leaves a value that cannot be judged; of all else, what was meant is known
_HARMFUL = frozenset(("unusable-number", "invisible-character"))


class Document(Frozen):
    """A file as plain values. `faults` are what its reader objects to; `data` is None if it cannot be read."""

    path: str
    data: Value
    faults: tuple[Fault, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether a fault makes the values unfit for use."""
        return not all(fault.harmless for fault in self.faults)


class _Builder:
    """Turns one node tree into plain values, and notes what is wrong on the way."""

    def __init__(self, above: int) -> None:
        self.faults: list[Fault] = []
        self.above = above

    def value(self, node: Node, depth: int = 1) -> Value:
        """Return what a node stands for. `depth` is its level, should it be a list or a mapping."""
        if node.tag:
            self._tagged(node)
        if node.__class__ is ScalarNode:
            try:
                return self._quoted(node) if node.style else quick.KNOWN[node.value]
            except Odd as odd:
                return self._odd(node, odd)
        if depth > MAX_DEPTH:
            raise TooDeep(node)
        if node.__class__ is SequenceNode:
            return [self.value(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _quoted(self, node: Node) -> str:
        text: str = node.value
        if (
            text.strip() != text
            and node.style not in "|>"
            and (odd := strayed(text, quoted=True)) is not None
        ):
            raise odd
        return text

    def _mapping(self, node: Node, depth: int) -> Value:
        data: dict[str, Value] = {}
        for key, value in node.value:
            name = key.value
            if key.tag or key.__class__ is not ScalarNode or name in data:
                self._key(key, node)
            if key.__class__ is ScalarNode:
                data[name] = self.value(value, depth + 1)
        return data

    def _key(self, key: Node, mapping: Node) -> None:
        """Note what is wrong with a key."""
        if len(self.faults) >= MAX_FAULTS:
            return
        if key.tag:
            self._tagged(key)
        if key.__class__ is not ScalarNode:
            if key.start_mark.index == mapping.start_mark.index + 1:  # {{
                self._template(mapping)
                return
            self.fault("unsupported-yaml", key, "a key is a word here, not a list or a mapping",
                       "quote the key if it has to begin with a bracket")  # fmt: skip
            return
        first = next(each for each, _ in mapping.value if each.value == key.value)
        if first is not key:
            line = first.start_mark.line + 1 + self.above
            self.fault("duplicate-key", key, f'key "{key.value}" is given twice; the first one is in line {line}',
                       "keep one of the two, or merge them")  # fmt: skip

    def _template(self, node: Node) -> None:
        from handbook.text.yaml_phrases import TEMPLATE

        self.fault(TEMPLATE.rule, node, TEMPLATE.message, TEMPLATE.help)

    def _tagged(self, node: Node) -> None:
        if len(self.faults) >= MAX_FAULTS:
            return
        tag = node.tag.replace("tag:yaml.org,2002:", "!!")
        self.fault("unsupported-yaml", node, f'"{tag}" is a YAML tag, and records have no tags',
                   "remove the tag; quote the value if it has to stay text")  # fmt: skip

    def _odd(self, node: Node, odd: Odd) -> str:
        """Note what is odd about a value, and return what it stands for."""
        from handbook.text.scalar import written

        if len(self.faults) >= MAX_FAULTS:
            return odd.kept
        fix = None
        if node.start_mark.line == node.end_mark.line:
            put = written(odd.kept, flow=True, style=node.style or "") if odd.put is None else odd.put
            fix = Fix(f"write {shortened(put, 60)}", (Edit(span(node), put),), odd.safe)
        self.fault(odd.rule, node, odd.message, odd.help, harmless=odd.rule not in _HARMFUL, fix=fix)
        return odd.kept

    def fault(
        self,
        rule: str,
        node: Node,
        message: str,
        help: str,
        *,
        harmless: bool = False,
        fix: Fix | None = None,
    ) -> None:
        self.faults.append(Fault(rule, span(node), message, help, harmless, fix))


def read(path: str, source: bytes) -> Document:
    """Read one YAML file. Whatever is wrong with it is a fault of the document, never an exception."""
    data, faults = read_part(source, 0)
    return Document(path, data, faults)


def read_part(source: bytes, above: int) -> tuple[Value, tuple[Fault, ...]]:
    """Read YAML that begins `above` lines into a file, such as the front matter of a page."""
    data, faults = _read_lines(source, above)
    return data, tuple(moved_fault(fault, above) for fault in faults) if above else tuple(faults)


def data_of(source: bytes) -> Value:
    """Return the values of a YAML text without a word about what is wrong with them.

    Raises:
        YAMLError: it is not YAML.
        TooDeep: it is nested too deeply, or stands for more values than it has.
    """
    root = compose(source.removeprefix(BOM))
    if root is not None and _anchors(source)[1]:
        raise TooDeep(root)
    return None if root is None else _Builder(0).value(root)


def _read_lines(source: bytes, above: int) -> tuple[Value, list[Fault]]:
    text = source.removeprefix(BOM)
    if refused := _refused(text):
        return None, [refused]
    doubtful = _doubtful(source)
    if not doubtful and not _has_anchors(text):
        try:
            return quick.values(text), []
        except quick.Unusual:
            pass  # whatever it is, a tree of all places tells
    builder = _Builder(above)
    try:
        root = compose(text)
        anchors, repeated = _anchors(text)
        # An alias stands for what it repeats: a few lines of them are more values than any memory holds.
        data = None if root is None or repeated else builder.value(root)
    except TooDeep as deep:
        help = "a record never needs this; split it, or remove the brackets that do not belong here"
        message = f"the file is nested deeper than {MAX_DEPTH} levels"
        return None, [Fault("unsupported-yaml", at(deep.node.start_mark), message, help)]
    except YAMLError as error:
        from handbook.text.yaml_phrases import explain

        anchors, _ = _anchors(text) if type(error).__name__ == "ComposerError" else ([], False)
        return None, anchors or [explain(error, text)]
    faults = [*builder.faults, *anchors]
    if root is None or repeated or not doubtful:
        return data, faults
    from handbook.text import invisible

    more, data = invisible.second_look(source, root, data, MAX_FAULTS)
    return data, [*faults, *more]


def _refused(source: bytes) -> Fault | None:
    """What stands against reading a file at all, as far as a glance at its bytes can tell; most pass it."""
    merging = b"<" in source and b"<<<<<<< " in source
    directing = b"%" in source and _begins_with_directive(source)
    if (
        len(source) <= MAX_BYTES
        and not merging
        and not directing
        and (source.isascii() or _is_common(source))
    ):
        return None
    from handbook.text import yaml_errors

    return yaml_errors.too_large(source, MAX_BYTES) or yaml_errors.refused(source)


def _is_common(source: bytes) -> bool:
    """Whether bytes are UTF-8 without the line ends that only YAML 1.1 knows."""
    try:
        source.decode()
    except UnicodeDecodeError:
        return False
    return not _has(source, _ODD_BREAKS)


def _has(source: bytes, signs: Iterable[bytes]) -> bool:
    """Whether a file has one of some signs beyond ASCII. What is left without ASCII is quick to search."""
    rest = source.translate(None, _ASCII)
    return any(sign in rest for sign in signs)


def _begins_with_directive(source: bytes) -> bool:
    """Whether the first line that is not empty and no comment begins with %."""
    start = 0
    while start < len(source):
        end = source.find(b"\n", start)
        line = source[start : end if end >= 0 else len(source)].lstrip()
        if line[:1] not in (b"", b"#"):
            return line[:1] == b"%"
        start = end + 1 if end >= 0 else len(source)
    return False


def _doubtful(source: bytes) -> bool:
    """Whether a file has signs that are not always what they seem; a few quick searches tell."""
    if b"\t" in source or b"\r" in source or (b"#" in source and _has_tight_comment(source)):
        return True
    return not source.isascii() and _has(source, _UNSEEN)


def _has_tight_comment(source: bytes) -> bool:
    """Whether a # follows a space and has a sign directly behind it, unlike what most people write as a comment."""
    at = source.find(b"#", 1)
    while at > 0:
        if source[at - 1] == _SPACE and source[at + 1 : at + 2] not in _AFTER_COMMENT_SIGN:
            return True
        at = source.find(b"#", at + 1)
    return False


def _has_anchors(source: bytes) -> bool:
    """Whether something in a file looks like an anchor or an alias."""
    if b"&" not in source and b"*" not in source:
        return False
    from handbook.text.anchors import MAYBE

    return MAYBE.search(source) is not None


def _anchors(source: bytes) -> tuple[list[Fault], bool]:
    """Return the anchors and aliases, and whether there is an alias. Few files are looked at twice for it."""
    if b"&" not in source and b"*" not in source:
        return [], False
    from handbook.text.anchors import anchors

    return anchors(source, MAX_FAULTS)


def locate(source: bytes, places: Iterable[Place], above: int = 0) -> dict[Place, Span]:
    """Return the span of each place in a YAML text; a place that is not there gets that of its parent."""
    tree = Tree(source, above)
    return {place: tree.span(place) for place in places}
