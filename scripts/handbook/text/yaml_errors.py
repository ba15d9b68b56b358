"""What libyaml says, in words that help the person who typed the file."""

from __future__ import annotations

import yaml

from handbook.finding import START, Fault, Span

_QUOTE = 'put the value in double quotes: "like this"'

#: part of libyaml's message -> what to say, and the remedy
_PHRASES = (
    ("mapping values are not allowed", 'this text has ": " in it, so YAML takes it for a key', _QUOTE),
    ("found character '\\t'", "a tab stands where only spaces may stand", "indent with two spaces"),
    ("found a tab character", "a tab stands where only spaces may stand", "indent with two spaces"),
    ("cannot start any token", "a value may not begin with this character", _QUOTE),
    ("could not find expected ':'", 'this line has no ": " after its key', "write key: value, with a space after the colon"),
    ("found unexpected end of stream", "a quotation mark or bracket that opens here is never closed", "close it"),
    ("expected ',' or ']'", "a list that opens with [ is not continued or closed", 'separate entries with "," and end with "]"'),
    ("expected ',' or '}'", "a mapping that opens with { is not continued or closed", 'separate entries with "," and end with "}"'),
    ("did not find expected '-' indicator", "this line does not line up with the list above it", "give every entry of a list the same indentation"),
    ("did not find expected key", "this line does not line up with the keys above it", "give every key of a block the same indentation"),
    ("but found another document", 'a second document begins here with "---"', "keep one record in a file"),
    ("undefined alias", "this repeats something that is not defined", "quote the value if it has to begin with *"),
    ("duplicate anchor", "this name is used twice", "write the value out; records have no anchors"),
    ("control characters are not allowed", "an invisible control character stands here", "delete it and type the line again"),
    ("found unknown escape character", "this backslash sequence has no meaning in double quotes", "use single quotes, or double the backslash"),
)  # fmt: skip

#: where the place at which something was opened says more than the place at which its end was missed
_OPENED = ("unexpected end of stream", "expected ',' or ']'", "expected ',' or '}'")


def explain(error: yaml.YAMLError, source: bytes, first_line: int = 0) -> Fault:
    """Return a YAML error as a fault with its place, in plain words."""
    if isinstance(error, yaml.reader.ReaderError):
        return _unreadable(error, source, first_line)
    words = str(getattr(error, "problem", "") or error)
    mark = _mark(error, words, source)
    if b"<<<<<<< " in source and b">>>>>>> " in source:
        message, help = (
            "a merge was left half done: the marks <<<<<<< and >>>>>>> are still in the file",
            "decide for one side and delete the marks",
        )
        return Fault("invalid-yaml", _line_span(source, b"<<<<<<< ", first_line), message, help)
    message, help = next(
        ((said, remedy) for part, said, remedy in _PHRASES if part in words),
        (f"this is not valid YAML: {words}", "compare it with the lines above, or start from `handbook new`"),
    )
    line, column = (mark.line, mark.column) if mark else (0, 0)
    return Fault(
        "invalid-yaml",
        Span(line + 1 + first_line, column + 1, line + 1 + first_line, column + 2),
        message,
        help,
    )


def _mark(error: yaml.YAMLError, words: str, source: bytes) -> yaml.Mark | None:
    problem = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    return (context or problem) if any(part in words for part in _OPENED) else (problem or context)


def _unreadable(error: yaml.reader.ReaderError, source: bytes, first_line: int) -> Fault:
    line, column = _line_column(source, int(error.position))
    span = Span(line + first_line, column, line + first_line, column + 1)
    return Fault(
        "invalid-yaml",
        span,
        "an invisible control character stands here",
        "delete it and type the line again",
    )


def not_utf8(source: bytes, offset: int) -> Fault:
    """Return the fault of a file that is not UTF-8, at the first byte that is not."""
    line, column = _line_column(source, offset)
    if source[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Fault(
            "not-utf8", START, "the file is UTF-16, not UTF-8", "save it again with the encoding UTF-8"
        )
    message = (
        f"byte 0x{source[offset]:02x} is not UTF-8; the file was probably saved as Latin-1 or Windows-1252"
    )
    return Fault(
        "not-utf8", Span(line, column, line, column + 1), message, "save it again with the encoding UTF-8"
    )


def _line_column(source: bytes, offset: int) -> tuple[int, int]:
    before = source[:offset]
    start = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[start:].decode(errors="replace")) + 1


def _line_span(source: bytes, marker: bytes, first_line: int) -> Span:
    line, column = _line_column(source, source.index(marker))
    return Span(line + first_line, column, line + first_line, column + len(marker) - 1)
