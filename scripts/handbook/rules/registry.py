"""What a rule is, and the list of all of them.

A rule is a function whose docstring is its documentation and its test: a sentence that says what is
wrong, why it matters, a bad example with `# error: [name]` at the end of each line that is found, and
a good one. Its name is the function's name with hyphens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handbook.finding import Severity
from handbook.frozen import Entity, Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

GROUPS = {
    "reading": "Files that cannot be read as they are meant",
    "shape": "Records that do not have the form of their kind",
    "references": "Names that lead nowhere, to the wrong thing, or are never used",
    "lifecycle": "Records that rely on something whose time has passed, or has not come",
    "flow": "Steps that cannot work as they are drawn",
    "decisions": "Decisions that decide nothing, or about which too little is said",
    "roles": "Work that belongs to nobody, to too many, or to a person where a role is meant",
    "timing": "Times that contradict each other, or cannot be kept",
    "freshness": "Records that nobody has looked at for too long, or that nobody answers for",
    "launches": "Templates and launches that contradict themselves",
    "experiments": "Experiments that cannot answer their question, or whose answer leads to nothing",
    "onboarding": "Onboarding paths that cannot be followed in their order",
    "catalogue": "Tools, metrics, roles and terms that say too little, or too much",
    "prose": "Words that a reader cannot act on",
    "links": "Links that lead nowhere, or not where they should",
    "pages": "Pages without what their reader looks for",
    "visibility": "What is public and speaks of what is internal",
    "history": "What only the history shows",
    "waivers": "What somebody allowed, and a baseline that says too much",
}

#: further modules with rules of a group, beside the one of its name. They do not import each other: a check of one file
#: imports those whose rules look at it, and no others.
_FURTHER = {
    "reading": ("signs",),
    "references": ("cycles", "relations"),
    "flow": ("arrows", "handovers", "joins", "size"),
    "decisions": ("answers",),
    "roles": ("staffing",),
    "timing": ("clock", "measures", "promises", "rhythm"),
    "launches": (
        "launch_anchor",
        "launch_close",
        "launch_days",
        "launch_gates",
        "launch_people",
        "launch_results",
        "launch_work",
    ),
    "experiments": ("verdicts",),
    "onboarding": ("onboarding_coverage", "stages"),
    "catalogue": ("calendars", "texts", "tools"),
    "prose": ("abbreviations", "instructions", "wording"),
    "links": ("addresses", "labels", "standing"),
    "pages": ("structure",),
}


class Rule(Entity):
    """A rule with its documentation. `scope` is what it may see: one record, also the glossary, what is around, or the whole. `on` are the types that it looks at; without any it looks at the whole handbook.

    `run` is None where the reader or the schemas find it. `fix` says how it is mended: "safe" where `handbook fix`
    does it, "suggestion" where somebody has to look, else "none".
    """

    name: str
    group: str
    severity: Severity
    doc: str
    on: tuple[type[Frozen], ...]
    scope: str
    fix: str
    module: str
    run: Callable[..., Iterator[Any]] | None
    signs: tuple[
        bytes, ...
    ] = ()  #: what a file has to contain, in lower case, for the rule to have anything to say
    from_absence: bool = False  #: whether it says that something is nowhere

    @property
    def summary(self) -> str:
        """What is wrong, in one sentence."""
        return self.doc.split("\n\n", 1)[0].replace("\n", " ")


_RULES: dict[str, Rule] = {}


def rule(
    group: str,
    severity: Severity = Severity.ERROR,
    *,
    on: type[Frozen] | tuple[type[Frozen], ...] = (),
    found_while: str = "",
    fix: str = "none",
    signs: tuple[str, ...] = (),
    from_absence: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a rule.

    With `on` it is called with each record of that type, or of one of those types. A second parameter `around`
    is what the record names and what names it; a second parameter `glossary` is the words of the handbook. Without `on` it is called
    once, with the Whole handbook. What a rule asks for is what it may see, so that only what a change can
    concern has to be judged again. With `found_while` it is documentation only: the finding comes from that
    part of the pipeline.

    With `signs` it is called only for files that contain one of these texts, compared in lower case: a rule that
    looks for words need not look at every text of every record. Of a sign that ends with `[a-z]` any letter is the end.

    With `from_absence` it says that something is nowhere, such as anything that produces an artifact. While a file
    cannot be read that mentions it, nobody knows, and nothing is said.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        name = function.__name__.replace("_", "-")
        types = on if isinstance(on, tuple) else (on,)
        scope = _scope(function) if types else "whole"
        _RULES[name] = Rule(
            name=name, group=group, severity=severity, doc=_dedented(function.__doc__ or ""), on=types,
            scope=scope, fix=fix, module=function.__module__, signs=tuple(sign.encode() for sign in signs), run=None if found_while else function,
            from_absence=from_absence,
        )  # fmt: skip
        return function

    return register


def _scope(function: Callable[..., Any]) -> str:
    code = function.__code__
    if code.co_argcount == 1:
        return "record"
    return "glossary" if code.co_varnames[1] == "glossary" else "around"


def _dedented(doc: str) -> str:
    """Return a docstring without the indentation of its function; `inspect` would cost more than all rules together."""
    return doc.replace("\n    ", "\n").strip()


def known(name: str) -> Rule:
    """Return a rule of a module that is imported already."""
    return _RULES[name]


def rules() -> dict[str, Rule]:
    """Return every rule by name, in the order of the groups."""
    for group in GROUPS:
        for module in (*_FURTHER.get(group, ()), group):
            __import__(f"handbook.rules.{module}")
    order = list(GROUPS)
    return {rule.name: rule for rule in sorted(_RULES.values(), key=lambda rule: order.index(rule.group))}
