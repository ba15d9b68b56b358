"""A page of release notes: each release has a section between two marks, newest first, and all else is left alone. Pure."""

from __future__ import annotations

import re

_BEGIN = "<!-- release {name}: written by `handbook release`, which replaces all up to the end mark -->"
_END = "<!-- end of release {name} -->"
_ANY = re.compile(r"^<!-- release \S+: written by ", re.MULTILINE)


def with_section(page: str, name: str, text: str) -> str:
    """Return the page with the section of a release in its place: where it is already, else above all others.

    Raises:
        ValueError: the page has a beginning without an end, or the other way round.
    """
    begin, end = _BEGIN.format(name=name), _END.format(name=name)
    section = f"{begin}\n\n{text.strip()}\n\n{end}"
    there, ends = page.count(begin), page.count(end)
    if (there, ends) == (1, 1) and page.index(begin) < page.index(end):
        start, stop = page.index(begin), page.index(end) + len(end)
        return page[:start] + section + page[stop:]
    if there or ends:
        raise ValueError(f"the marks of {name} do not belong together")
    first = _ANY.search(page)
    if first is None:
        return f"{page.rstrip()}\n\n{section}\n"
    return f"{page[: first.start()]}{section}\n\n{page[first.start() :]}"


def blank(title: str) -> str:
    """Return a page without a release."""
    return f"""\
---
title: Release notes
summary: What changed in this handbook, release by release, the newest first.
---

# Release notes of {title}

What stands outside the marks of a release is yours, and is kept.
"""
