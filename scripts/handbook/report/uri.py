"""Paths as parts of web addresses."""

from __future__ import annotations

#: what needs no escape (RFC 3986), and the slash between folders
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def uri(path: str) -> str:
    """Return a relative path as a relative reference (RFC 3986): every byte that is not plain is percent-encoded.

    That holds for names that are not UTF-8 too. A colon is encoded, because the first part would be taken for a scheme.
    """
    octets = path.encode(errors="surrogateescape")
    return "".join(chr(octet) if octet in _PLAIN else f"%{octet:02X}" for octet in octets)


def is_text(path: str) -> bool:
    """Whether a path is valid UTF-8; the bytes that are not came in as half characters."""
    return not any("\ud800" <= sign <= "\udfff" for sign in path)
