"""Many changes of one record at once: values replaced, keys put in, entries added at the end of lists.

Everything else in the file stays as it is, comments and line ends included. What comes out is read back and has to
say exactly what was asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import pairwise

from handbook.finding import Change, Edit, Span
from handbook.text import yaml
from handbook.text.block import block
from handbook.text.edit import applied
from handbook.text.libyaml import MappingNode, ScalarNode, SequenceNode
from handbook.text.lines import Lines
from handbook.text.removal import last_line, removed
from handbook.text.scalar import written
from handbook.text.spans import Tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from handbook.finding import Pointer
    from handbook.text.spans import Way
    from handbook.text.yaml import Value

Order = Mapping[
    str, Sequence[str]
]  #: of a mapping below a key, such as `tasks`: its keys in the order people write


def patched(source: bytes, changes: Iterable[Change], order: Order) -> bytes | None:
    """Return a file with changes made, or None where no way is known that changes nothing else.

    The place of a change names a value that is there, a key that its mapping lacks, or the end of a list, which may
    not be there yet. Without a value, the entry goes. `order` says where a new key belongs: `order[""]` holds the
    keys of the file itself.
    """
    before = yaml.read_part(source, 0)[0]
    changes = [change for change in changes if _at(before, change) != change.value]
    wanted = deepcopy(before)
    try:
        for change in sorted(changes, key=_last):
            _change(wanted, change.at.pointer, change.value)
    except (LookupError, TypeError):
        return None
    made = _Patch(source, order).edits(changes)
    after = applied(source, made) if made is not None else source
    return after if yaml.read_part(after, 0)[0] == wanted else None


def _last(change: Change) -> tuple[int, ...]:
    """What goes, goes last and from the end, so that every place still counts as it did before."""
    return (
        (1, *(-step for step in change.at.pointer if isinstance(step, int))) if change.value is None else (0,)
    )


def _at(data: Any, change: Change) -> Any:
    for step in change.at.pointer:
        try:
            data = data[step]
        except (LookupError, TypeError):
            return None
    return data


def _change(data: Any, pointer: Pointer, value: object) -> None:
    for step, following in pairwise(pointer):
        if isinstance(data, dict) and step not in data:
            data[step] = [] if isinstance(following, int) else {}
        data = data[step]
    last: Any = pointer[-1]
    if value is None:
        del data[last]
    elif isinstance(data, list) and last == len(data):
        data.append(deepcopy(value))
    else:
        data[last] = deepcopy(value)


class _Patch:
    """The edits of one file. What goes in at one place is put there in the order in which people write it."""

    def __init__(self, source: bytes, order: Order) -> None:
        self._source = source
        self._tree = Tree(source)
        self._lines = Lines(source.decode("utf-8-sig"))
        self._order = order
        self._edits: list[Edit] = []
        self._below: dict[int, list[tuple[int, str]]] = defaultdict(list)  #: line -> (rank, text), below it
        self._lists: dict[str, list[object]] = {}  #: lists that the file does not have yet

    def edits(self, changes: Iterable[Change]) -> list[Edit] | None:
        """Return the edits, or None where one of the changes has no known way."""
        if self._tree.root is None or not all(self._make(one.at.pointer, one.value) for one in changes):
            return None
        for key, entries in self._lists.items():
            self._put_key((), key, entries)
        return [*self._edits, *self._inserted()]

    def _make(self, pointer: Pointer, value: object) -> bool:
        way = self._tree.way(pointer)
        if len(way) > len(pointer):
            return self._replace(way, value)
        if len(way) == len(pointer) and value is not None:
            return self._add(way, pointer, value)
        if len(way) == len(pointer) - 1 == 1 and isinstance(pointer[-1], int) and value is not None:
            self._lists.setdefault(str(pointer[0]), []).append(value)
            return True
        return False

    def _replace(self, way: Way, value: object) -> bool:
        node = way[-1][1]
        if value is None:
            gone = removed(self._source, way)
            self._edits += [gone] if gone else []
            return gone is not None
        inline = isinstance(node, ScalarNode) or node.flow_style
        if node.start_mark.line != node.end_mark.line or not inline:
            return False
        flow = any(parent.flow_style for _, parent in way[:-1])
        style = node.style if isinstance(node, ScalarNode) and node.style in ("'", '"') else ""
        self._put(node.start_mark, node.end_mark, written(_plain(value), flow=flow, style=style or ""))
        return True

    def _add(self, way: Way, pointer: Pointer, value: object) -> bool:
        parent, key = way[-1][1], pointer[-1]
        if not parent.value:
            return False
        if isinstance(parent, SequenceNode) and not parent.flow_style:
            text = "".join(block([value], parent.start_mark.column))
            self._below[last_line(parent.value[-1], self._lines)].append((0, text))
        elif isinstance(parent, MappingNode) and not parent.flow_style:
            self._put_key(pointer[:-1], str(key), value)
        elif isinstance(parent, MappingNode):
            end = parent.value[-1][1].end_mark
            self._put(end, end, f", {written(str(key), flow=True)}: {written(_plain(value), flow=True)}")
        else:
            return False
        return True

    def _put(self, start: Any, end: Any, text: str) -> None:
        """What stands between two marks of libyaml becomes a text."""
        span = Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        self._edits.append(Edit(span, text))

    def _put_key(self, pointer: Pointer, key: str, value: object) -> None:
        """A key below the last of those that stand before it in the order of its mapping."""
        parent = self._tree.way(pointer)[-1][1]
        order = list(self._order.get(str(pointer[0]) if pointer else "", ()))
        rank = order.index(key) if key in order else len(order)
        names = [name.value for name, _ in parent.value]
        above = [at for at, name in enumerate(names) if name not in order or order.index(name) < rank]
        name, last = parent.value[max(above, default=len(names) - 1)]
        text = "".join(block({key: value}, name.start_mark.column))
        self._below[last_line(last, self._lines)].append((rank, text))

    def _inserted(self) -> Iterator[Edit]:
        """Whole lines, put in below others."""
        ends = "\r\n" if "\r\n" in self._lines.text else "\n"
        for line, texts in self._below.items():
            text = "".join(text for _, text in sorted(texts, key=lambda entry: entry[0])).replace("\n", ends)
            if line >= len(self._lines):  # the file ends without a line break
                end = len(self._lines[line]) + 1
                yield Edit(Span(line, end, line, end), ends + text.removesuffix(ends))
            else:
                yield Edit(Span(line + 1, 1, line + 1, 1), text)


def _plain(value: object) -> Value:
    return value  # type: ignore[return-value]  # changes hold only what a record can hold
