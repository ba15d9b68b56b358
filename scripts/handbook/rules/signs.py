"""Values and files that are not what they look like. The reader finds these; here is what they mean."""

from __future__ import annotations

from handbook.finding import Severity
from handbook.rules.registry import rule


@rule("reading", Severity.WARNING, found_while="reading YAML", fix="safe")
def ambiguous_value() -> None:
    """A value without quotes is one thing to some programs, and another to others.

    YAML has two versions in use. `NO`, `on` and `22:22` are text in the newer one; in the older one, which MkDocs reads, they are
    false, true and a number. `0644` and `1e3` differ as well. Here the text is kept as it was typed. Quotes make
    everybody read the same.

    Wrong:

    ```yaml title="processes/catalog/teams.yaml"
    support:
      title: Support
      summary: Answers customers and feeds back what they say.
      x-country: NO  # warning: [ambiguous-value]
      x-opens: 10:30  # warning: [ambiguous-value]
    ```

    Right:

    ```yaml title="processes/catalog/teams.yaml"
    support:
      title: Support
      summary: Answers customers and feeds back what they say.
      x-country: "NO"
      x-opens: "10:30"
    ```
    """


@rule("reading", found_while="reading YAML", fix="safe")
def invisible_character() -> None:
    """A character that nobody can see is in the text: one without any width, or a space that is none to a program.

    Such characters come along when text is copied from a chat or a website. Two names look the same and are different, a
    search finds nothing, and a key is not a key. Some even show a line in another order than it has. Joiners beside
    letters or emoji that need them are left alone.

    Wrong:

    ```yaml title="processes/catalog/teams.yaml"
    support:
      title: Sup\u200bport  # error: [invisible-character]
      summary: Answers customers and feeds back what they say.
    ```

    Right:

    ```yaml title="processes/catalog/teams.yaml"
    support:
      title: Support
      summary: Answers customers and feeds back what they say.
    ```
    """


@rule("reading", Severity.WARNING, found_while="reading YAML", fix="safe")
def typographic_quotes() -> None:
    """A value stands in typographic quotation marks, which are part of it.

    Word processors put “ and ” where somebody typed straight marks. To YAML only straight ones are quotation marks, so the
    others show on the page, and a name in them is another name.

    Wrong:

    ```yaml title="processes/catalog/teams.yaml"
    support:
      title: “Support”  # warning: [typographic-quotes]
      summary: Answers customers and feeds back what they say.
    ```

    Right:

    ```yaml title="processes/catalog/teams.yaml"
    support:
      title: "Support"
      summary: Answers customers and feeds back what they say.
    ```
    """


@rule("reading", Severity.WARNING, found_while="reading YAML", fix="safe")
def stray_space() -> None:
    """A value in quotes begins or ends with a space.

    Nobody sees it, and the name is another one: what refers to it finds nothing. Here it is read without the space.

    Wrong:

    ```yaml title="processes/catalog/teams.yaml"
    support:
      title: "Support "  # warning: [stray-space]
      summary: Answers customers and feeds back what they say.
    ```

    Right:

    ```yaml title="processes/catalog/teams.yaml"
    support:
      title: "Support"
      summary: Answers customers and feeds back what they say.
    ```
    """


@rule("reading", found_while="reading YAML", fix="safe")
def tab_as_space() -> None:
    """A tab stands where YAML wants spaces.

    A tab is as wide as each editor likes, so nobody can tell what belongs to what. At the beginning of a line no program
    reads it; behind a colon some do, and some do not.
    """


@rule("reading", Severity.WARNING, found_while="reading files", fix="safe")
def byte_order_mark() -> None:
    """The file begins with a byte order mark, three bytes that nobody can see.

    Some programs take them for a part of the first key, which is then unknown. Editors on Windows write them on request:
    save the file as UTF-8 without a byte order mark, or let `handbook fix` do it.
    """


@rule("reading", Severity.WARNING, found_while="reading files", fix="safe")
def mixed_line_ends() -> None:
    """Some lines of the file end as on Windows and some as on Linux, or they end with a lone carriage return.

    The file looks the same everywhere, and a comparison shows lines as changed that nobody touched. One kind throughout
    the file is good, whichever it is.
    """
