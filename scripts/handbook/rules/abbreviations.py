"""Short forms that only insiders can read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.page import Page
from handbook.rules.around import Glossary
from handbook.rules.registry import rule

_CAPITALS = r"[A-Z][A-Z&]{0,4}[A-Z]s?(?![\w/@-]|\.\w)"
#: what stands before capitals that are part of a name, an address or a number
_JOINED = frozenset("_/.#@$-&")
#: short forms that everybody knows who can open this page, and words that are only shouted
_KNOWN = frozenset((
    "AI", "AM", "API", "ASAP", "ASCII", "CC", "CD", "CEO", "CFO", "CI", "CLI", "COO", "CPU", "CSS", "CSV",
    "CTO", "CV", "DNS", "EU", "EUR", "FAQ", "GB", "GBP", "GDPR", "GIT", "HR", "HTML", "HTTP", "HTTPS", "ID",
    "IP", "ISO", "IT", "JS", "JSON", "KB", "MB", "MIT", "OK", "OS", "PC", "PDF", "PM", "PNG", "PR", "Q&A",
    "QA", "RSS", "SMS", "SQL", "SSH", "SVG", "TB", "TBD", "TOML", "TV", "UI", "UK", "UN", "URL", "US", "USA",
    "USB", "USD", "UTC", "UTF", "UX", "VAT", "VP", "VPN", "XML", "YAML", "ZIP",
    "ABC", "ALL", "AND", "ANY", "BE", "DO", "EOF", "ERROR", "IF", "IN", "INFO", "IS", "MUST", "NEW", "NO",
    "NOT", "NOTE", "ON", "ONE", "OR", "README", "SHOULD", "THE", "TIP", "TO", "TODO", "VERY", "WARNING",
    "XYZ", "YES",
))  # fmt: skip


@rule("prose", Severity.INFO, on=Page)
def unknown_abbreviation(page: Page, glossary: Glossary) -> Iterator[Hit]:
    """A page uses a short form that neither the page nor the glossary spells out.

    Who is new does not know what to search for. Write it out at its first use, or add it to the glossary.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    The PMM writes the message. <!-- info: [unknown-abbreviation] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    The product marketing manager (PMM) writes the message.
    Later the PMM sends it.
    ```
    """
    prose = page.outline.prose
    seen: set[str] = set()
    for match in re.finditer(_CAPITALS, prose):
        short = match[0].removesuffix("s")
        before = prose[match.start() - 1 : match.start()]
        if short in seen or short in _KNOWN or before.isalnum() or before in _JOINED:
            continue
        seen.add(short)
        if (
            short not in glossary.spelled_out
            and not _is_spelled_out(short, prose)
            and not _is_shouted(prose, match)
        ):
            yield Hit(page.place(match.start(), match.end()), f'"{short}" is not spelled out here or in the glossary',
                      "write it out at its first use, with the short form in brackets")  # fmt: skip


def _is_spelled_out(short: str, prose: str) -> bool:
    """Whether a page explains a short form: in brackets behind its words, or the words in brackets behind it."""
    return (
        f"({short}" in prose
        or f"({short}s)" in prose
        or f"{short} (" in prose
        or f"{short}**" in prose
        or f"*[{short}]" in prose
    )


def _is_shouted(prose: str, match: re.Match[str]) -> bool:
    """Whether the word beside it is in capitals as well: that is emphasis, or a title."""
    around = prose[max(match.start() - 12, 0) : match.start()], prose[match.end() : match.end() + 12]
    return bool(re.search(r"[A-Z]{2,}[ :,-]+$", around[0]) or re.match(r"[ :,-]+[A-Z]{2,}", around[1]))
