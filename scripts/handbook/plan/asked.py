"""What somebody asks for when a launch begins, and the records that the names in it stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from handbook.errors import UserError
from handbook.frozen import Frozen
from handbook.model.catalog import Calendar, Role
from handbook.model.handbook import Handbook, Name
from handbook.model.kinds import KINDS
from handbook.model.launch import LaunchTemplate
from handbook.model.record import Record
from handbook.text.near import did_you_mean, listed
from handbook.text.words import some

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    R = TypeVar("R", bound=Record)


class Request(Frozen):
    """What somebody asks for: `on` is a day, or a month as its first day with `month` set.

    `variables` and `people` are as they are typed: `name=value`.
    """

    id: str
    template: str
    on: date
    month: bool = False
    title: str | None = None
    summary: str | None = None
    owner: str | None = None
    calendar: str | None = None
    overlays: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    late: bool = False


def record(handbook: Handbook, entity: type[R], id: str) -> R:
    """Return the record that a name or alias stands for.

    Raises:
        UserError: there is none, or it has errors.
    """
    found = handbook.find(entity, id)
    if found is not None:
        return found
    kind = KINDS[entity.kind]
    name = Name(entity.kind, id)
    if name in handbook.places:
        path = handbook.places[name].path
        raise UserError(f'the {kind.title.lower()} "{id}" has errors', f"`handbook check {path}` lists them")
    known = sorted(one.id for one in handbook.of_kind(entity.kind))
    hint = f"there are {listed(known, 'and')}" if known else f"`handbook new {entity.kind} {id}` writes one"
    raise UserError(f'there is no {kind.title.lower()} "{id}"{did_you_mean(id, known)}', hint)


def templates(handbook: Handbook, base: str, overlays: Iterable[str]) -> tuple[LaunchTemplate, ...]:
    """Return the template that a launch starts from, and what is laid over it.

    Raises:
        UserError: there is no such template, it is retired, or one cannot be laid over the other.
    """
    first = record(handbook, LaunchTemplate, base)
    over = []
    for id in overlays:
        over.append(record(handbook, LaunchTemplate, id))
        if over[-1].id not in first.overlays:
            can = f"{listed(first.overlays, 'and')} can" if first.overlays else "nothing can"
            message = f'"{id}" cannot be laid over "{first.id}"{did_you_mean(id, first.overlays)}'
            raise UserError(message, f"{can} be laid over it")
    for one in (first, *over):
        if one.status == "retired":
            instead = f'use "{one.replaced_by}"' if one.replaced_by else "choose another one"
            raise UserError(f'the template "{one.id}" is retired', instead)
    return (first, *over)


def calendar(handbook: Handbook, given: str | None) -> str | None:
    """Return the calendar that a launch counts in: the one that is named, or the only one there is.

    Raises:
        UserError: there is no such calendar, or there are several and none is named.
    """
    known = sorted(one.id for one in handbook.all(Calendar))
    if given is not None:
        found = handbook.find(Calendar, given)
        if found is None:
            raise UserError(
                f'there is no calendar "{given}"{did_you_mean(given, known)}',
                f"the calendars are {listed(known, 'and')}",
            )
        return found.id
    roots = [one.id for one in handbook.all(Calendar) if one.extends is None]
    if len(roots) > 1:
        raise UserError(
            "there are several calendars",
            f"name one, such as --calendar {roots[0]}; they are {listed(roots, 'and')}",
        )
    return roots[0] if roots else None


def people(handbook: Handbook, given: Iterable[str], wanted: Sequence[str]) -> dict[str, str]:
    """Return who wears which hat: who is named, else the only holder of a role."""
    said: dict[str, str] = {}
    for entry in given:
        role, sign, person = (part.strip() for part in entry.partition("="))
        if not sign or not person:
            raise UserError(
                f'"{entry}" names nobody', 'write a role and a person: --people product-manager="Amara O."'
            )
        if role not in wanted:
            raise UserError(
                f'"{role}" has nothing to do in this plan{did_you_mean(role, wanted)}',
                f"its roles are {some(wanted, 12)}",
            )
        said[role] = person
    for role in wanted:
        found = handbook.find(Role, role)
        if role not in said and found and len(found.holders) == 1:
            said[role] = found.holders[0]
    return {role: said[role] for role in wanted if role in said}
