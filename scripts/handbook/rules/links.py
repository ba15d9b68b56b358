"""Links that lead nowhere, or not where they should."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Change, Hit
from handbook.model.catalog import Artifact, Tool
from handbook.model.onboarding import OnboardingPath
from handbook.model.page import Page
from handbook.model.record import Record
from handbook.rules.around import Around
from handbook.rules.destinations import (
    Wrong,
    behind,
    is_there,
    missing_anchor,
    missing_file,
    missing_page,
    of_record,
    site_address,
)
from handbook.rules.registry import rule

_GUESSED = (
    20  #: broken links of one page for which it is said what may be meant; with more, something else is wrong
)


@rule("links", on=Page, fix="suggestion")
def broken_link(page: Page, around: Around) -> Iterator[Hit]:
    """A link leads to a page or file that is not there.

    Whoever follows it finds an error instead of an answer, and cannot tell where the answer went.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    Read [the first week](first-weak.md). <!-- error: [broken-link] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    Read [the first week](first-week.md).
    ```
    """
    told = 0
    for link, path, _ in page.ways:
        if link.is_image or link.is_html or around.anchors(path) is not None:
            continue
        if path.endswith((".yaml", ".yml")) and of_record(path, around):
            continue  # link-to-record-source
        wrong = missing_page(page, path, around, guess=told < _GUESSED)
        if (
            wrong
            and not site_address(page, link.target, around)
            and around.referee.really_links(page.text, link.target)
        ):
            told += 1
            yield _hit(page, link.start, link.end, wrong)


@rule("links", on=Page, fix="suggestion")
def broken_anchor(page: Page, around: Around) -> Iterator[Hit]:
    """A link leads to a section that its page does not have.

    The reader lands at the top of the page and has to guess what was meant. The section was renamed, or the link has
    a slip.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    See [what to do on the second day](first-week.md#seccond-day). <!-- error: [broken-anchor] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    See [what to do on the second day](first-week.md#second-day).
    ```
    """
    for link, path, anchor in page.ways:
        if not anchor or link.is_image:
            continue
        wrong = missing_anchor(page, path, anchor, around)
        if wrong and around.referee.really_links(page.text, link.target):
            yield _hit(page, link.end - len(link.target.partition("#")[2]), link.end, wrong)


@rule("links", on=Page, fix="suggestion")
def broken_image(page: Page, around: Around) -> Iterator[Hit]:
    """An image is shown whose file is not there.

    Readers see an empty frame where something was to be explained.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    ![The way from idea to launch](../assets/flaw.svg) <!-- error: [broken-image] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    ![The way from idea to launch](../assets/flow.svg)
    ```
    """
    for link, path, _ in page.ways:
        if link.is_image and not link.is_html and not is_there(path, around):
            wrong = missing_file(page, path, around)
            if around.referee.really_links(page.text, link.target):
                yield _hit(page, link.start, link.end, wrong)


@rule("links", on=Page)
def broken_include(page: Page, around: Around) -> Iterator[Hit]:
    """A file that a page includes is not there.

    Where the site's settings turn on `pymdownx.snippets`, the site cannot be built, or the page has a gap.
    Paths are counted from the root of the handbook.

    Wrong:

    ```yaml title="mkdocs.yml"
    site_name: Example
    markdown_extensions:
      - pymdownx.snippets
    ```

    ```markdown title="docs/guides/example.md"
    # Example

    --8<-- "docs/guides/first-weak.md" <!-- error: [broken-include] -->
    ```

    Right:

    ```yaml title="mkdocs.yml"
    site_name: Example
    markdown_extensions:
      - pymdownx.snippets
    ```

    ```markdown title="docs/guides/example.md"
    # Example

    --8<-- "docs/guides/first-week.md"
    ```
    """
    if not page.outline.includes or not around.referee.dialect.includes:
        return
    for include in page.outline.includes:
        path = include.target.partition(":")[0]
        if path and "://" not in include.target and not any(map(around.has_file, _bases(page, path, around))):
            yield Hit(page.place(include.start, include.end), f'there is no file "{path}" to include',
                      "write its path from the root of the handbook, or remove the line")  # fmt: skip


def _bases(page: Page, path: str, around: Around) -> tuple[str, ...]:
    """Where an included file may be: below the root, as the extension has it, or the folders that sites often set."""
    return (path, f"{around.docs}/{path}", f"{page.path.rpartition('/')[0]}/{path}", f"includes/{path}")


@rule("links", on=(Record, Tool, Artifact, OnboardingPath), fix="suggestion")
def link_to_missing_page(record: Record, around: Around) -> Iterator[Hit]:
    """A record links to a page, or to a section of one, that is not there.

    Its own page then shows a link that ends in an error. Paths are counted from the folder of the pages.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    links:
      - {title: Your first week, to: guides/first-weak.md}  # error: [link-to-missing-page]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    links:
      - {title: Your first week, to: guides/first-week.md}
    ```
    """
    for at, to in behind(record):
        if to.startswith(("http:", "https:", "mailto:")):
            continue
        way, _, anchor = to.partition("#")
        path = f"{around.docs}/{way}"
        wrong = missing_page(None, path, around) or (
            missing_anchor(None, path, anchor, around) if anchor else None
        )
        if wrong:
            change = Change(at, wrong.instead) if wrong.instead else None
            yield Hit(at, wrong.message, wrong.help, change=change)


def _hit(page: Page, start: int, end: int, wrong: Wrong) -> Hit:
    at = page.place(start, end)
    return Hit(at, wrong.message, wrong.help, change=Change(at, wrong.instead) if wrong.instead else None)
