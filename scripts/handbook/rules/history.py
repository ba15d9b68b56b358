"""What only the history shows. The rules are found while Git is asked: `handbook check --history`, and partly `--since`."""

from __future__ import annotations

from handbook.finding import Severity
from handbook.rules.registry import rule


@rule("history", Severity.WARNING, found_while="reading the history")
def suspect_record() -> None:
    """Something that a record relies on changed its meaning after the record was last reviewed.

    The record may tell people to do what is no longer right. `handbook review` shows what changed; whoever finds the
    record still true notes that with `--done`. `handbook check --history` looks for it.

    Example: a launch template was reviewed on 2 November, and names the process Go/no-go decision, which has needed a
    legal review as evidence since 22 November. The finding is at `reviewed` of the template.
    """


@rule("history", Severity.WARNING, found_while="reading the history")
def stamped_reviews() -> None:
    """One commit moved the review dates of many records, and changed nothing else in them.

    Nobody reads so many records in one go. The dates say that the records are true, and in fact nobody knows. Review
    them one at a time, with `handbook review`. `handbook check --history` and `--since` look for it.

    Example: a commit sets `reviewed` to the same day in 14 processes. The finding is at `reviewed` of the first one.
    """


@rule("history", Severity.WARNING, found_while="reading the history")
def unexplained_change() -> None:
    """A change can block people who go on as before, and nothing says why it was made.

    Release notes announce it without a reason, and the people concerned ask each other. A line that begins with `Why:`
    in the message of a commit is enough. `handbook check --since` looks for it.

    Example: a commit makes a security review required before a launch, and its message is "Update process". The
    finding is at the new step.
    """
