"""Words that a reader cannot act on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.page import Page
from handbook.rules.around import Glossary
from handbook.rules.registry import rule

_AGEING = (
    "currently", "recently", "presently", "nowadays", "at the moment", "at present", "coming soon", "newly added",
    "newly introduced", "this quarter", "this year",
)  # fmt: skip


@rule("prose", Severity.INFO, on=Page)
def text_that_ages(page: Page) -> Iterator[Hit]:
    """A page speaks of now: "currently", "recently", "this quarter".

    Nobody changes the sentence when the time has passed. Give the date, or leave the word out.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    We are currently moving to another tracker. <!-- info: [text-that-ages] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    From 2027-01-15 all requests are in the new tracker.
    ```
    """
    lower = page.lower
    for phrase in [phrase for phrase in _AGEING if phrase in lower]:
        for match in re.finditer(rf"(?<![\w-]){phrase}(?![\w-])", lower):
            yield Hit(
                page.place(match.start(), match.end()),
                f'"{phrase}" will not be true for long',
                "give the date, or leave it out",
            )


@rule("prose", Severity.INFO, on=Page)
def avoided_term(page: Page, glossary: Glossary) -> Iterator[Hit]:
    """A page uses a word that the glossary asks to avoid.

    Two words for one thing make readers look for a difference. The glossary says which of them to use.

    Wrong:

    ```yaml title="processes/catalog/terms.yaml"
    launch: {title: Launch, summary: The day on which customers can use something., avoid: [go-live]}
    ```

    ```markdown title="docs/guides/example.md"
    # Example

    Tell support two days before the go-live. <!-- info: [avoided-term] -->
    ```

    Right:

    ```yaml title="processes/catalog/terms.yaml"
    launch: {title: Launch, summary: The day on which customers can use something., avoid: [go-live]}
    ```

    ```markdown title="docs/guides/example.md"
    # Example

    Tell support two days before the launch.
    ```
    """
    lower = page.lower
    for avoided, instead in glossary.avoided.items():
        if avoided not in lower:
            continue
        for match in re.finditer(rf"(?<![\w-]){re.escape(avoided)}(?![\w-])", lower):
            yield Hit(
                page.place(match.start(), match.end()),
                f'the glossary avoids "{avoided}"',
                f'write "{instead}"',
            )


@rule("prose", found_while="reading")
def secret_in_text() -> None:
    """A page or record contains what looks like a password, a key or a token.

    Whoever can read the handbook can use it. It stays in the history of the repository, so it has to be withdrawn
    where it was issued, not only deleted here.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    Sign in with ghp_Zx81Qm47Vt20Lk95Hs36Nb72Wc58Rd14Yf69. <!-- error: [secret-in-text] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    Sign in with the token that the vault keeps under "release".
    ```
    """


@rule("prose", Severity.INFO, found_while="reading")
def personal_data() -> None:
    """A page or record names the private mail address of a person.

    It is read by more people than its owner thinks, and nobody removes it when the person leaves.

    Wrong:

    ```markdown title="docs/guides/example.md"
    # Example

    Ask sam.miller@gmail.com for access. <!-- info: [personal-data] -->
    ```

    Right:

    ```markdown title="docs/guides/example.md"
    # Example

    Ask the product operations lead for access.
    ```
    """
