"""From what was found to what is shown: the day, the levels, the waivers and the baseline. Pure.

Whatever is found can be remembered, as it depends on nothing but the files. Everything here depends on the day, on
the settings, or on what somebody allowed, and is done anew at each run.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from handbook.baseline import BASELINE, Allowance, Baseline
from handbook.finding import Edit, Finding, Fix, Severity, Span
from handbook.frozen import EMPTY, Entity
from handbook.settings import Settings
from handbook.waivers import LASTING, SOMETIMES, Waiver

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date


class Raw(Entity):
    """Something wrong, before anybody asked whether it counts: no level yet, and on which days it holds (both included)."""

    path: str
    span: Span
    rule: str
    message: str
    help: str = ""
    fix: Fix | None = None
    since: date | None = None
    until: date | None = None


class Terms(Entity):
    """What findings are held against: the default level of each rule, company rules too, and the `lasting` ones that cannot be waived.

    `complete` are the files of which everything is known; None means all of them. Only there a waiver or an entry of
    the baseline can be called superfluous. `files` are all files of the handbook, or None where that is not known.
    """

    settings: Settings
    levels: Mapping[str, Severity]
    today: date
    lasting: frozenset[str] = LASTING
    waivers: Mapping[str, Sequence[Waiver]] = EMPTY
    baseline: Baseline | None = None
    complete: Container[str] | None = None
    files: Container[str] | None = None


class Triaged(Entity):
    """What is to be shown, in order, and how much of what was found is allowed by a waiver or by the baseline."""

    findings: tuple[Finding, ...]
    waived: int = 0
    baselined: int = 0

    def fails(self, from_level: Severity) -> bool:
        """Whether a finding is of a level or above."""
        return any(finding.severity >= from_level for finding in self.findings)


def triage(found: Iterable[Raw], terms: Terms) -> Triaged:
    """Return what of everything that was found counts."""
    held = [raw for raw in found if _holds(raw, terms.today) and _level(raw, terms)]
    used: set[tuple[str, int]] = set()  # path and number of a waiver
    left = [raw for raw in held if not _is_waived(raw, terms, used)]
    about_waivers = list(_about_waivers(terms, used, _unread(held, terms)))
    findings = sorted(_levelled([*left, *about_waivers], terms), key=lambda finding: finding.order)
    waived = len(held) - len(left)
    if terms.baseline is None:
        return Triaged(findings=tuple(findings), waived=waived)
    allowance = Allowance(terms.baseline, terms.files)
    shown = [
        f
        for f in findings
        if f.rule in terms.lasting or f.severity <= Severity.INFO or not allowance.covers(f)
    ]
    baselined = len(findings) - len(shown)
    if terms.complete is None and not _unread(held, terms):
        shown += _levelled(_about_baseline(terms.baseline, allowance), terms)
    shown.sort(key=lambda finding: finding.order)
    return Triaged(findings=tuple(shown), waived=waived, baselined=baselined)


def _holds(raw: Raw, today: date) -> bool:
    return (raw.since is None or raw.since <= today) and (raw.until is None or today <= raw.until)


def _level(raw: Raw, terms: Terms) -> Severity:
    return terms.settings.level(raw.rule, terms.levels[raw.rule], raw.path)


def _levelled(found: Iterable[Raw], terms: Terms) -> Iterator[Finding]:
    for raw in found:
        if level := _level(raw, terms):
            yield Finding(
                path=raw.path, span=raw.span, severity=level, rule=raw.rule, message=raw.message,
                help=raw.help, fix=raw.fix,
            )  # fmt: skip


def _unread(held: Iterable[Raw], terms: Terms) -> bool:
    """Whether a file could not be read. What else is found then says nothing about what is superfluous."""
    return any(raw.rule in terms.lasting for raw in held)


def _is_waived(raw: Raw, terms: Terms, used: set[tuple[str, int]]) -> bool:
    if raw.rule in terms.lasting:
        return False
    allowing = [
        number
        for number, waiver in enumerate(terms.waivers.get(raw.path, ()))
        if waiver.allows(raw.rule, raw.span.line)
    ]
    used.update((raw.path, number) for number in allowing)
    return any(_is_in_force(terms.waivers[raw.path][number], terms.today) for number in allowing)


def _is_in_force(waiver: Waiver, today: date) -> bool:
    return bool(waiver.reason) and not waiver.wrong and not _is_over(waiver, today)


def _is_over(waiver: Waiver, today: date) -> bool:
    return bool(waiver.until) and waiver.until < today.isoformat()


def _about_waivers(terms: Terms, used: Container[tuple[str, int]], unread: bool) -> Iterator[Raw]:
    for path, waivers in terms.waivers.items():
        judged = not unread and (terms.complete is None or path in terms.complete)
        unused: list[Waiver] = []
        for number, waiver in enumerate(waivers):
            if said := _objection(waiver, terms):
                yield Raw(path=path, span=waiver.span, rule=said[0], message=said[1], help=said[2])
            elif judged and (path, number) not in used and _runs(waiver, path, terms):
                unused.append(waiver)
        yield from _unused(path, unused)


def _objection(waiver: Waiver, terms: Terms) -> tuple[str, str, str] | None:
    """Return the rule, the sentence and the remedy for a waiver that allows nothing."""
    if waiver.wrong:
        return (
            "malformed-waiver",
            waiver.wrong,
            "write it like this: handbook: allow rule-name (reason, until 2027-03-01)",
        )
    if waiver.rule not in terms.levels:
        from handbook.text.near import did_you_mean

        message = f'there is no rule "{waiver.rule}" to allow{did_you_mean(waiver.rule, terms.levels)}'
        return "unknown-rule-in-waiver", message, "`handbook explain` lists every rule"
    if waiver.rule in terms.lasting:
        return (
            "malformed-waiver",
            f'"{waiver.rule}" cannot be waived',
            "mend it: until then, this part of the handbook is not there",
        )
    if not waiver.reason:
        help = f"write why, in brackets behind it: allow {waiver.rule} (agreed with …)"
        return "waiver-without-reason", f'this waiver does not say why "{waiver.rule}" is allowed', help
    if _is_over(waiver, terms.today):
        message = f'"{waiver.rule}" was allowed here until {waiver.until}'
        return "expired-waiver", message, "mend what it allowed and remove it, or agree on another day"
    return None


def _runs(waiver: Waiver, path: str, terms: Terms) -> bool:
    """Whether the rule of a waiver is looked for in a file at all, and always."""
    return waiver.rule not in SOMETIMES and bool(
        terms.settings.level(waiver.rule, terms.levels[waiver.rule], path)
    )


def _unused(path: str, unused: Sequence[Waiver]) -> Iterator[Raw]:
    """Say that waivers allow nothing. A comment of which no rule is left goes as a whole, and only then by itself."""
    mended: set[Span] = set()
    for waiver in unused:
        rest = sum(other.comment == waiver.comment for other in unused) < waiver.count
        fix = None if rest else Fix("remove the waiver", (Edit(waiver.comment, ""),), safe=True)
        yield Raw(
            path=path, span=waiver.span, rule="unused-waiver",
            message=f'"{waiver.rule}" is allowed here, and there is nothing to allow',
            help=f'take "{waiver.rule}" out of it' if rest else "remove the waiver",
            fix=None if waiver.comment in mended else fix,
        )  # fmt: skip
        mended.add(waiver.comment)


def _about_baseline(baseline: Baseline, allowance: Allowance) -> Iterator[Raw]:
    """Say once that something in the baseline is mended."""
    stale = sorted(allowance.stale(), key=lambda known: baseline.lines[known])
    if stale:
        line = baseline.lines[stale[0]]
        number = "a finding" if len(stale) == 1 else f"{len(stale)} findings"
        yield Raw(
            path=BASELINE, span=Span(line, 1, line, 2), rule="stale-baseline",
            message=f"{number} of the baseline {'is' if len(stale) == 1 else 'are'} mended, beginning with "
                    f'"{stale[0].rule}" in {stale[0].path}',
            help="`handbook baseline --prune` takes out what is mended",
        )  # fmt: skip
