"""How a company rule is explained: in the form of the built-in ones, from its own table."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.model.kinds import KINDS
from handbook.rules.company import PLACEHOLDER
from handbook.rules.condition import OPERATORS
from handbook.text.near import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def document(table: Mapping[str, Any]) -> str:
    """Return the documentation of a good rule, as Markdown like that of the built-in ones."""
    title = PLACEHOLDER.sub(lambda match: "…", table["message"])
    parts = [f"{title[:1].upper()}{title[1:]}.", table.get("why", ""), _meaning(table)]
    if "help" in table:
        parts.append(f"To mend it: {table['help']}.")
    return "\n\n".join(part.strip() for part in parts if part)


def _meaning(table: Mapping[str, Any]) -> str:
    kinds = listed(
        (
            KINDS[kind].title.lower()
            for kind in ([table["kind"]] if isinstance(table["kind"], str) else table["kind"])
        ),
        "and",
    ).replace('"', "")
    looks = f"each {kinds}" if "each" not in table else f"each entry of `{table['each']}` of each {kinds}"
    where = f" where {_said(table['where'])}" if "where" in table else ""
    paths = f" in {listed(table['paths'], 'and')}" if table.get("paths") else ""
    return f"This is a rule of this company, from `handbook.toml`. It looks at {looks}{paths}{where}, and requires that {_said(table['require'])}."


def _said(condition: Mapping[str, Any] | list[Any]) -> str:
    """Return a condition as part of a sentence."""
    if isinstance(condition, list):
        return " and ".join(map(_said, condition))
    for word, joined in (("all", " and "), ("any", " or ")):
        if word in condition:
            inner = condition[word]
            return joined.join(map(_said, inner if isinstance(inner, list) else [inner]))
    if "not" in condition:
        return f"it is not so that {_said(condition['not'])}"
    key = f"`{condition['key']}`" if "key" in condition else f"some `{condition['some']}`"
    operator = next(word for word in condition if word in OPERATORS)
    value = condition[operator]
    quoted = (
        listed(map(str, value))
        if isinstance(value, list)
        else f'"{value}"'
        if isinstance(value, str)
        else str(value).lower()
    )
    return f"{key} {_WORDS[operator].format(quoted)}"


_WORDS = {
    "equals": "is {}",
    "in": "is one of {}",
    "matches": "matches {}",
    "present": "is present",
    "absent": "is absent",
    "at_least": "is at least {}",
    "at_most": "is at most {}",
    "length_at_least": "has a length of at least {}",
    "length_at_most": "has a length of at most {}",
}
