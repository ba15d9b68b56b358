"""What is public and speaks of what is internal. The public site leaves that out; only people can mend the text around it."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.finding import Hit, Place, Severity
from handbook.model.handbook import Name
from handbook.model.kinds import KINDS
from handbook.model.page import Page, make
from handbook.model.record import Record
from handbook.model.visibility import INTERNAL, NAMED, OMITTED, PUBLIC, is_public
from handbook.rules.around import Around, Mention, Whole
from handbook.rules.registry import rule

#: keys that nobody misses: two that the public site never shows, and the process before this one, beside which there is
#: always an event, a request or a rhythm that says what starts it
_UNSEEN = ("audience", "replaces", "trigger.from")


@rule("visibility", Severity.WARNING, on=Record)
def internal_reference(record: Record, around: Around) -> Iterator[Hit]:
    """A public record names one that is internal.

    The public site leaves the name out, so its readers meet a gap: a step that runs nothing, a path that begins in the
    middle. What the text beside it says of the internal record is published all the same.

    Teams, tools, metrics, terms and calendars may be named: where they are internal, the public site is complete without
    them. So may the process after which one begins, under `trigger`: the event beside it says enough. So may roles and artifacts: the public site shows their titles, and nothing else of them, unless they say
    themselves that they are internal.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    visibility: public
    steps:
      - {id: review, title: Review the launch, responsible: product-manager, process: around}  # warning: [internal-reference]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    visibility: public
    steps:
      - {id: review, title: Review the launch, responsible: product-manager}
    ```
    """
    if (record.visibility or around.visibility) != PUBLIC or not is_public(record, around.visibility):
        return
    for mention in around.outgoing(Name(record.kind, record.id)):
        if mention.key not in _UNSEEN and (why := _why_closed(mention, around)):
            kind = KINDS[mention.target.kind].title.lower()
            yield Hit(
                mention,
                f'this is public, and the {kind} "{mention.target.id}" {why}',
                "make it public too, or do not name it here: the public site leaves it out",
            )


def _why_closed(mention: Mention, around: Around) -> str:
    """Return why the public may not see what is named, or nothing where naming it is harmless."""
    target = around.head(mention.target) if mention.target.kind in KINDS else None
    if target is None or mention.key.startswith("#") or target.kind in OMITTED:
        return ""
    if is_public(target, around.visibility) or (target.kind in NAMED and target.visibility != INTERNAL):
        return ""
    is_draft = target.status == "draft" and (target.visibility or around.visibility) == PUBLIC
    return "is a draft" if is_draft else "is internal"


@rule("visibility")
def internal_link(whole: Whole) -> Iterator[Hit]:
    """A public page or record links to an internal page, or takes in its text.

    The text of a link mostly names what it leads to, and with that says that it is there. The public site puts “an
    internal page” in its place and leaves out what is taken in; a sentence around it may tell more.

    Wrong:

    ```markdown title="docs/guides/example.md"
    ---
    visibility: public
    ---

    # Example

    Before that, read [what we plan](plans.md). <!-- error: [internal-link] -->
    ```

    ```markdown title="docs/guides/plans.md"
    # Plans

    In spring we begin.
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    ---
    visibility: public
    ---

    # Example

    Read on in [the basics](basics.md).
    ```

    ```markdown title="docs/guides/basics.md"
    ---
    visibility: public
    ---

    # Basics

    Begin with the day.
    ```
    """
    published = {name: head for name, head in whole.published() if is_public(head, whole.visibility)}
    reachable = _Reach(whole, frozenset(name.kind for name in published))
    for name in published:
        if name.kind != "page":
            yield from _of_record(name, reachable)
        elif name.id.startswith(f"{whole.docs}/") and (page := whole.page(name.id)) is not None:
            yield from _of_page(page, reachable)


class _Reach:
    """What the public site has, asked for one path after the other."""

    def __init__(self, whole: Whole, kinds: frozenset[str]) -> None:
        self.whole, self._kinds = whole, kinds

    def __call__(self, below: str) -> bool:
        """Whether the public site has a page or file, by its path below the folder of the pages, or nobody has."""
        from handbook.site import anchors
        from handbook.site.public import prose

        whole, path = self.whole, f"{self.whole.docs}/{below}"
        if below == "index.md":
            return True  # where nobody wrote one that is public, one is made
        if not path.endswith(".md"):
            return whole.has_file(path) and not path.endswith(prose.WRITTEN)
        page = whole.head(Name("page", path))
        if page is not None:
            return is_public(page, whole.visibility)
        if (name := anchors.record_of(below)) is not None and (record := whole.head(name)) is not None:
            return is_public(record, whole.visibility)
        if (kind := anchors.list_of(below)) is not None:
            return kind in self._kinds
        return False

    def is_missing(self, path: str) -> bool:
        """Whether there is nothing at a path from the root, of which other rules speak."""
        return self.whole.anchors(path) is None and not self.whole.has_file(path)


def _of_page(page: Page, reachable: _Reach) -> Iterator[Hit]:
    from handbook.site.public import prose

    docs = reachable.whole.docs
    for link, path in prose.closed(page, docs, reachable):
        if not reachable.is_missing(path):
            message = f'this page is public, and "{link.target}" is internal'
            yield Hit(page.place(link.start, link.end), message, _REMEDY)
    for start, end in prose.includes(page, docs, reachable):
        message = "this page is public, and takes in the text of an internal one"
        yield Hit(
            page.place(start, end),
            message,
            "make that page public too, or write here what everybody may read",
        )


_REMEDY = "make that page public too, or take the link and what is said of it out"


def _of_record(name: Name, reachable: _Reach) -> Iterator[Hit]:
    from handbook.rules.destinations import behind

    docs = reachable.whole.docs
    record = reachable.whole.written(name)
    if record is None:
        return
    for at, to in behind(record):
        below = to.partition("#")[0]
        if (
            "://" in to
            or to.startswith("mailto:")
            or reachable(below)
            or reachable.is_missing(f"{docs}/{below}")
        ):
            continue
        yield Hit(at, f'this is public, and the page "{below}" is internal', _REMEDY)
    yield from _of_texts(record, reachable)


def _of_texts(record: Record, reachable: _Reach) -> Iterator[Hit]:
    """Yield links in the instructions of steps and tasks."""
    from handbook.site.public import prose

    docs = reachable.whole.docs
    for part in (*getattr(record, "steps", ()), *getattr(record, "tasks", ())):
        if not (text := getattr(part, "instructions", None)) or "](" not in text:
            continue
        written = make(f"{docs}/record.md", text)
        for link, path in prose.closed(written, docs, reachable):
            if not reachable.is_missing(path):
                at: Place = part.at / "instructions"
                yield Hit(at, f'this is public, and "{link.target}" is internal', _REMEDY)


@rule("visibility", Severity.INFO, on=(Record, Page))
def public_draft(subject: Record | Page) -> Iterator[Hit]:
    """Something is marked as public and is still a draft.

    The public site leaves drafts out. This is right while somebody writes; it is easily forgotten afterwards.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    visibility: public  # info: [public-draft]
    status: draft
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    visibility: public
    status: active
    ```
    """
    said = subject.front if isinstance(subject, Page) else vars(subject)
    if said.get("visibility") == PUBLIC and said.get("status") == "draft":
        message = "this is a draft, so the public site leaves it out"
        yield Hit(
            subject.at / "visibility", message, "agree on it and make it active, or leave it until then"
        )
