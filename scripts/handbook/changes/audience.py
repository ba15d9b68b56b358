"""Readers of changes: everybody, the holders of a role, or a team; and how much a change matters to them."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.changes.change import Change
from handbook.changes.level import Level
from handbook.errors import UserError
from handbook.model.catalog import Role, Team
from handbook.model.handbook import Handbook, Name

KINDS = ("role", "team")


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Readers by what they do: the `roles` that they hold, and the records that they own."""

    name: Name
    title: str
    roles: frozenset[str]
    owned: frozenset[Name] = frozenset()

    def level(self, change: Change) -> Level | None:
        """Return how much a change matters to these readers; None where it does not concern them."""
        row, levels = change.row, []
        if not self.roles.isdisjoint(change.doers):
            levels.append(row.doers)
        if (
            not self.roles.isdisjoint(change.relying)
            or change.subject in self.owned
            or change.subject == self.name
        ):
            levels.append(row.relying)
        return max(levels, default=None)


def audience(text: str, handbook: Handbook, earlier: Handbook | None = None) -> Audience:
    """Return the readers that `role:product-manager` or `team:quality` names, be it only in an `earlier` handbook.

    Raises:
        UserError: there is no such role or team; the message names one that is near.
    """
    from handbook.text.near import did_you_mean

    kind, colon, id = text.partition(":")
    if kind not in KINDS or not colon:
        raise UserError(
            f'"{text}" names no readers', "write role:product-manager or team:quality, for example"
        )
    name = handbook.resolve(Name(kind, id))
    record = handbook.records.get(name)
    if record is None and not handbook.knows(name) and earlier is not None and earlier.knows(name):
        return audience(text, earlier)
    if record is None and handbook.knows(name):
        raise UserError(f'the {kind} "{id}" cannot be read', "`handbook check` tells what is wrong with it")
    if record is None:
        near = did_you_mean(id, handbook.ids(kind))
        raise UserError(f'there is no {kind} "{id}"{near}', f"`handbook schema {kind}` tells where they are")
    if isinstance(record, Team):
        return _team(record, handbook)
    return Audience(name=name, title=record.title, roles=frozenset((record.id,)))


def _team(team: Team, handbook: Handbook) -> Audience:
    name = Name("team", team.id)

    def is_it(id: str | None) -> bool:
        return id is not None and handbook.resolve(Name("team", id)) == name

    roles = {role.id for role in handbook.all(Role) if is_it(role.team)}
    owned = {key for key, record in handbook.records.items() if is_it(record.owner)}
    return Audience(name=name, title=team.title, roles=frozenset(roles), owned=frozenset(owned))
