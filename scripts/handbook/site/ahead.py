"""Pages that are rendered before it is their turn, in other processes: where many have to be, every processor helps.

What comes back of a page is what is kept between builds, so to this build it is as if an earlier one had rendered it.
A page that another process could not render, or about which something was said there, is left to this one, which
says it.
"""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache as once
from itertools import dropwhile, islice
from typing import TYPE_CHECKING, Any

from handbook.progress import bar
from handbook.several import processors, shared

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

Made = list[tuple[str, bytes]]  #: what the cache keeps of a page, by its keys
Render = Callable[["Page"], Iterator[tuple[str, bytes]]]

_FIRST = 16  #: pages that this process renders; where there are so many, the others are likely to be as new
_FEW = 64  #: pages that are no more work than copying a process
_CHUNK = 8  #: pages that a process renders before it hands them over


class Ahead:
    """The pages of one build that other processes render."""

    def __init__(self) -> None:
        self._rendered = 0
        self._coming: Iterator[list[Any]] | None = None
        self._made: dict[str, Made] = {}
        self._ends: dict[str, int] = {}  #: path of a page -> number of the chunk it is in
        self._taken = 0
        self._tell = bar("Rendering pages") or (lambda done, total: None)

    def note(self, page: Page, files: Files, render: Render) -> None:
        """Note that this process has rendered a page that can be kept: after some, others render what comes then.

        `render` is called in the other processes.
        """
        self._rendered += 1
        if self._rendered == _FIRST:
            self._begin(page, files, render)

    def take(self, page: Page) -> Made:
        """Return what another process has made of a page; nothing where none has made anything."""
        path = page.file.src_uri
        while self._coming and self._taken <= self._ends.get(path, -1):
            self._read()
        return self._made.pop(path, [])

    def close(self) -> None:
        """End the other processes, whatever they are at."""
        if self._coming:
            self._coming.close()  # type: ignore[attr-defined]
            self._tell(len(self._ends), len(self._ends))
        self._coming = None
        self._made.clear()

    def _begin(self, page: Page, files: Files, render: Render) -> None:
        """Let other processes render all pages that come after one."""
        from mkdocs.structure.files import InclusionLevel

        every = [file.page for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve)]
        later = [each for each in islice(dropwhile(lambda each: each is not page, every), 1, None) if each]
        workers = processors()
        if workers < 2 or len(later) < _FEW:
            return
        chunks = [later[start : start + _CHUNK] for start in range(0, len(later), _CHUNK)]
        self._ends = {each.file.src_uri: number for number, chunk in enumerate(chunks) for each in chunk}
        self._coming = shared(chunks, _working(render), workers)

    def _read(self) -> None:
        """Read the pages of the next chunk. Where a process has died, this one goes on alone."""
        assert self._coming
        self._taken += 1
        try:
            self._made.update(next(self._coming))
        except OSError:
            self.close()
        else:
            self._tell(min(self._taken * _CHUNK, len(self._ends) - 1), len(self._ends))


def _working(render: Render) -> Callable[[Sequence[Page]], list[tuple[str, Made]]]:
    """Return what another process does with pages."""

    def work(pages: Sequence[Page]) -> list[tuple[str, Made]]:
        _be_quiet()
        return [(page.file.src_uri, _made(page, render)) for page in pages]

    return work


def _made(page: Page, render: Render) -> Made:
    try:
        return [*render(page)]
    except Exception:  # the process that shows the page will meet it again, and says what is wrong
        return []


@once
def _be_quiet() -> None:
    """Say nothing from here: what there is to say, the process that renders the page again says."""
    for logger in (logging.root, *logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            logger.handlers.clear()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    gc.freeze()  # what was copied is not looked through, so it goes on to be shared
