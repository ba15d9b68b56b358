"""Waivers: comments that allow what a rule would object to, in one place and with a reason.

In YAML `# handbook: allow rule-name (reason, until 2027-03-01)` stands at the end of a line and is meant for that line,
or above one and is meant for that and for all that is indented below it. In Markdown the same words stand between
`<!--` and `-->`, on the line or above a block. `allow-file` is meant for the whole file. Names of several rules have
commas between them.

Most files have none, which costs one search for a few bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.finding import Span
from handbook.frozen import Entity
from handbook.sources import PAGE_ENDINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from handbook.text.comments import Comment

#: What cannot be waived, nor put into a baseline: while it is not mended, a part of the handbook is not there.
LASTING = frozenset(
    {
        "invalid-yaml", "duplicate-key", "unsupported-yaml", "unusable-number", "not-utf8", "file-too-large",
        "invisible-character", "tab-as-space", "unreadable-file", "misplaced-file", "not-a-record", "invalid-settings", "invalid-baseline",
    }
)  # fmt: skip

#: what is looked for only where the history is asked for: another check cannot say that a waiver of it is not needed
SOMETIMES = frozenset({"suspect-record", "stamped-reviews", "unexplained-change"})

_MARK = b"handbook: allow"
_MAX = 200  #: waivers of one file; a hostile one could have a hundred thousand


class Waiver(Entity):
    """What one comment allows of one rule in the lines from `first` to `last`.

    `span` is the rule's name, `comment` all that goes when the waiver goes, `count` the number of rules that the
    comment names. `until` is a day such as 2027-03-01, that day included, or empty. `wrong` says why the comment is
    not understood; it then allows nothing.
    """

    rule: str
    first: int
    last: int
    span: Span
    comment: Span
    count: int = 1
    reason: str = ""
    until: str = ""
    wrong: str = ""

    def allows(self, rule: str, line: int) -> bool:
        """Whether a finding of a rule in a line is meant."""
        return self.rule == rule and self.first <= line <= self.last

    def plain(self) -> list[Any]:
        """Return the waiver as a list for JSON; `of_plain` makes it again."""
        values = [getattr(self, name) for name in self.fields]
        return [_numbers(value) if isinstance(value, Span) else value for value in values]

    @classmethod
    def of_plain(cls, plain: list[Any]) -> Waiver:
        values = (Span(*value) if isinstance(value, list) else value for value in plain)
        return cls.taking(dict(zip(cls.fields, values, strict=True)))


def waivers(path: str, source: bytes) -> tuple[Waiver, ...]:
    """Return the waivers of a record file or a page, in the order of their lines."""
    if _MARK not in source:
        return ()
    from handbook.text import comments

    try:
        lines = comments.split(source)
    except UnicodeDecodeError:
        return ()  # that is an error, and cannot be waived
    found: list[Waiver] = []
    for comment, first, last in comments.found(source, lines, page=path.endswith(PAGE_ENDINGS)):
        found += _parsed(comment, first, last, lines)
        if len(found) >= _MAX:
            break
    return tuple(found)


def _parsed(comment: Comment, first: int, last: int, lines: list[str]) -> Iterator[Waiver]:
    """Yield a waiver for each rule that a comment names, or one that says why it is not understood."""
    gone = _removal(comment, lines)
    text = comment.text.rstrip()
    match = re.match(r"\s*allow(-file)?(?=[\s(]|$)([^()]*)", text)
    brackets = text[match.end() :] if match else ""
    names = list(re.finditer(r"[^\s,]+", match[2]))[:_MAX] if match else []
    if match is None or not names or (brackets and not brackets.endswith(")")):
        wrong = "this waiver names no rule" if match and not brackets else "this waiver is not understood"
        whole = Span(comment.line, comment.column, comment.line, comment.end_column)
        yield Waiver(rule="", first=first, last=last, span=whole, comment=gone, wrong=wrong)
        return
    first, last = (1, len(lines)) if match[1] else (first, last)
    reason, until, wrong = _reason(brackets[1:-1].strip())
    for name in names:
        column = comment.text_column + match.start(2) + name.start()
        span = Span(comment.line, column, comment.line, column + len(name[0]))
        yield Waiver(
            rule=name[0], first=first, last=last, span=span, comment=gone,
            count=len(names), reason=reason, until=until, wrong=wrong,
        )  # fmt: skip


def _reason(text: str) -> tuple[str, str, str]:
    """Return the reason, the last day, and what is wrong with that, of what stands in the brackets."""
    comma = text.rfind(",") + 1
    words = text[comma:].split()
    if words[:1] == ["until"]:
        reason, until = text[:comma], " ".join(words[1:])
    elif words[-2:-1] == ["until"] and words[-1][0].isdigit():
        reason, until = text[: text.rindex("until")], words[-1]
    else:
        return text, "", ""
    reason = reason.rstrip(", ")
    return (
        (reason, until, "") if _is_day(until) else (reason, "", f'"{until}" is not a day such as 2027-03-01')
    )


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _removal(comment: Comment, lines: list[str]) -> Span:
    """Return what goes with a comment: its whole line, or the spaces before it too."""
    line = comment.line
    if comment.alone and line < len(lines) and comment.end_column > len(lines[line - 1].rstrip()):
        return Span(line, 1, line + 1, 1)
    before = lines[line - 1][: comment.column - 1].rstrip()
    return Span(line, len(before) + 1, line, comment.end_column)


def _numbers(span: Span) -> list[int]:
    return [span.line, span.column, span.end_line, span.end_column]
