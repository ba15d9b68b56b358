"""A check from beginning to end: what changed is read, what that concerns is judged, and all that is wrong is told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from handbook.check import duties
from handbook.check.index import Index
from handbook.check.store import MEMORY
from handbook.check.sync import Change, Tell, concerned, content, learned, terms_path, turn
from handbook.finding import Finding, Hit, Severity
from handbook.settings import Settings
from handbook.sources import Disk, Sources, belongs
from handbook.triage import Raw, Terms, Triaged, triage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.baseline import Baseline
    from handbook.check.revisions import Item

_MOST = 200  #: changed files from which on judging everything is quicker than finding out what is concerned


def check(sources: Sources, settings: Settings, today: date) -> list[Finding]:
    """Return everything that is wrong with a handbook on a day, without an index that lasts."""
    run = Run(Index(MEMORY, ""), sources, settings)
    run.everything()
    return list(run.triaged(today).findings)


class Run:
    """One check of one handbook with one index."""

    def __init__(self, index: Index, sources: Sources, settings: Settings) -> None:
        self.index, self.sources, self.settings = index, sources, settings
        self.tell: Tell | None = None  #: is told how far the reading is
        self._stamps: list[tuple[str, str]] = []
        known = index.get("duties")
        if known is None or index.path != MEMORY:
            index.put("duties", duties.recall(known))

    def everything(self) -> None:
        """Bring the index in step with every file, and judge what that concerns."""
        self._forget_pages_of_old_words()
        live, fresh = self.index.live(), self.index.fresh
        changed = {path: content for path, content in self._contents(live) if live.get(path) != content}
        gone = dict.fromkeys(live.keys() - set(self.paths()))
        versions = learned(self.index, changed, self.sources, self.settings, self.tell)
        change = turn(self.index, {} if fresh else {**versions, **gone})
        self.index.filled()
        self.index.stamp(self._stamps)
        if change:
            self._astray(change, live)
        if change or fresh or self.index.get("whole is old"):
            self.judge(None if fresh or len(change.after) > _MOST else concerned(self.index, change))
        if change and not fresh:
            self.index.forget_old_versions()

    def _forget_pages_of_old_words(self) -> None:
        """Have every page read again when the glossary has changed. A commit hook leaves that to a check of everything."""
        path = terms_path(self.settings)
        words = content(path, self.sources) if path in self.sources else ""
        if words != self.index.get("words"):
            self.index.forget(f"{self.settings.docs}/")
            self.index.put("words", words)

    def paths(self) -> list[str]:
        """Return the files that are records or pages."""
        folders = self.settings.folders
        return [path for path in self.sources if belongs(path, folders)]

    def _contents(self, live: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield the content of each file. One that looks as it did is not read, to find out that it is as it was."""
        stamps = self.index.stamps()
        self._stamps.clear()
        for path in self.paths():
            stamp = self.sources.stamp(path) if isinstance(self.sources, Disk) else None
            if stamp is not None and stamps.get(path) == stamp and path in live:
                continue
            # In a fresh index everything has to be read anyway, and its content is known then.
            yield path, "" if self.index.fresh else content(path, self.sources)
            if stamp is not None:
                self._stamps.append((path, stamp))

    def _astray(self, change: Change, live: dict[str, str]) -> None:
        """Remember which files are not as the commit has them with which the index was in step."""
        if self.index.get("base") is not None:
            known = json.loads(self.index.get("astray") or "{}")
            self.index.put("astray", json.dumps({path: live.get(path) for path in change.after} | known))

    def judge(self, subjects: set[int] | None, *, whole: bool = True) -> None:
        """Judge some subjects, or with None everything. Without `whole`, what only all of it shows is left for later."""
        from handbook.check.judge import Judge
        from handbook.check.view import View

        judge = Judge(self.index, View(self.index, self.sources, self.settings))
        if subjects is None:
            judge.everything()
        else:
            judge.these(subjects)
            if whole:
                judge.whole()
            self.index.put("whole is old", None if whole else "yes")

    def _rules(self) -> tuple[dict[str, Severity], frozenset[str]]:
        """Return the default level of each rule, and which of them say that something is nowhere.

        Both are remembered: importing all rules takes longer than to find nothing.
        """
        known = self.index.get("rules")
        if known is None:
            from handbook.rules.registry import rules

            known = json.dumps([[name, rule.severity, rule.from_absence] for name, rule in rules().items()])
            self.index.put("rules", known)
        rows = json.loads(known)
        levels = {name: Severity(level) for name, level, _ in rows}
        if self.settings.company:
            from handbook.rules import company

            levels |= company.levels(self.settings)
        return levels, frozenset([name for name, _, from_absence in rows if from_absence])

    def triaged(
        self,
        today: date,
        *,
        selection: Iterable[Item] | None = None,
        baseline: Baseline | None = None,
        more: Iterable[Raw] = (),
        infos: bool = True,
    ) -> Triaged:
        """Return what is wrong on a day, at the levels of the settings, without what is waived or in the baseline.

        Without `infos` these are only counted: their places are not looked up. With a `selection` only that, and whatever is superfluous about waivers is left for a check of everything.
        """
        from handbook.check.found import raws
        from handbook.waivers import LASTING, Waiver

        levels, from_absence = self._rules()

        def holds(rule: str, hit: Hit) -> bool:
            now = (hit.since is None or hit.since <= today) and (hit.until is None or today <= hit.until)
            return now and not self.settings.is_off(rule, levels[rule])

        def is_shown(rule: str, path: str) -> bool:
            return infos or path in waivers or self.settings.level(rule, levels[rule], path) > Severity.INFO

        if selection is None:
            faults, hits = self.index.faults(), self.index.hits(today.isoformat())
        else:
            items = list(selection)
            faults = iter([(item.path, item.kept) for item in items if item.is_fault])
            hits = iter([item.kept for item in items if not item.is_fault])
        waivers = {
            path: [Waiver.of_plain(each) for each in kept] for path, kept in self.index.waivers().items()
        }
        terms = Terms(
            settings=self.settings, levels=levels, today=today, waivers=waivers, baseline=baseline,
            complete=None if selection is None else (), files=self.index.live().keys() if baseline else None,
        )  # fmt: skip
        found = [*more, *raws(self.index, self.sources, self.settings, faults, hits, holds, is_shown)]
        if broken := {raw.path for raw in found if raw.rule in LASTING} & self.index.mute():
            from handbook.check.doubt import certain

            found = certain(found, from_absence, broken, self.sources)
        return triage(found, terms)
