"""What stands in the way of reading a file, as far as its bytes tell before YAML comes in."""

from __future__ import annotations

import re

from handbook.finding import START, Edit, Fault, Fix, Span
from handbook.text.lines import Lines

_ODD_BREAKS = "\x85\u2028\u2029"  # YAML 1.1, and so libyaml, begins a line here; YAML 1.2 and editors do not


def too_large(source: bytes, most: int) -> Fault | None:
    """Return the fault of a file that is too large to be a record, or None."""
    if len(source) <= most:
        return None
    message = f"the file has {len(source):,} bytes; {most:,} are the most that is read"
    help = "split it, or move what is not a record out of the handbook"
    return Fault("file-too-large", START, message, help)


def refused(source: bytes) -> Fault | None:
    """Return what can be said before the YAML reader sees the bytes, which have no byte order mark, or None."""
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        return not_utf8(source, error.start)
    return _odd_breaks(text) or _half_merged(text) or _directive(text)


def _odd_breaks(text: str) -> Fault | None:
    places = [place for sign in _ODD_BREAKS if sign in text for place in _all(text, sign)]
    if not places:
        return None
    lines = Lines(text)
    spans = [lines.span(place, place + 1) for place in sorted(places)]
    message = f"an invisible line separator (U+{ord(text[min(places)]):04X}) stands here"
    fix = Fix("put a space in its place", tuple(Edit(span, " ") for span in spans), safe=True)
    return Fault("invisible-character", spans[0], message, "put a space or a new line in its place", fix=fix)


def _all(text: str, sign: str) -> list[int]:
    return [match.start() for match in re.finditer(sign, text)]


def _half_merged(text: str) -> Fault | None:
    begun = re.search("^<<<<<<< ", text, re.MULTILINE) if "<<<<<<< " in text else None
    if begun is None or not re.compile("^>>>>>>> ", re.MULTILINE).search(text, begun.end()):
        return None
    message = "a merge was left half done: the marks <<<<<<< and >>>>>>> are still in the file"
    return Fault(
        "invalid-yaml", _at(text, begun.start(), 7), message, "decide for one side and delete the marks"
    )


def _directive(text: str) -> Fault | None:
    directive = re.match(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*%(?!\})", text) if "%" in text else None
    if directive is None:
        return None
    message = "the file begins with a YAML directive (a line that starts with %)"
    return Fault(
        "unsupported-yaml", _at(text, directive.end() - 1), message, "remove the line; records are YAML 1.2"
    )


def not_utf8(source: bytes, offset: int) -> Fault:
    """Return the fault of a file that is not UTF-8, at the first byte that is not."""
    if source[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _utf16()
    before = source[:offset].decode("utf-8-sig")
    message = (
        f"byte 0x{source[offset]:02x} is not UTF-8; the file was probably saved as Latin-1 or Windows-1252"
    )
    return Fault("not-utf8", _at(before, len(before)), message, "save it again with the encoding UTF-8")


def _utf16() -> Fault:
    return Fault("not-utf8", START, "the file is UTF-16, not UTF-8", "save it again with the encoding UTF-8")


def unreadable(source: bytes) -> Fault:
    """Return the fault of a file with a character that no text has."""
    if source[1:2] == b"\0" == source[3:4]:
        return _utf16()
    text = source.decode()
    odd = re.search("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    name = f" (U+{ord(odd[0]):04X})" if odd else ""
    message = f"an invisible control character{name} stands here"
    return Fault(
        "invalid-yaml", _at(text, odd.start() if odd else 0), message, "delete it and type the line again"
    )


def _at(text: str, offset: int, length: int = 1) -> Span:
    """The span of so many characters in one line."""
    line, column = Lines(text[:offset]).last
    return Span(line, column, line, column + length)
