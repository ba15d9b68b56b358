"""Which files are read again: those that look different, and those that are not trusted."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.check.index import Index
from handbook.check.looks import seen
from handbook.check.store import MEMORY
from handbook.sources import Disk

LONG_AGO = 1_790_000_000
A, B, PAGE = "processes/release/a.yaml", "processes/release/b.yaml", "docs/caf\u00e9.md"


def written(path: Path, text: str = "text", at: float = LONG_AGO) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (at, at))


def moved_over(root: Path) -> None:
    written(root / "new", "tixt")
    (root / "new").replace(root / A)


def linked(root: Path) -> None:
    (root / A).unlink()
    (root / A).symlink_to("b.yaml")


CHANGES: dict[str, tuple[Callable[[Path], None], list[str], list[str]]] = {
    "nothing": (lambda root: None, [], []),
    "another size": (lambda root: written(root / A, "longer text"), [A], []),
    "another time": (lambda root: written(root / A, at=LONG_AGO + 1), [A], []),
    "another file of the same size and time": (moved_over, [A], []),
    "another mode": (lambda root: (root / A).chmod(0o700), [A], []),
    "a link instead": (linked, [A], []),
    "a new file": (lambda root: written(root / "processes/release/c.yaml"), ["processes/release/c.yaml"], []),
    "a new folder": (lambda root: written(root / "docs/more/c.md"), ["docs/more/c.md"], []),
    "a file is gone": (lambda root: (root / A).unlink(), [], [A]),
    "a folder is gone": (lambda root: (root / PAGE).unlink(), [], [PAGE]),
}


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    for path in (A, B, PAGE):
        written(tmp_path / path)
    return tmp_path


def disk(root: Path) -> Disk:
    return Disk(str(root), ("processes", "docs"))


def known(root: Path) -> Index:
    """An index that knows what everything looks like."""
    index = Index(MEMORY, "")
    first = seen(index, disk(root))
    assert (first.suspects, first.gone) == ([A, B, PAGE], [])
    index.remember(first.folders)
    return index


@pytest.mark.parametrize(("change", "suspects", "gone"), CHANGES.values(), ids=CHANGES)
def test_what_changed_is_read_again_and_nothing_else(
    handbook: Path, change: Callable[[Path], None], suspects: list[str], gone: list[str]
) -> None:
    index = known(handbook)
    change(handbook)
    found = seen(index, disk(handbook))
    assert (found.suspects, found.gone) == (suspects, gone)


def test_a_link_is_read_each_time_for_nobody_knows_what_it_leads_to(handbook: Path) -> None:
    linked(handbook)
    index = known(handbook)
    found = seen(index, disk(handbook))
    assert found.suspects == [A]


def test_a_file_that_was_just_written_is_read_until_its_time_has_passed(handbook: Path) -> None:
    written(handbook / A, at=time.time())
    index = known(handbook)
    found = seen(index, disk(handbook))
    assert found.suspects == [A]
    written(handbook / A)
    index.remember(seen(index, disk(handbook)).folders)
    assert seen(index, disk(handbook)).suspects == []


def test_a_file_that_is_doubted_is_read_once_and_one_that_is_not_there_is_gone(handbook: Path) -> None:
    index = known(handbook)
    index.doubt([B, "docs/staged.md"])
    found = seen(index, disk(handbook))
    assert (found.suspects, found.gone) == ([B], ["docs/staged.md"])
    index.remember(found.folders)
    assert seen(index, disk(handbook)).suspects == []


def test_a_folder_that_is_forgotten_is_read_again(handbook: Path) -> None:
    index = known(handbook)
    index.forget("docs/")
    assert seen(index, disk(handbook)).suspects == [PAGE]
