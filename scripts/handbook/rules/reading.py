"""Files that cannot be read as they are meant. The reader finds these; here is what they mean."""

from __future__ import annotations

from handbook.finding import Severity
from handbook.rules.registry import rule


@rule("reading", found_while="reading YAML", fix="safe")
def invalid_yaml() -> None:
    """The file is not valid YAML, so nothing in it can be used.

    A record that cannot be read disappears from the site, from plans and from release notes. Most often a
    value contains a colon followed by a space and needs quotes, or a line is indented differently from
    its neighbours.

    Wrong:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides: what comes next, and why.  # error: [invalid-yaml]
    ```

    Right:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: "Decides: what comes next, and why."
    ```
    """


@rule("reading", found_while="reading YAML")
def duplicate_key() -> None:
    """The same key is given twice in one mapping.

    YAML readers keep one of the two and drop the other without a word, so half of what was written is lost.

    Wrong:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
      summary: Owns the roadmap of an area.  # error: [duplicate-key]
    ```

    Right:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next in an area, and why.
    ```
    """


@rule("reading", Severity.WARNING, found_while="reading YAML", fix="suggestion")
def lost_text() -> None:
    """A value without quotes is cut off at a #, because YAML takes the rest for a comment.

    The file is valid, and the end of the sentence is gone from the page. It happens with channels and numbers.
    A comment has a space after its sign, so that nobody takes it for a part of the value.

    Wrong:

    ```yaml title="processes/catalog/teams.yaml"
    support:
      title: Support
      summary: Ask in #support at any time.  # warning: [lost-text]
    ```

    Right:

    ```yaml title="processes/catalog/teams.yaml"
    support:
      title: Support
      summary: "Ask in #support at any time."
    ```
    """


@rule("reading", found_while="reading YAML")
def unsupported_yaml() -> None:
    """The file uses a part of YAML that records do not have.

    Anchors, aliases, tags, directives, several documents in one file and nesting beyond 100 levels are read
    differently by different programs, and can be used to make a small file explode. Records need none of them.

    Wrong:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager: &manager  # error: [unsupported-yaml]
      title: Product manager
      summary: Decides what comes next, and why.
    ```

    Right:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
    ```
    """


@rule("reading", found_while="reading YAML", fix="suggestion")
def unusable_number() -> None:
    """A number is infinite, or has more digits than programs keep.

    One program reads it as it is, the next rounds it, the third refuses the file.

    Wrong:

    ```yaml title="processes/catalog/tools.yaml"
    issue-tracker:
      title: Issue tracker
      summary: Where work is planned, assigned and followed.
      owner: product-operations
      category: project-management
      x-licence: 12345678901234567890123  # error: [unusable-number]
    ```

    Right:

    ```yaml title="processes/catalog/tools.yaml"
    issue-tracker:
      title: Issue tracker
      summary: Where work is planned, assigned and followed.
      owner: product-operations
      category: project-management
      x-licence: "12345678901234567890123"
    ```
    """


@rule("reading", found_while="reading files")
def not_utf8() -> None:
    """The file is not encoded in UTF-8.

    Letters such as é or ü come out wrong, or the file cannot be read at all on another machine. Save it
    again with the encoding UTF-8; every editor offers it when saving.
    """


@rule("reading", found_while="reading files")
def file_too_large() -> None:
    """The file is larger than one mebibyte.

    No record is that long. Usually an export or an attachment was saved in the wrong folder.
    """


@rule("reading", found_while="reading files")
def unreadable_file() -> None:
    """The file cannot be opened: it is a folder, it may not be read, or it leads out of the handbook.

    A name that ends in .yaml or .md is taken for a record or a page, so a folder must not be called that.
    A symbolic link to a place outside the handbook is not followed.
    """


@rule("reading", found_while="reading files")
def misplaced_file() -> None:
    """The file lies in a folder that no kind of record belongs to.

    The folder decides what a file is: `processes/release/` holds processes of the area release,
    `processes/onboarding/` holds onboarding paths. In any other folder a record is not found by anyone.

    Wrong:

    ```yaml title="processes/relase/go-no-go.yaml"
    title: Go/no-go decision  # error: [misplaced-file]
    ```

    Right:

    ```yaml title="processes/release/go-no-go.yaml"
    title: Go/no-go decision
    ```
    """


@rule("reading", found_while="reading files")
def not_a_record() -> None:
    """The file is empty, or holds text or a list where a record is meant.

    A record is a mapping: one `key: value` in each line.

    Wrong:

    ```yaml title="processes/catalog/roles.yaml"
    - product-manager  # error: [not-a-record]
    ```

    Right:

    ```yaml title="processes/catalog/roles.yaml"
    product-manager:
      title: Product manager
      summary: Decides what comes next, and why.
    ```
    """


@rule("reading", found_while="reading handbook.toml")
def invalid_settings() -> None:
    """The settings in handbook.toml contain something that is not a setting.

    A setting that is not understood is left out, while everyone believes that it holds.

    Wrong:

    ```toml title="handbook.toml"
    [rules]
    unknown-refrence = "warning"  # error: [invalid-settings]
    ```

    Right:

    ```toml title="handbook.toml"
    [rules]
    unknown-reference = "warning"
    ```
    """
