"""What libyaml objects to, in words that help the person who typed it. It is asked for only where a file is not YAML."""

from __future__ import annotations

import re

from handbook.finding import START, Fault, Fix, Span
from handbook.frozen import Frozen
from handbook.text import repair
from handbook.text.lines import Lines
from handbook.text.yaml_errors import unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Mender = Callable[[Lines, int, int], Fix | None]

_QUOTE = 'put the value in double quotes: "like this"'


class _Phrase(Frozen):
    """What to say where libyaml's words hold `part`. The place is where the thing begins that cannot be read on,
    with `opened`, or else where reading it stopped. `mend` makes the fix, from lines and the place.
    """

    part: str
    message: str
    help: str
    opened: bool = False
    rule: str = "invalid-yaml"
    mend: Mender | None = None


_ESCAPE = (
    "this backslash sequence has no meaning in double quotes",
    "use single quotes, or double the backslash",
)
_TAG = ('a value that begins with "!" is a YAML tag, and records have no tags', "quote the value")
_BAR = ("something that is not text follows | or > in its line", "begin the text in the line below, indented")
_UNCLOSED = ("a bracket that opens here is never closed", "close it")
_TAB = _Phrase(
    "",
    "a tab stands where only spaces may stand",
    "indent with two spaces",
    rule="tab-as-space",
    mend=repair.tabs,
)
TEMPLATE = _Phrase("", "a mark of a template ({{ … }} or {% … %}) stands here, and nothing fills it in", "write the value itself, or quote it",
                    rule="unsupported-yaml", mend=repair.quotes_unsure)  # fmt: skip
_SIGN = ("a value may not begin with this character", _QUOTE)

_PHRASES = (
    _TAB.replaced(part="found character '\\t'"),
    _TAB.replaced(part="found a tab character"),
    _Phrase("cannot start any token", *_SIGN, mend=repair.quotes),
    _Phrase("could not find expected ':'", 'this line has no ": " after its key', "write key: value, with a space after the colon", opened=True),
    _Phrase("while scanning a quoted scalar: found unexpected", "a quotation mark that opens here is never closed", "close it, in the same line where that is meant",
            opened=True, mend=repair.closing_quote),
    _Phrase("found unexpected end of stream", *_UNCLOSED, opened=True),
    _Phrase("found unexpected document indicator", *_UNCLOSED, opened=True),
    _Phrase("expected ',' or ']'", "a list that opens with [ is not continued or closed", 'separate entries with "," and end with "]"', opened=True),
    _Phrase("expected ',' or '}'", "a mapping that opens with { is not continued or closed", 'separate entries with "," and end with "}"', opened=True),
    _Phrase("but found another document", 'a second document begins here with "---"', "keep one record in a file", rule="unsupported-yaml"),
    _Phrase("block sequence entries are not allowed", "a list cannot begin in the line of its key", "put each entry on a line of its own below the key; quote the value if it has to begin with a hyphen", mend=repair.quotes_unsure),
    _Phrase("mapping keys are not allowed", *_SIGN, mend=repair.quotes_unsure),
    _Phrase("did not find expected alphabetic or numeric", *_SIGN, opened=True, mend=repair.quotes),
    _Phrase("did not find expected node content", "a value is missing here", "fill it in, or remove the comma or bracket that is too many"),
    _Phrase("found unknown escape character", *_ESCAPE),
    _Phrase("did not find expected hexdecimal", *_ESCAPE),
    _Phrase("found invalid Unicode character escape", *_ESCAPE),
    _Phrase("expected comment or line break", *_BAR, opened=True),
    _Phrase("found an indentation indicator", *_BAR, opened=True),
    _Phrase("found undefined tag handle", *_TAG, opened=True, rule="unsupported-yaml", mend=repair.quotes_unsure),
    _Phrase("while scanning a tag", *_TAG, opened=True, rule="unsupported-yaml", mend=repair.quotes_unsure),
    _Phrase("while scanning a directive", 'a line may not begin with "%"', "indent it with the text above it", opened=True),
)  # fmt: skip


def explain(error: Exception, source: bytes) -> Fault:
    """Return a YAML error as a fault with its place, in plain words. `source` has no byte order mark."""
    if type(error).__name__ == "ReaderError":
        return unreadable(source)
    lines = Lines(source.decode())
    problem = getattr(error, "problem", None) or str(error)
    stopped, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if (mark := stopped or opened) is None:
        return Fault("invalid-yaml", START, f"this is not valid YAML: {problem}", "start from `handbook new`")
    rest = lines.text[lines.offset(mark.line + 1, mark.column + 1) :]
    if "expected node content" in problem and not rest.strip():
        return _never_closed(lines)
    phrase = _by_line(problem, lines, mark) or _by_words(
        f"{getattr(error, 'context', None) or ''}: {problem}", problem
    )
    return _fault(phrase, lines, (opened or mark) if phrase.opened else mark)


def _by_words(words: str, problem: str) -> _Phrase:
    """What libyaml's own words stand for; those that nobody has met yet are told as they are."""
    unknown = _Phrase(
        "",
        f"this is not valid YAML: {problem}",
        "compare it with the lines above, or start from `handbook new`",
    )
    return next((phrase for phrase in _PHRASES if phrase.part in words), unknown)


def _fault(phrase: _Phrase, lines: Lines, mark: Any) -> Fault:
    fix = phrase.mend(lines, mark.line + 1, mark.column + 1) if phrase.mend else None
    sign = _sign(lines, mark)
    message = phrase.message.replace("this character", f'"{sign}"') if sign.strip('" ') else phrase.message
    # What nobody sees may be in a line above the one that made libyaml stop.
    unseen = fix is not None and phrase.rule == "invisible-character"
    span = fix.edits[0].span if fix and unseen else _span(mark.line, mark.column)
    return Fault(phrase.rule, span, message, phrase.help, fix=fix)


def _sign(lines: Lines, mark: Any) -> str:
    return lines[mark.line + 1][mark.column : mark.column + 1]


def _never_closed(lines: Lines) -> Fault:
    line, column = Lines(lines.text[: max(lines.text.rfind("["), lines.text.rfind("{"))]).last
    return Fault("invalid-yaml", Span(line, column, line, column + 1), *_UNCLOSED)


def _by_line(problem: str, lines: Lines, mark: Any) -> _Phrase | None:
    """What libyaml says in the same words of different mistakes: the line tells which one it is."""
    line = lines[mark.line + 1]
    sign, before = line[mark.column : mark.column + 1], line[: mark.column]
    if "cannot start any token" in problem and sign == "\t":
        return _TAB
    if re.match(r"\s*\{%|.*\{\{", line) and (sign == "%" or "{{" in before):
        return TEMPLATE
    if repair.after_colon(line) or (mark.line and repair.after_colon(lines[mark.line])):
        return _Phrase("", 'a space that does not break (U+00A0) stands after ":", so nothing is a key here', "type the space anew",
                       rule="invisible-character", mend=repair.spaces)  # fmt: skip
    if "mapping values are not allowed" in problem:
        if mark.line and not re.search(r":(\s|$)", before):
            return _Phrase("", "the line above is text that goes on in this one, so no key can begin here",
                           'check that the line above has ": " after its key, and that both are indented alike')  # fmt: skip
        return _Phrase(
            "", 'this text has ": " in it, so YAML takes it for a key', _QUOTE, mend=repair.quotes_around
        )
    if any(
        part in problem for part in ("expected key", "expected '-' indicator", "expected <document start>")
    ):
        return _out_of_line(problem, lines, mark.line + 1, sign, before)
    return None


def _out_of_line(problem: str, lines: Lines, number: int, sign: str, before: str) -> _Phrase:
    """What stands where a block of keys or entries ought to go on."""
    if "<document start>" in problem and any(lines[above].startswith("...") for above in range(1, number)):
        return _Phrase(
            "", 'the record ended above with "..."', "keep one record in a file", rule="unsupported-yaml"
        )
    if sign and sign in "]}":
        return _Phrase("", "a bracket closes here that was not opened", "remove it, or quote the value if it belongs to it",
                       mend=repair.without)  # fmt: skip
    if before.strip():
        return _Phrase(
            "",
            "something follows here after the end of the value",
            "put the whole value in quotes, or remove what follows",
        )
    meant = repair.expected(lines, number)
    where = (
        f": {meant[0]} {'space is' if meant[0] == 1 else 'spaces are'} expected, as in line {meant[1]}"
        if meant
        else ""
    )
    if "'-'" in problem:
        return _Phrase(
            "",
            f"this line does not line up with the list above it{where}",
            "give every entry of a list the same indentation",
        )
    return _Phrase(
        "",
        f"this line does not line up with the keys above it{where}",
        "give every key of a block the same indentation",
    )


def _span(line: int, column: int) -> Span:
    """The span of one character at a line and column that count from 0."""
    return Span(line + 1, column + 1, line + 1, column + 2)
