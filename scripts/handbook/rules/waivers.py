"""What somebody allowed: waivers that allow nothing, or no longer, and a baseline that says too much.

`handbook.triage` finds these, once everything else is found.
"""

from __future__ import annotations

from handbook.finding import Severity
from handbook.rules.registry import rule


@rule("waivers", Severity.WARNING, found_while="weighing what was found")
def waiver_without_reason() -> None:
    """A waiver does not say why something is allowed, and so does not allow it.

    Whoever reads the file next year has to know whether the reason still holds. A few words are enough: who agreed,
    or what is waited for.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: collect
        title: Collect the evidence
        responsible: qa-lead
        # handbook: allow reference-to-deprecated  # warning: [waiver-without-reason]
        tool: old-wiki  # warning: [reference-to-deprecated]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: collect
        title: Collect the evidence
        responsible: qa-lead
        # handbook: allow reference-to-deprecated (auditors read the old wiki until the audit, until 2026-12-31)
        tool: old-wiki
    ```
    """


@rule("waivers", Severity.WARNING, found_while="weighing what was found", fix="safe")
def unused_waiver() -> None:
    """A waiver allows something that is not there.

    The mistake was mended, or the waiver stands in the wrong line. Left where it is, it hides the next mistake of
    that kind. A comment on its own line is meant for the next line and what is indented below it; one behind a value
    is meant for its line.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: collect
        title: Collect the evidence
        responsible: qa-lead
        tool: workspace  # handbook: allow reference-to-deprecated (moves in autumn)  # warning: [unused-waiver]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: collect
        title: Collect the evidence
        responsible: qa-lead
        tool: workspace
    ```
    """


@rule("waivers", Severity.WARNING, found_while="weighing what was found")
def expired_waiver() -> None:
    """A waiver has passed its last day, so what it allowed is found again.

    It was agreed that this would be mended by then. Mend it, or agree on another day.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: collect
        title: Collect the evidence
        responsible: qa-lead
        # handbook: allow reference-to-deprecated (moves in summer, until 2026-09-30)  # warning: [expired-waiver]
        tool: old-wiki  # warning: [reference-to-deprecated]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: collect
        title: Collect the evidence
        responsible: qa-lead
        # handbook: allow reference-to-deprecated (moves in winter, until 2026-12-31)
        tool: old-wiki
    ```
    """


@rule("waivers", Severity.WARNING, found_while="weighing what was found")
def unknown_rule_in_waiver() -> None:
    """A waiver names a rule that does not exist, and so allows nothing.

    Names are those in the first line of a finding, and those that `handbook explain` lists.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: collect
        title: Collect the evidence
        responsible: qa-lead
        # handbook: allow deprecated-reference (moves in winter)  # warning: [unknown-rule-in-waiver]
        tool: old-wiki  # warning: [reference-to-deprecated]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: collect
        title: Collect the evidence
        responsible: qa-lead
        # handbook: allow reference-to-deprecated (moves in winter)
        tool: old-wiki
    ```
    """


@rule("waivers", Severity.WARNING, found_while="weighing what was found")
def malformed_waiver() -> None:
    """A waiver is not understood, and so allows nothing.

    It has the form `handbook: allow rule-name (reason, until 2027-03-01)`, with the day left out where there is none.
    A file that cannot be read cannot be waived: until it is mended, its records are not there.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: collect
        title: Collect the evidence
        responsible: qa-lead
        # handbook: allow reference-to-deprecated (moves soon, until next spring)  # warning: [malformed-waiver]
        tool: old-wiki  # warning: [reference-to-deprecated]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - id: collect
        title: Collect the evidence
        responsible: qa-lead
        # handbook: allow reference-to-deprecated (moves soon, until 2027-04-01)
        tool: old-wiki
    ```
    """


@rule("waivers", Severity.INFO, found_while="weighing what was found")
def stale_baseline() -> None:
    """The baseline holds findings that are mended.

    The same mistake could come back in the same file without anyone being told. `handbook baseline --prune` takes
    out what is mended, and leaves the rest as it is.
    """


@rule("reading", found_while="reading the baseline")
def invalid_baseline() -> None:
    """A line of the baseline is not understood.

    It is left out, so what it stood for is found again. Most often two branches were merged and the marks of the
    conflict are still there. `handbook baseline --prune` writes the file anew from the lines that are understood.
    """
