"""Pages without what their reader looks for."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Change, Hit, Place, Severity
from handbook.model.handbook import Name
from handbook.model.page import Page
from handbook.rules.around import Around, Whole
from handbook.rules.registry import rule

_ASKED = ("summary", "owner")
#: keys of front matter; those of schemas/page.schema.json
KEYS = (
    "title", "summary", "status", "owner", "reviewed", "review_every", "audience", "visibility", "tags", "aliases", "replaced_by", "sunset",
)  # fmt: skip
_THEIRS = frozenset(("reviewer",))  #: one letter away from a key of ours, and rightly so
_LARGE = 500_000  #: bytes


@rule("pages", Severity.INFO, on=Page)
def missing_front_matter(page: Page) -> Iterator[Hit]:
    """A page does not say in a sentence what it is about, or whom to ask about it.

    The summary is what readers see in search results. Without an owner nobody keeps the page true.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example <!-- info: [missing-front-matter] -->

    Read the plan.
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    ---
    title: Example
    summary: What to read before the launch.
    owner: product-operations
    ---

    # Example

    Read the plan.
    ```
    """
    missing = [
        key
        for key in _ASKED
        if not page.front.get(key) and not (key == "summary" and page.front.get("description"))
    ]
    if missing and not page.front.get("template"):
        place = Place(page.path, (), True) if page.front else page.top
        listed = " and ".join(f'"{key}"' for key in missing)
        yield Hit(
            place,
            f"the page has no {listed} in its front matter",
            "add it between two lines of --- at the top of the page",
        )


@rule("pages", Severity.WARNING, on=Page, fix="safe")
def misspelt_front_matter(page: Page) -> Iterator[Hit]:
    """A key of a page's front matter is one slip away from one that is known.

    Other programs have keys of their own, so unknown ones are allowed. This one says nothing to anybody.

    Wrong:

    ```markdown title="docs/guides/example.md"
    ---
    title: Example
    sumary: What to read before the launch.  # warning: [misspelt-front-matter]
    ---

    # Example

    Read the plan.
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    ---
    title: Example
    summary: What to read before the launch.
    ---

    # Example

    Read the plan.
    ```
    """
    for key in page.front:
        if key in KEYS or key in _THEIRS or key.startswith("x-"):
            continue
        near = next((known for known in KEYS if _is_slip(key, known)), None)
        if near and near not in page.front:
            at = Place(page.path, (key,), True)
            message = f'"{key}" is no key of a page; did you mean "{near}"?'
            yield Hit(at, message, f'write "{near}"', change=Change(at, near, safe=True))


def _is_slip(key: str, known: str) -> bool:
    """Whether two words differ by no more than one letter, two that changed places, capitals or the kind of dash."""
    one, other = key.lower().replace("-", "_").replace(" ", "_"), known
    if one == other or sorted(one) == sorted(other):
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return one[same + (len(one) >= len(other)) :] == other[same + (len(other) >= len(one)) :]


@rule("pages", Severity.WARNING, on=Page)
def empty_page(page: Page) -> Iterator[Hit]:
    """A page has a title and nothing else.

    Whoever comes to it by search or by a link has lost their way. Write the first sentence, or leave the page out.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example <!-- warning: [empty-page] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    Read the plan before the launch.
    ```
    """
    outline = page.outline
    if len(outline.text) - outline.body > 400 or page.front.get("template"):
        return
    from handbook.text import mask

    rest = mask.without_comments(outline.text[outline.body :]).split("\n")
    if not any(line.strip() and line[:1] != "#" for line in rest):
        yield Hit(page.top, "nothing is written on this page", "write the first sentence, or remove the page")


@rule("pages", Severity.WARNING, on=Page)
def large_image(page: Page, around: Around) -> Iterator[Hit]:
    """An image has more than 500 kB.

    The page is slow where the network is, and everybody who copies the repository copies the image for ever.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    ![The way from idea to launch](../assets/photo.png) <!-- warning: [large-image] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    ![The way from idea to launch](../assets/flow.svg)
    ```
    """
    for link, path, _ in page.ways:
        if link.is_image and (size := around.file_size(path) or 0) > _LARGE:
            yield Hit(page.place(link.start, link.end), f"the image has {round(size / 1000):,} kB",
                      "save it smaller, in the width in which it is shown, or as SVG or WebP")  # fmt: skip


@rule("pages", Severity.INFO, from_absence=True)
def orphan_page(whole: Whole) -> Iterator[Hit]:
    """A page is in no navigation, and no other page links to it.

    Readers can find it only by search, if they know that it is there.

    Wrong:

    ```yaml title="mkdocs.yml"
    site_name: Example
    nav:
      - index.md
    ```

    ```markdown title="docs/index.md"
    # Home

    Read [the first week](guides/first-week.md).
    ```

    ```markdown title="docs/guides/example.md"
    # Example <!-- info: [orphan-page] -->

    Read the plan before the launch.
    ```

    Right:

    ```yaml title="mkdocs.yml"
    site_name: Example
    nav:
      - index.md
    ```

    ```markdown title="docs/index.md"
    # Home

    Read [the first week](guides/first-week.md), then [the example](guides/example.md).
    ```

    ```markdown title="docs/guides/example.md"
    # Example

    Read the plan before the launch.
    ```
    """
    dialect = whole.referee.dialect
    if dialect.navigation is None:
        return
    for page in whole.heads("page"):
        below = page.id.removeprefix(f"{whole.docs}/")
        if below != page.id and not dialect.shows(below) and not whole.is_named(Name("page", page.id)):
            yield Hit(
                Place(page.id),
                "no navigation and no page leads here",
                "link to it from where its readers are, or add it to nav in mkdocs.yml",
            )
