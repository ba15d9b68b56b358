"""Markdown pages: their front matter, with places in the page's own lines."""

from __future__ import annotations

import re

from handbook.text import yaml, yaml_errors
from handbook.text.yaml import Document

_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)


def front_matter(source: bytes) -> tuple[bytes, int]:
    """Return the YAML at the head of a page and the number of lines above it; empty where there is none."""
    match = _FRONT_MATTER.match(source.removeprefix(b"\xef\xbb\xbf"))
    return (match[1], 1) if match else (b"", 0)


def read(path: str, source: bytes) -> Document:
    """Read a page as its front matter; a page without one is an empty mapping."""
    try:
        source.decode()
    except UnicodeDecodeError as error:
        return Document(path, None, (yaml_errors.not_utf8(source, error.start),))
    text, above = front_matter(source)
    if not text.strip():
        return Document(path, {})
    data, faults = yaml.read_part(text, above)
    return Document(path, data, faults)
