"""Links that are written in a way that serves their readers badly, wherever they lead."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from handbook.finding import Change, Hit, Severity
from handbook.model.page import Page
from handbook.rules.around import Around
from handbook.rules.destinations import of_record, site_address
from handbook.rules.registry import rule
from handbook.site import anchors

#: how hosts end that have no secure form, that nobody can reach from outside, or that are only names
_LOCAL = (
    "localhost", ".local", ".test", ".example", ".invalid", ".internal", ".lan", "example.com", "example.org", "example.net",
    "w3.org", "xmlsoap.org", "schemas.microsoft.com",
)  # fmt: skip
_TRACKING = (
    r"(?i)(?<=[?&])(?:utm_[a-z]+|gclid|fbclid|msclkid|mc_eid|mc_cid|igshid|_hsenc|_hsmi|mkt_tok)=[^&#]*&?"
)
_PERSONAL = (
    ("https://drive.google.com/drive/u/", "a personal view of a drive", "share the folder from a shared drive"),
    ("https://docs.google.com/document/u/", "a personal view of a document", "copy the link with Share"),
    ("https://docs.google.com/spreadsheets/u/", "a personal view of a sheet", "copy the link with Share"),
    ("https://mail.google.com/mail/u/", "a mail in one person's mailbox", "say what it says, or link to where it is kept for all"),
    ("https://onedrive.live.com/", "a personal drive", "move the file to a place that the team owns"),
    ("https://1drv.ms/", "a personal drive", "move the file to a place that the team owns"),
    ("-my.sharepoint.com/", "a personal drive, which is deleted when its owner leaves", "move the file to a site of the team"),
    ("file://", "a file on one computer", "put the file where everybody can open it"),
)  # fmt: skip


@rule("links", Severity.WARNING, on=Page, fix="suggestion")
def link_to_record_source(page: Page, around: Around) -> Iterator[Hit]:
    """A link leads to the file of a record where the page of the record is meant.

    The files of records are not on the site, so the link is dead there. The page says the same for readers.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    Follow [the process](../../processes/operations/around.yaml). <!-- warning: [link-to-record-source] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    Follow [the process](../processes/around.md).
    ```
    """
    for link, path, _ in page.ways:
        if not path.endswith((".yaml", ".yml")) or not page.path.startswith(f"{around.docs}/"):
            continue
        if (name := of_record(path, around)) and around.referee.really_links(page.text, link.target):
            there = posixpath.relpath(f"{around.docs}/{anchors.page_of(name)}", posixpath.dirname(page.path))
            at = page.place(link.start, link.end)
            yield Hit(at, f'"{link.target}" is the file of a record, which the site does not have',
                      f'link to its page: "{there}"', change=Change(at, there))  # fmt: skip


@rule("links", Severity.WARNING, on=Page, fix="suggestion")
def link_to_site_address(page: Page, around: Around) -> Iterator[Hit]:
    """A link gives the address that a page has on the site instead of the page's file.

    Only links to files are checked when the site is built, work at the Git host and in editors, and stay right when
    the site moves.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    Read [the first week](../first-week/). <!-- warning: [link-to-site-address] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    Read [the first week](first-week.md).
    ```
    """
    for link in page.outline.links:
        if link.is_html or link.is_image or not (found := site_address(page, link.target, around)):
            continue
        if around.referee.really_links(page.text, link.target):
            anchor = link.target.partition("#")[2]
            at = page.place(link.start, link.end)
            there = posixpath.relpath(found, posixpath.dirname(page.path)) + (f"#{anchor}" if anchor else "")
            yield Hit(at, f'"{link.target}" is an address of the site, not a file',
                      f'link to the file: "{there}"', change=Change(at, there))  # fmt: skip


@rule("links", Severity.INFO, on=Page)
def absolute_link(page: Page) -> Iterator[Hit]:
    """A link begins at the root of the server on which the site happens to be.

    It breaks in every preview, at the Git host, and on the day on which the site moves to another folder. Nothing
    checks where it leads.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    Read [the first week](/guides/first-week/). <!-- info: [absolute-link] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    Read [the first week](first-week.md).
    ```
    """
    for link in page.outline.links:
        if link.target.startswith("/") and not link.target.startswith("//"):
            yield Hit(page.place(link.start, link.end), f'"{link.target}" begins at the root of the server',
                      "link to the file of the page, as seen from this one")  # fmt: skip


@rule("links", Severity.INFO, on=Page, fix="suggestion")
def insecure_link(page: Page) -> Iterator[Hit]:
    """A link leads to a web address without encryption.

    Anybody on the way can read or change what is shown there, and browsers warn of it.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    Read [the manual](http://manual.acme.io/start). <!-- info: [insecure-link] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    Read [the manual](https://manual.acme.io/start).
    ```
    """
    for link in page.outline.links:
        if link.target.startswith("http://") and _is_public(link.target):
            at = page.place(link.start, link.start + len("http"))
            yield Hit(
                at,
                f'"{link.target}" is not encrypted',
                "try the address with https://",
                change=Change(at, "https"),
            )


def _is_public(address: str) -> bool:
    """Whether an address is a name that everybody can look up: no number, no name without a dot, none of the local ones."""
    host = re.split(r"[/?#:]", address.removeprefix("http://"), maxsplit=1)[0].lower()
    return "." in host and not host.replace(".", "").isdigit() and not host.endswith(_LOCAL)


@rule("links", Severity.WARNING, on=Page, fix="safe")
def tracking_parameters(page: Page) -> Iterator[Hit]:
    """A link carries parameters that tell others who followed it from where.

    They came along when the address was copied from a mail or a search. Colleagues are counted in somebody's campaign.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    Read [the manual](https://manual.acme.io/start?utm_source=mail&page=2). <!-- warning: [tracking-parameters] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    Read [the manual](https://manual.acme.io/start?page=2).
    ```
    """
    for link in page.outline.links:
        if "?" in link.target and "://" in link.target and (match := re.search(_TRACKING, link.target)):
            at = page.place(link.start, link.end)
            name = match[0].partition("=")[0]
            clean = re.sub(r"[?&](?=#|$)", "", re.sub(_TRACKING, "", link.target))
            yield Hit(at, f'the parameter "{name}" of this address is there for tracking',
                      f'write "{clean}"', change=Change(at, clean, safe=True))  # fmt: skip


@rule("links", Severity.WARNING, on=Page)
def personal_share_link(page: Page) -> Iterator[Hit]:
    """A link leads into the drive, the mailbox or the computer of one person.

    Others cannot open it, or lose access on the day on which that person leaves.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    See [the plan](https://acme-my.sharepoint.com/personal/sam/plan.xlsx). <!-- warning: [personal-share-link] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    See [the plan](https://acme.sharepoint.com/sites/product/plan.xlsx).
    ```
    """
    for link in page.outline.links:
        if ":" not in link.target[:6]:
            continue
        for mark, what, instead in _PERSONAL:
            if mark in link.target:
                yield Hit(page.place(link.start, link.end), f"this address leads to {what}", instead)
                break
