"""How tasks stand in a checklist that `--as markdown` wrote: boxes that people have ticked, wherever the text lives now."""

from __future__ import annotations

import re

from handbook.plan.imports.progress import Problem, Progress, Taken

_BOX = re.compile(r"[ \t>]*[-*+] \[([ xX])\] .*")
_MARK = re.compile(r"<!-- handbook: ([a-z0-9.-]+) -->\s*$")


def read(source: bytes) -> Taken:
    """Return how the boxes stand that came from a plan; other lines are passed over."""
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Taken((), (Problem(0, "", f"it is not UTF-8: byte {error.start} cannot be read"),))
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        box, mark = _BOX.match(line), _MARK.search(line)
        if box and mark:
            found.append(Progress(mark[1], "open" if box[1] == " " else "done", None, None, None, number))
    return Taken(tuple(found))
