"""What stands in the way of reading a file, in words that help the person who typed it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from handbook.finding import START, Fault, Span

_BREAK = re.compile(r"\r\n|\r|\n")
_ODD_BREAKS = "\x85\u2028\u2029"  # YAML 1.1, and so libyaml, begins a line here; YAML 1.2 does not
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*%")

_QUOTE = 'put the value in double quotes: "like this"'


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What to say where libyaml's words hold `part`. The place is where the thing begins that cannot be read on,
    with `opened`, or else where reading it stopped.
    """

    part: str
    message: str
    help: str
    opened: bool = False
    rule: str = "invalid-yaml"


_ESCAPE = (
    "this backslash sequence has no meaning in double quotes",
    "use single quotes, or double the backslash",
)
_TAG = ('a value that begins with "!" is a YAML tag, and records have no tags', "quote the value")
_BAR = ("something that is not text follows | or > in its line", "begin the text in the line below, indented")
_UNCLOSED = ("a quotation mark or bracket that opens here is never closed", "close it")

_PHRASES = (
    _Phrase("found character '\\t'", "a tab stands where only spaces may stand", "indent with two spaces"),
    _Phrase("found a tab character", "a tab stands where only spaces may stand", "indent with two spaces"),
    _Phrase("cannot start any token", "a value may not begin with this character", _QUOTE),
    _Phrase("could not find expected ':'", 'this line has no ": " after its key', "write key: value, with a space after the colon", opened=True),
    _Phrase("found unexpected end of stream", *_UNCLOSED, opened=True),
    _Phrase("found unexpected document indicator", *_UNCLOSED, opened=True),
    _Phrase("expected ',' or ']'", "a list that opens with [ is not continued or closed", 'separate entries with "," and end with "]"', opened=True),
    _Phrase("expected ',' or '}'", "a mapping that opens with { is not continued or closed", 'separate entries with "," and end with "}"', opened=True),
    _Phrase("but found another document", 'a second document begins here with "---"', "keep one record in a file", rule="unsupported-yaml"),
    _Phrase("block sequence entries are not allowed", "a list cannot begin in the line of its key", "put each entry on a line of its own below the key; quote the value if it has to begin with a hyphen"),
    _Phrase("mapping keys are not allowed", "a value may not begin with this character", _QUOTE),
    _Phrase("did not find expected alphabetic or numeric", "a value may not begin with this character", _QUOTE, opened=True),
    _Phrase("did not find expected node content", "a value is missing here", "fill it in, or remove the comma or bracket that is too many"),
    _Phrase("found unknown escape character", *_ESCAPE),
    _Phrase("did not find expected hexdecimal", *_ESCAPE),
    _Phrase("found invalid Unicode character escape", *_ESCAPE),
    _Phrase("expected comment or line break", *_BAR, opened=True),
    _Phrase("found an indentation indicator", *_BAR, opened=True),
    _Phrase("found undefined tag handle", *_TAG, opened=True, rule="unsupported-yaml"),
    _Phrase("while scanning a tag", *_TAG, opened=True, rule="unsupported-yaml"),
    _Phrase("while scanning a directive", 'a line may not begin with "%"', "indent it with the text above it", opened=True),
)  # fmt: skip


def explain(error: yaml.YAMLError, source: bytes) -> Fault:
    """Return a YAML error as a fault with its place, in plain words. `source` has no byte order mark."""
    text = source.decode()
    if isinstance(error, yaml.reader.ReaderError):
        return _unreadable(text)
    problem = getattr(error, "problem", None) or str(error)
    words = f"{getattr(error, 'context', None) or ''}: {problem}"
    stopped, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    mark = stopped or opened
    if mark is None:
        return Fault("invalid-yaml", START, f"this is not valid YAML: {problem}", "start from `handbook new`")
    lines = _BREAK.split(text)
    line = lines[mark.line] if mark.line < len(lines) else ""
    if (
        "expected node content" in problem
        and not "".join([line[mark.column :], *lines[mark.line + 1 :]]).strip()
    ):
        return Fault("invalid-yaml", _at(text, max(text.rfind("["), text.rfind("{"))), *_UNCLOSED)
    phrase = _by_line(problem, line, mark.column, lines[: mark.line]) or next(
        (phrase for phrase in _PHRASES if phrase.part in words),
        _Phrase("", f"this is not valid YAML: {problem}", "compare it with the lines above, or start from `handbook new`"),
    )  # fmt: skip
    mark = (opened or mark) if phrase.opened else mark
    return Fault(phrase.rule, _span(mark.line, mark.column), phrase.message, phrase.help)


def _by_line(problem: str, line: str, column: int, above: list[str]) -> _Phrase | None:
    """What libyaml says in the same words of different mistakes: the line tells which one it is."""
    sign, before = line[column : column + 1], line[:column]
    if "cannot start any token" in problem and sign == "\t":
        return _Phrase("", "a tab stands where only spaces may stand", "indent with two spaces")
    if "mapping values are not allowed" in problem:
        if above and not re.search(r":(\s|$)", before):
            return _Phrase("", "the line above is text that goes on in this one, so no key can begin here",
                           'check that the line above has ": " after its key, and that both are indented alike')  # fmt: skip
        return _Phrase("", 'this text has ": " in it, so YAML takes it for a key', _QUOTE)
    if not any(
        part in problem for part in ("expected key", "expected '-' indicator", "expected <document start>")
    ):
        return None
    if "<document start>" in problem and any(text.startswith("...") for text in above):
        return _Phrase(
            "", 'the record ended above with "..."', "keep one record in a file", rule="unsupported-yaml"
        )
    if sign and sign in "]}":
        return _Phrase(
            "",
            "a bracket closes here that was not opened",
            "remove it, or quote the value if it belongs to it",
        )
    if before.strip():
        return _Phrase(
            "",
            "something follows here after the end of the value",
            "put the whole value in quotes, or remove what follows",
        )
    if "'-'" in problem:
        return _Phrase(
            "",
            "this line does not line up with the list above it",
            "give every entry of a list the same indentation",
        )
    return _Phrase(
        "",
        "this line does not line up with the keys above it",
        "give every key of a block the same indentation",
    )


def too_large(source: bytes, most: int) -> Fault | None:
    """Return the fault of a file that is too large to be a record, or None."""
    if len(source) <= most:
        return None
    message = f"the file has {len(source):,} bytes; {most:,} are the most that is read"
    return Fault(
        "file-too-large", START, message, "split it, or move what is not a record out of the handbook"
    )


def refused(source: bytes) -> Fault | None:
    """Return what can be said before the YAML reader sees the bytes, which have no byte order mark, or None."""
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        return not_utf8(source, error.start)
    if source[1:2] == b"\0" == source[3:4]:
        return _utf16()
    if odd := [text.index(sign) for sign in _ODD_BREAKS if sign in text]:
        message = f"an invisible line separator (U+{ord(text[min(odd)]):04X}) stands here"
        return Fault("invalid-yaml", _at(text, min(odd)), message, "put a space or a new line in its place")
    begun = re.search("^<<<<<<< ", text, re.MULTILINE) if "<<<<<<< " in text else None
    if begun and re.compile("^>>>>>>> ", re.MULTILINE).search(text, begun.end()):
        message = "a merge was left half done: the marks <<<<<<< and >>>>>>> are still in the file"
        return Fault(
            "invalid-yaml", _at(text, begun.start(), 7), message, "decide for one side and delete the marks"
        )
    if directive := _DIRECTIVE.match(text):
        message = "the file begins with a YAML directive (a line that starts with %)"
        return Fault(
            "unsupported-yaml",
            _at(text, directive.end() - 1),
            message,
            "remove the line; records are YAML 1.2",
        )
    return None


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


def _unreadable(text: str) -> Fault:
    odd = _UNPRINTABLE.search(text)
    name = f" (U+{ord(odd[0]):04X})" if odd else ""
    return Fault("invalid-yaml", _at(text, odd.start() if odd else 0),
                 f"an invisible control character{name} stands here", "delete it and type the line again")  # fmt: skip


def shortened(text: str) -> str:
    """Return the beginning of a text that is too long for a message."""
    return text if len(text) <= 24 else f"{text[:20]}…"


def _at(text: str, offset: int, length: int = 1) -> Span:
    lines = _BREAK.split(text[:offset])
    return _span(len(lines) - 1, len(lines[-1]), length)


def _span(line: int, column: int, length: int = 1) -> Span:
    """A span from a line and column that count from 0."""
    return Span(line + 1, column + 1, line + 1, column + 1 + length)
