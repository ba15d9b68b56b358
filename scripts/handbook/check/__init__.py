"""Checking a handbook: bytes in, findings out. Nothing here knows the clock; the day is an argument.

`records` reads a file, `facts` is what it says by itself, `index` remembers that between runs, `judge` looks at
what lies between records, and `run` is a check from beginning to end. `loading` is for everybody else: the whole handbook in
memory. What is imported here is imported at every commit, so each function imports what it needs.
"""

from __future__ import annotations

from collections.abc import Iterable

from handbook.finding import Fault, Finding
from handbook.settings import Settings
from handbook.sources import SETTINGS, Sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from handbook.check.loading import Known, Loaded


def read_settings(sources: Sources) -> tuple[Settings, tuple[Fault, ...]]:
    """Return the settings of a handbook, and what is wrong with them."""
    from handbook import settings
    from handbook.rules.registry import rules

    source = sources.get(SETTINGS)
    return settings.read(source, frozenset(rules())) if source is not None else (Settings(), ())


def load(sources: Sources, settings: Settings, known: Known | None = None) -> Loaded:
    """Read every file once and return the handbook that they make. What is `known` from another revision is not read again."""
    from handbook.check import loading

    return loading.load(sources, settings, known)


def check(sources: Sources, settings: Settings, today: date) -> list[Finding]:
    """Return everything that is wrong with a handbook on a day, in the order of files and lines."""
    from handbook.check import run

    return run.check(sources, settings, today)


def fault_findings(path: str, faults: Iterable[Fault]) -> list[Finding]:
    """Return what is wrong with one file, such as the settings, as findings at their default levels."""
    from handbook.rules.registry import rules

    return [
        Finding(path=path, span=fault.span, severity=rules()[fault.rule].severity, rule=fault.rule,
                message=fault.message, help=fault.help)
        for fault in faults
    ]  # fmt: skip
