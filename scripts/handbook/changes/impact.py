"""All that changes lead to beyond themselves: figures, launches under way, onboarding paths, and who should look."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from handbook.changes import effects, reach
from handbook.changes.change import Change
from handbook.changes.effects import Effect
from handbook.changes.reach import Met, Reached, Reviewer
from handbook.changes.renames import renames
from handbook.changes.work import Work
from handbook.model.handbook import Handbook, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What follows from changes: computed on the whole handbook, before against after."""

    effects: tuple[Effect, ...] = ()
    launches: tuple[Reached, ...] = ()
    paths: tuple[Met, ...] = ()
    reviewers: tuple[Reviewer, ...] = ()

    def effects_on(self, subject: Name) -> tuple[Effect, ...]:
        """Return the figures of one record that differ."""
        return tuple(effect for effect in self.effects if effect.subject == subject)

    def launches_at(self, subject: Name, *, ahead: bool) -> tuple[str, ...]:
        """Return the titles of the launches that have not come to a changed record yet, or are past it."""
        mine = [one for one in self.launches if one.change.subject == subject]
        late = dict.fromkeys(one.title for one in mine if one.ahead)
        return tuple(late if ahead else dict.fromkeys(one.title for one in mine if one.title not in late))


def impact(
    before: Handbook,
    after: Handbook,
    changes: Sequence[Change],
    renamed: Mapping[Name, Name] | None = None,
    among: Collection[Name] | None = None,
    work: Work | None = None,
) -> Impact:
    """Return what follows from the changes between two handbooks.

    `renamed` are what `renames` returns, where somebody has asked it; with `among` all other records are known to be alike.
    `work` is where the work of processes is known.
    """
    if renamed is None:
        renamed = renames(before, after, among)
    return Impact(
        effects=effects.effects(before, after, renamed, among, work),
        launches=reach.launches(before, after, changes),
        paths=reach.paths(after, changes),
        reviewers=reach.reviewers(before, after, changes, renamed),
    )
