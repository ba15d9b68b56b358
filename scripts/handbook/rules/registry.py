"""What a rule is, and the list of all of them.

A rule is a function whose docstring is its documentation and its test: a sentence that says what is
wrong, why it matters, a bad example with `# error: [name]` at the end of each line that is found, and
a good one. Its name is the function's name with hyphens.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from handbook.finding import Hit, Severity
from handbook.model.flow import Flow, flow
from handbook.model.handbook import Handbook
from handbook.model.process import Process
from handbook.model.record import Record

GROUPS = {
    "reading": "Files that cannot be read as they are meant",
    "shape": "Records that do not have the form of their kind",
    "references": "Names that lead nowhere, to the wrong thing, or are never used",
    "lifecycle": "Records that rely on something whose time has passed, or has not come",
    "flow": "Steps that cannot work as they are drawn",
    "decisions": "Decisions that decide nothing, or about which too little is said",
    "launches": "Templates and launches that contradict themselves",
    "onboarding": "Onboarding paths that cannot be followed in their order",
}


Kinds = type[Record] | tuple[type[Record], ...]  #: the type of the records that a rule looks at, or several


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may ask besides the record it looks at. `today` comes from outside: rules have no clock."""

    handbook: Handbook
    today: date
    _flows: dict[str, Flow] = field(default_factory=dict)

    def flow(self, process: Process) -> Flow:
        """Return the flow of a process; several rules walk along it."""
        if process.id not in self._flows:
            self._flows[process.id] = flow(process)
        return self._flows[process.id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule with its documentation. `on` is what it looks at, or None for the whole handbook.

    `run` is None where the reader or the schemas find it.
    """

    name: str
    group: str
    severity: Severity
    doc: str
    on: Kinds | None
    run: Callable[..., Iterator[Hit]] | None

    @property
    def summary(self) -> str:
        """What is wrong, in one sentence."""
        return self.doc.split("\n\n", 1)[0].replace("\n", " ")


_RULES: dict[str, Rule] = {}


def rule(
    group: str, severity: Severity = Severity.ERROR, *, on: Kinds | None = None, found_while: str = ""
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a rule.

    With `on` it is called with each record of that type, or of one of those types, and the context,
    else once with the context alone. With `found_while` it is documentation only: the finding comes
    from that part of the pipeline.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        name = function.__name__.replace("_", "-")
        run = None if found_while else function
        _RULES[name] = Rule(
            name=name,
            group=group,
            severity=severity,
            doc=inspect.cleandoc(function.__doc__ or ""),
            on=on,
            run=run,
        )
        return function

    return register


def rules() -> dict[str, Rule]:
    """Return every rule by name, in the order of the groups."""
    for group in GROUPS:
        importlib.import_module(f"handbook.rules.{group}")
    return dict(_RULES)
