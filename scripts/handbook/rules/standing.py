"""Links to what is not in force any more, or not yet."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.handbook import Name
from handbook.model.page import Page
from handbook.model.record import Record
from handbook.rules.around import Around
from handbook.rules.registry import rule
from handbook.site import anchors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.text.outline import Link

_OVER = ("retired", "deprecated")


@rule("links", Severity.WARNING, on=Page)
def link_to_retired(page: Page, around: Around) -> Iterator[Hit]:
    """A page sends its readers to a page or record that is retired, or about to be.

    They follow rules that no longer hold. A page that is retired itself may link to whatever it likes.

    Wrong:

    ```markdown title="docs/guides/old-way.md"
    ---
    title: The old way
    summary: How it was done.
    owner: product-operations
    status: retired
    ---

    # The old way

    It was done like this.
    ```

    ```markdown title="docs/guides/example.md"
    # Example

    Do it [like this](old-way.md). <!-- warning: [link-to-retired] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    Do it [like this](first-week.md).
    ```
    """
    if page.front.get("status") in _OVER:
        return
    for link, target in _linked(page, around):
        if target.status in _OVER:
            instead = (
                f'link to "{target.replaced_by}", which replaces it'
                if target.replaced_by
                else "link to what takes its place"
            )
            yield Hit(page.place(link.start, link.end), f'"{target.title}" is {target.status}', instead)


@rule("links", Severity.WARNING, on=Page)
def link_to_draft(page: Page, around: Around) -> Iterator[Hit]:
    """A page sends its readers to a page or record that is still a draft.

    They take for agreed what may be different tomorrow. A page that is a draft itself may link to others.

    Wrong:

    ```markdown title="docs/guides/new-way.md"
    ---
    title: The new way
    summary: How it may be done one day.
    owner: product-operations
    status: draft
    ---

    # The new way

    It might be done like this.
    ```

    ```markdown title="docs/guides/example.md"
    # Example

    Do it [like this](new-way.md). <!-- warning: [link-to-draft] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    Do it [like this](first-week.md).
    ```
    """
    if page.front.get("status") == "draft":
        return
    for link, target in _linked(page, around):
        if target.status == "draft":
            yield Hit(
                page.place(link.start, link.end),
                f'"{target.title}" is a draft',
                "agree on it first, or link to what is in force",
            )


def _linked(page: Page, around: Around) -> Iterator[tuple[Link, Record]]:
    """Yield each link to a page, made by hand or of a record, with what it leads to."""
    for link, path, _ in page.ways:
        if path.endswith(".md") and path != page.path:
            below = path.removeprefix(f"{around.docs}/")
            target = around.head(Name("page", path)) or around.head(
                anchors.record_of(below) or Name("page", path)
            )
            if target is not None:
                yield link, target
