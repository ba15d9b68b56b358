"""What a page is made of: its headings, its images, its boxes and its code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.page import Page
from handbook.rules.registry import rule


@rule("pages", Severity.WARNING, on=Page)
def second_top_heading(page: Page) -> Iterator[Hit]:
    """A page has more than one heading of the first level.

    The first level is the title of the page. With a second one, the table of contents and the search take part of
    the page for another page.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    Read the plan.

    # Ask for help <!-- warning: [second-top-heading] -->

    Ask the owner.
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    Read the plan.

    ## Ask for help

    Ask the owner.
    ```
    """
    titles = [heading for heading in page.outline.headings if heading.level == 1]
    for heading in titles[1:]:
        at = page.place(heading.start, heading.end)
        if page.outline.text[heading.start : heading.start + 2].strip("#").strip():  # a channel, a ticket
            yield Hit(
                at, f'"#{heading.title}" begins with #, so it is shown as a title', "put it between backticks"
            )
        else:
            yield Hit(at, f'"{heading.title}" is a second title of the page', "begin it with ##")


@rule("pages", Severity.WARNING, on=Page)
def skipped_heading_level(page: Page) -> Iterator[Hit]:
    """A heading is more than one level below the one above it.

    Who has the page read aloud moves by levels, and looks for the part that seems to be missing.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    ## Prepare

    #### Ask for help <!-- warning: [skipped-heading-level] -->

    Ask the owner.
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    ## Prepare

    ### Ask for help

    Ask the owner.
    ```
    """
    above = 6
    for heading in page.outline.headings:
        if heading.level > above + 1:
            message = f'"{heading.title}" has level {heading.level}, and the heading above it level {above}'
            yield Hit(page.place(heading.start, heading.end), message, f"begin it with {'#' * (above + 1)}")
        above = heading.level


@rule("pages", Severity.WARNING, on=Page)
def image_without_description(page: Page) -> Iterator[Hit]:
    """An image has no words for those who cannot see it.

    Who has the page read aloud, or whose network does not load it, misses what it says. So does the search.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    ![](../assets/flow.svg) <!-- warning: [image-without-description] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    ![The way from idea to launch](../assets/flow.svg)
    ```
    """
    for link in page.outline.links:
        if (
            link.is_image
            and not link.text.strip()
            and not (link.is_html and "alt=" in page.outline.line_at(link.start))
        ):
            yield Hit(page.place(link.start, link.end), "this image has no description",
                      "say between the square brackets what it shows")  # fmt: skip


@rule("pages", Severity.WARNING, on=Page)
def unclosed_code(page: Page) -> Iterator[Hit]:
    """A block of code begins with ``` or ~~~ and never ends.

    Everything below may be shown as code, or the marks as text. The closing line has the same marks, as many, and
    begins in the same column.

    Wrong:

    ````markdown title="docs/guides/example.md"
    # Example

    ```console <!-- warning: [unclosed-code] -->
    $ handbook check
    ````

    Right:

    ````markdown title="docs/guides/example.md"
    # Example

    ```console
    $ handbook check
    ```
    ````
    """
    for start in page.outline.unclosed[:1]:  # the others follow from it
        end = page.outline.text.find("\n", start)
        place = page.place(start, end if end >= 0 else len(page.outline.text))
        yield Hit(
            place,
            "the code that begins here is never closed",
            "close it with the same marks, in the same column",
        )


@rule("pages", Severity.WARNING, on=Page)
def unindented_note(page: Page) -> Iterator[Hit]:
    """The text of a note is not indented, so it is outside of its box.

    The site shows an empty box with a title, and below it the text that was meant to stand out.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    !!! note <!-- warning: [unindented-note] -->
    Ask before you begin.
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    !!! note
        Ask before you begin.
    ```
    """
    text = page.outline.masked
    if "!!! " not in text and "???" not in text:
        return
    for match in re.finditer(r"\n(?:!!!|\?\?\?\+?) [a-z][^\n]*(?=\n[^\s])", text):
        place = page.place(match.start(), match.end() - 1)
        yield Hit(
            place, "the line below is not part of this note", "indent the text of the note by four spaces"
        )


@rule("pages", found_while="reading")
def conflict_marker() -> None:
    """A merge was left half done: both versions and Git's marks are on the page.

    Readers see two texts that contradict each other, with rows of signs between them.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    <<<<<<< main <!-- error: [conflict-marker] -->
    Ask two days before.
    =======
    Ask three days before.
    >>>>>>> change
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    Ask three days before.
    ```
    """
