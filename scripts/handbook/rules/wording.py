"""Titles of steps and tasks that do not say what to do."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from handbook.finding import Hit, Severity
from handbook.model.launch import LaunchTemplate
from handbook.model.process import Process
from handbook.model.work import work
from handbook.rules.registry import rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import Pattern

# Words that end like another form, and are verbs all the same.
_VERBS = frozenset({
    *("bring", "ping", "ring", "sing", "string", "swing", "wing", "feed", "seed", "need", "speed", "proceed", "succeed"),
    *("exceed", "embed", "shed", "weed", "heed", "position", "question", "mention", "transition", "provision"),
    *("commission", "function", "condition", "caution", "partition", "document", "implement", "comment", "supplement"),
    *("experiment", "complement", "augment", "segment", "instrument", "focus", "refocus", "canvas", "bias"),
})  # fmt: skip
# Adjectives and articles with which the name of a thing begins.
_NOT_VERBS = frozenset({
    *("the", "a", "an", "our", "all", "every", "final", "legal", "technical", "internal", "external", "initial"),
    *("formal", "weekly", "monthly", "quarterly", "daily", "annual"),
})  # fmt: skip
_ENDINGS = ("ing", "ed", "tion", "sion", "ment", "ness", "ity")
_SHORTEST = 5

#: one of these is in every passive; compiling the pattern that finds it out takes a while
_PASSIVE = (" is ", " are ", " gets ", " get ", " be ")


@rule("prose", Severity.INFO, on=(Process, LaunchTemplate))
def title_not_a_command(record: Process | LaunchTemplate) -> Iterator[Hit]:
    """The title of a step or task does not begin with a verb that says what to do.

    "Legal review" leaves open whether to ask for one, to do it or to read it. "Review the wording" does not, and
    tickets made from it can be done.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: legal, title: Legal review, responsible: legal-counsel}  # info: [title-not-a-command]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: legal, title: Review the wording, responsible: legal-counsel}
    ```
    """
    for each in work(record):
        title = each.title or ""
        word = re.split("[^A-Za-z]", title, maxsplit=1)[0]
        if _is_no_command(word) and not _is_agentless(title):
            yield Hit(
                each.at / "title",
                f'"{title}" begins with "{word}", which does not say what to do',
                "begin with a verb, such as Write, Check or Decide",
            )


def _is_no_command(word: str) -> bool:
    """Whether a word is certainly no verb in its plain form. Most words that are none look like one: nothing is said then."""
    lower = word.lower()
    if lower in _VERBS or (word.isupper() and len(word) > 1):
        return False
    plural = lower.endswith("s") and not lower.endswith("ss")
    return lower in _NOT_VERBS or (len(lower) >= _SHORTEST and (plural or lower.endswith(_ENDINGS)))


@rule("prose", Severity.INFO, on=(Process, LaunchTemplate))
def title_without_agent(record: Process | LaunchTemplate) -> Iterator[Hit]:
    """The title of a step or task says that something is done, and not what to do.

    "The report is reviewed" reads as if it happened by itself. A command speaks to the role that does it.

    Wrong:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: report, title: The report is reviewed, responsible: qa-lead}  # info: [title-without-agent]
    ```

    Right:

    ```yaml title="processes/release/example.yaml"
    steps:
      - {id: report, title: Review the report, responsible: qa-lead}
    ```
    """
    for each in work(record):
        title = each.title or ""
        if _is_agentless(title):
            help = "begin with a verb, such as Write, Check or Decide"
            yield Hit(each.at / "title", f'"{title}" does not say what to do', help)


def _is_agentless(title: str) -> bool:
    """Whether a title says that something is done, and not who does it."""
    return any(verb in title for verb in _PASSIVE) and _agentless().match(title) is not None


@functools.cache
def _agentless() -> Pattern[str]:
    before = r"(?:(?!that\b|what\b|which\b|who\b|whether\b|if\b|how\b|when\b|where\b|until\b|while\b|by\b)[\w'-]+ ){1,6}"
    obliged = (
        r"(?:is|are|gets|get|must be|should be|shall be|has to be|have to be|needs? to be|will be|can be)"
    )
    return re.compile(
        rf"{before}{obliged} (?:\w+ed|written|sent|shown|done|made|held|given|taken|chosen|built|told)\b(?!.* by )"
    )
