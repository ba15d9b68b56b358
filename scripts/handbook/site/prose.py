"""Markdown that somebody wrote into a record: kept as Markdown, and made harmless.

Whatever reads the result, no HTML, no image, no attribute list and no address outside the allowed ones is
left in it, for those characters are written as references wherever they stand. A construct that this module
takes for code and another reader does not is safe too: code keeps only characters that are harmless.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from handbook.text import markup

_FENCE = re.compile(r"( {0,3})(`{3,}|~{3,})[ ]*([A-Za-z0-9_+-]*)")
_RISKY = re.compile(r"[<{&]|\](?=[(:])")
_TOKEN = re.compile(
    r"(?P<code>(?<![`\\])(?P<ticks>`+)(?!`)(?P<inside>[^\n]+?)(?<!`)(?P=ticks)(?!`))"
    r"|<(?P<auto>(?:https?://|mailto:)[^\s<>]+)>"
    r"|\]\((?P<to>[^\s()<>]+)(?P<title>[ ]+\"[^\"\n<>]*\")?\)"
    r"|(?P<risky>[<{]|\](?=[\[(:])|!(?=\[))"
)
_HEADING = re.compile(r"( {0,3})(#{1,6})(?=[ \t])")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *")


def markdown(source: str, level: int, page: Callable[[str], str]) -> str:
    """Return Markdown from a record as it may stand on a page.

    Headings start at `level`. Links to pages are written from the folder of the pages; `page` returns
    the way from here. Code is written in fences or backticks: an indented block counts as text.
    """
    return "\n".join(_blocks(source.expandtabs(4).strip("\n").splitlines(), level, page)).strip("\n")


def _blocks(lines: list[str], level: int, page: Callable[[str], str]) -> Iterator[str]:
    rest = iter(lines)
    above = ""
    for line in rest:
        if fence := _FENCE.match(line):
            yield from _fenced(fence, rest)
            line = ""
        else:
            if above and _UNDERLINE.fullmatch(line):
                yield ""  # else the line above would become a heading
            yield _inline(_demoted(line, level), page)
        above = line.strip()


def _fenced(fence: re.Match[str], rest: Iterator[str]) -> Iterator[str]:
    """Yield a block of code up to the end of its fence, or to the end of the text."""
    indent, marks, language = fence.groups()
    closing = re.compile(rf" {{0,3}}{marks[0]}{{{len(marks)},}} *")
    inside: list[str] = []
    for line in rest:
        if closing.fullmatch(line):
            break
        inside.append(line.removeprefix(indent))
    if _RISKY.search("\n".join(inside)) or any(map(_FENCE.match, inside)):
        escaped = "\n".join(re.sub(r"\W", _reference, line, flags=re.ASCII) for line in inside)
        yield from ("", f"<pre><code>{escaped.replace(chr(10), '&#10;')}</code></pre>", "")
    else:
        yield from ("", f"```{language}".rstrip(), *inside, "```", "")


def _reference(match: re.Match[str]) -> str:
    return match[0] if match[0] == " " else f"&#{ord(match[0])};"


def _demoted(line: str, level: int) -> str:
    match = _HEADING.match(line)
    return f"{'#' * min(6, len(match[2]) + level - 1)}{line[match.end() :]}" if match else line


def _inline(line: str, page: Callable[[str], str]) -> str:
    return _TOKEN.sub(lambda match: _token(match, page), line)


def _token(match: re.Match[str], page: Callable[[str], str]) -> str:
    if match["code"]:
        return markup.code(match["inside"])
    if match["auto"]:
        address = markup.target(match["auto"], page)
        return markup.link(match["auto"], address) if address else markup.text(match[0])
    if match["to"]:
        address = markup.target(html.unescape(match["to"]), page)
        title = match["title"] or ""
        return (
            f"]({address}{title.replace('{', '&#123;')})" if address else f"&#93;({markup.text(match['to'])})"
        )
    return f"&#{ord(match['risky'])};"
