"""A check from beginning to end: what changed is read, what that concerns is judged, and all that is wrong is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from handbook.check import duties
from handbook.check.index import Index
from handbook.check.store import MEMORY
from handbook.check.sync import Change, Tell, concerned, content, learned, terms_path, turn
from handbook.finding import Finding, Hit, Severity
from handbook.settings import Settings
from handbook.sources import Disk, Sources, belongs
from handbook.text import json
from handbook.triage import Raw, Terms, Triaged, triage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from handbook.baseline import Baseline
    from handbook.check.looks import Seen
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
        known = index.get("duties")
        found = duties.recall(known)
        if found != known:
            index.put("duties", found)

    def everything(self) -> None:
        """Bring the index in step with every file, and judge what that concerns."""
        self._forget_pages_of_old_words()
        fresh = self.index.fresh
        change = self._in_step()
        if change or fresh or self.index.get("whole is old"):
            self.judge(None if fresh or len(change.after) > _MOST else concerned(self.index, change))
        if change and not fresh:
            self.index.forget_old_versions()

    def _in_step(self) -> Change:
        """Read what looks different on disk, and return what has changed. In a fresh index that is nothing."""
        index, fresh = self.index, self.index.fresh
        found = self._seen()
        before = {} if fresh else {path: index.content(path) for path in (*found.suspects, *found.gone)}
        changed = {path: now for path, now in self._contents(found.suspects) if now != before.get(path)}
        versions = learned(index, changed, self.sources, self.settings, self.tell)
        change = turn(index, {} if fresh else {**versions, **dict.fromkeys(found.gone)})
        index.filled()
        index.remember(found.folders)
        if change:
            self._astray(change, before)
        return change

    def _seen(self) -> Seen:
        """Return which files have to be read: on disk those that look different, and elsewhere all."""
        from handbook.check.looks import Seen, seen

        if isinstance(self.sources, Disk):
            return seen(self.index, self.sources)
        paths = self.paths()
        return Seen(paths, sorted(self.index.live().keys() - set(paths)), {})

    def _contents(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield the content of each file. In a fresh index everything has to be read anyway, and it is known then."""
        for path in paths:
            yield path, "" if self.index.fresh else content(path, self.sources)

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

    def _astray(self, change: Change, before: Mapping[str, str | None]) -> None:
        """Remember which files are not as the commit has them with which the index was in step."""
        if self.index.get("base") is not None:
            known = json.loads(self.index.get("astray") or "{}")
            self.index.put("astray", json.dumps({path: before[path] for path in change.after} | known))

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
