"""Paths as parts of web addresses."""

from __future__ import annotations

from urllib.parse import quote


def uri(path: str) -> str:
    """Return a relative path as a relative reference (RFC 3986): every byte that is not plain is percent-encoded.

    That holds for names that are not UTF-8 too. A colon is encoded, because the first part would be taken for a scheme.
    """
    return quote(path.encode(errors="surrogateescape"), safe="/")


def is_text(path: str) -> bool:
    """Whether a path is valid UTF-8; the bytes that are not came in as half characters."""
    return not any("\ud800" <= sign <= "\udfff" for sign in path)
