"""What readers see of a link: words that say where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.finding import Change, Hit, Severity
from handbook.model.page import Page
from handbook.rules.registry import rule

_VAGUE = frozenset((
    "here", "click here", "click", "this", "this link", "link", "this page", "page", "more", "read more", "see here", "see more",
    "learn more", "more info", "more information", "details", "this document", "go here", "look here", "document", "doc", "url",
    "website", "this article", "find it here",
))  # fmt: skip
_BARE = r"https?://[^\s<>\"'`|)\]\0]+"


@rule("links", Severity.INFO, on=Page, fix="suggestion")
def bare_address(page: Page) -> Iterator[Hit]:
    """A web address stands in the text without being a link.

    Nobody can click on it, and it does not say what is behind it. Words that name the page do both.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    The manual is at https://manual.acme.io/start today. <!-- info: [bare-address] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    Everything else is in [the manual](https://manual.acme.io/start).
    ```
    """
    prose = page.outline.prose
    if "http://" not in prose and "https://" not in prose:
        return
    for match in re.finditer(_BARE, prose):
        address = match[0].rstrip(".,;:!?*_…")
        if prose[match.start() - 1] not in "[(=\"'" and len(address) > len("https://a.b"):
            at = page.place(match.start(), match.start() + len(address))
            yield Hit(at, f'"{address}" is text, not a link', "write [what is there](address), or put the address in < >",
                      change=Change(at, f"<{address}>"))  # fmt: skip


@rule("links", Severity.INFO, on=Page)
def vague_link_text(page: Page) -> Iterator[Hit]:
    """The words of a link do not say where it leads.

    Who looks over a page, or has it read aloud, goes from link to link: "here", "here", "this". Name what is there.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    How to begin is described [here](first-week.md). <!-- info: [vague-link-text] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    How to begin is described in [Your first week](first-week.md).
    ```
    """
    for link in page.outline.links:
        if len(link.text) < 20 and not (link.is_image or link.is_definition):
            words = link.text.strip(" *_.:→»>").lower()
            if words in _VAGUE:
                yield Hit(page.place(link.opens + 1, link.opens + 1 + len(link.text)),
                          f'"{link.text}" does not say where the link leads', "name what is there")  # fmt: skip
