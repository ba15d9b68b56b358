"""The form of company rules: what may stand in a table `[[company]]`, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handbook.finding import Pointer
from handbook.model.kinds import KINDS
from handbook.model.values import is_id
from handbook.rules import company
from handbook.rules.company_keys import lost
from handbook.rules.condition import GROUPS, OPERATORS, is_measure, is_number, pattern, steps
from handbook.text import glob
from handbook.text.near import did_you_mean, listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Complaint = tuple[Pointer, str, str]  #: where in the table, what is wrong, and the remedy

KEYS = {
    "name": "The name of the rule: a fact in words with hyphens, such as process-without-sla.",
    "kind": "The kind of record that it looks at, or a list of kinds.",
    "paths": "Patterns of the files that it looks at, where it is not all of that kind.",
    "each": "The entries of a record that it looks at one by one, such as steps[].",
    "where": "Which of them it is meant for: a condition, or a list of conditions that all hold.",
    "require": "What these must have: a condition, or a list of conditions that all hold.",
    "level": "How much it matters: info, warning or error. A warning where nothing is said.",
    "message": "What is wrong, in one sentence without a full stop. It may use {id}, {title}, {value} and {each.KEY}.",
    "help": "How to mend it.",
    "why": "Why it matters, for `handbook explain`. Markdown.",
}
_NEEDED = ("name", "kind", "require", "message")
_TEXTS = ("name", "each", "level", "message", "help", "why")
_LEVELS = ("error", "warning", "info")
_PLAIN = (str, int, float)
_DEEPEST = 5  #: conditions inside conditions
_LONGEST = 500  #: characters of a key or pattern


def complaints(table: Mapping[str, Any], taken: frozenset[str]) -> Iterator[Complaint]:
    """Yield what is wrong with a rule. `taken` are the names of other rules."""
    for key in table:
        if key not in KEYS:
            yield (
                (key,),
                f'"{key}" is not a key of a company rule{did_you_mean(key, KEYS)}',
                f"the keys are {listed(KEYS, 'and')}",
            )
        elif key in _TEXTS and not (isinstance(table[key], str) and table[key].strip()):
            yield (key,), f'"{key}" is not text', "put the value in double quotes"
    if missing := [key for key in _NEEDED if key not in table]:
        yield (), f"a company rule needs {listed(missing, 'and')}", " ".join(KEYS[key] for key in missing[:1])
        return
    yield from _about_name(table["name"], taken)
    kinds = _kinds(table["kind"])
    yield from _about_kinds(table["kind"])
    yield from _about_paths(table.get("paths", []))
    if table.get("level", "warning") not in _LEVELS:
        yield ("level",), f'"{table["level"]}" is not a level', f"a level is {listed(_LEVELS)}"
    yield from _about_message(table["message"], "each" in table)
    within = [kind for kind in kinds if kind in KINDS]
    each = table.get("each", "")
    if each and isinstance(each, str):
        yield from ((("each",), *said) for said in _about_key(each, within, ""))
    for part in ("where", "require"):
        if part in table:
            for at, message, help in _about_condition(table[part], within, each, 0):
                yield (part, *at), message, help


def _about_name(name: object, taken: frozenset[str]) -> Iterator[Complaint]:
    if not isinstance(name, str):
        return
    if not is_id(name):
        yield (
            ("name",),
            f'"{name}" cannot be the name of a rule',
            "use lower-case letters, digits and hyphens",
        )
    elif name in taken:
        yield (
            ("name",),
            f'there is a rule "{name}" already',
            "choose another name, or set its level in [rules]",
        )


def _kinds(kind: object) -> list[str]:
    return (
        [kind]
        if isinstance(kind, str)
        else [one for one in kind if isinstance(one, str)]
        if isinstance(kind, list)
        else []
    )


def _about_kinds(kind: object) -> Iterator[Complaint]:
    kinds = _kinds(kind)
    if not kinds or (isinstance(kind, list) and len(kinds) < len(kind)):
        yield ("kind",), '"kind" is not a kind of record', f"the kinds are {listed(KINDS, 'and')}"
    for one in kinds:
        if one not in KINDS:
            message = f'there is no kind of record "{one}"{did_you_mean(one, KINDS)}'
            yield ("kind",), message, f"the kinds are {listed(KINDS, 'and')}"


def _about_paths(paths: object) -> Iterator[Complaint]:
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        yield ("paths",), '"paths" is not a list of texts', 'write paths = ["processes/release"]'
        return
    for index, path in enumerate(paths):
        if said := glob.objection(path):
            yield (
                ("paths", index),
                said,
                "write a path such as processes/release, or a pattern such as *.yaml",
            )


def _about_message(message: object, each: bool) -> Iterator[Complaint]:
    if not isinstance(message, str):
        return
    for match in company.PLACEHOLDER.finditer(message):
        name, _, key = match[1].partition(".")
        if name not in ("each" if key else "id", "title", "value") or (key and not each):
            known = "{id}, {title} and {value}" + (", and {each.KEY} for a key of the entry" if each else "")
            yield ("message",), f'"{match[0]}" stands for nothing', f"a message may use {known}"


def _about_condition(table: object, kinds: Sequence[str], each: str, depth: int) -> Iterator[Complaint]:
    """Yield what is wrong with a condition, or with a list of them."""
    if isinstance(table, list) and table and depth < _DEEPEST:
        for index, part in enumerate(table):
            for at, message, help in _about_condition(part, kinds, each, depth + 1):
                yield (index, *at), message, help
    elif not isinstance(table, dict) or depth >= _DEEPEST:
        yield (
            (),
            "this is not a condition",
            'write {key = "owner", present = true}, or a list of such conditions',
        )
    elif groups := [word for word in GROUPS if word in table]:
        if len(table) > 1:
            yield (
                (),
                f'"{groups[0]}" stands alone in its condition',
                "put the others into the list of conditions",
            )
        inner = table[groups[0]]
        if groups[0] == "not" and isinstance(inner, list):
            yield (
                ("not",),
                '"not" is followed by one condition',
                'write {not = {any = [...]}} for "none of these"',
            )
        else:
            for at, message, help in _about_condition(inner, kinds, each, depth + 1):
                yield (groups[0], *at), message, help
    else:
        yield from _about_values(table, kinds, each)


def _about_values(table: Mapping[str, Any], kinds: Sequence[str], each: str) -> Iterator[Complaint]:
    for word in table:
        if word not in OPERATORS and word not in ("key", "some"):
            near = did_you_mean(word, [*OPERATORS, *GROUPS, "key", "some"])
            yield (
                (word,),
                f'"{word}" is not known in a condition{near}',
                f"it may be {listed([*OPERATORS, *GROUPS])}",
            )
            return
    keys = [word for word in ("key", "some") if word in table]
    operators = [word for word in table if word in OPERATORS]
    if len(keys) != 1 or len(operators) != 1 or not isinstance(table[keys[0]], str):
        help = 'write {key = "owner", present = true}'
        yield (), "a condition has one key and says one thing of it", help
        return
    yield from (((keys[0],), *said) for said in _about_key(table[keys[0]], kinds, each))
    if said := _about_operand(operators[0], table[operators[0]]):
        yield (operators[0],), *said


def _about_operand(operator: str, value: object) -> tuple[str, str] | None:
    if operator in ("present", "absent") and value is not True:
        other = "absent" if operator == "present" else "present"
        return (
            f'"{operator}" is followed by true',
            f"write {operator} = true, or {other} = true for the contrary",
        )
    if operator == "equals" and not isinstance(value, _PLAIN):
        return (
            '"equals" compares with a text, a number, true or false',
            "write days as text, in double quotes",
        )
    if operator == "in" and not (isinstance(value, list) and all(isinstance(one, _PLAIN) for one in value)):
        return '"in" is followed by a list', 'write in = ["one", "other"]; days are text, in double quotes'
    if operator in ("at_least", "at_most") and not is_measure(value):
        return (
            f'"{operator}" compares with a number, a day or a time',
            f'write {operator} = 3, or {operator} = "3d"',
        )
    if operator.startswith("length") and not (is_number(value) and isinstance(value, int)):
        return f'"{operator}" is followed by a whole number', f"write {operator} = 3"
    return _about_pattern(value) if operator == "matches" else None


def _about_pattern(value: object) -> tuple[str, str] | None:
    if not isinstance(value, str) or len(value) > _LONGEST:
        return '"matches" is followed by a pattern', 'write matches = "^OPS-[0-9]+$"'
    try:
        pattern(value)
    except ValueError:
        help = "it is a regular expression, without references back and without looking ahead or behind"
        return f'"{value}" is not a pattern', help
    return None


def _about_key(key: str, kinds: Sequence[str], each: str) -> Iterator[tuple[str, str]]:
    """Yield why a key leads nowhere in every one of the kinds; one that some of them have is good."""
    path = steps(key)
    if len(key) > _LONGEST or not all(path):
        yield f'"{key}" is not a key', "write a key such as owner, or the way to it such as steps[].tool"
        return
    said = [lost(steps(each) if each else (), path, kind) for kind in kinds]
    if said and all(said):
        yield (
            said[0],
            f"`handbook schema {kinds[0]}` lists the keys; begin with each entry of a list, such as steps[].tool",
        )
