"""`handbook explain`: what a rule means, why it matters, and how to do it right."""

from __future__ import annotations

import argparse
import shutil
import sys
import textwrap
from collections.abc import Sequence

from handbook.errors import CLEAN, UserError
from handbook.report.documentation import MENDED, plain
from handbook.report.json import dumped
from handbook.report.signs import printable
from handbook.rules import company
from handbook.rules.registry import GROUPS, Rule, rules
from handbook.text.near import did_you_mean
from handbook.workspace import open_workspace

EXAMPLE = "handbook explain unknown-reference"

VERSION = 1  #: of the form for programs; its schema is schemas/output/explain.schema.json
WIDEST = 110  #: columns; longer lines are hard to read
_NARROW = 36  #: where there is less room beside a name, its sentence goes below it
_GROUPS = {**GROUPS, company.GROUP: company.GROUP_TITLE}
_FIXES = {"safe": "fix", "suggestion": "hint", "none": ""}
_LEGEND = (
    "fix: `handbook fix` mends it.  hint: the finding suggests an edit.  `handbook explain RULE` says more.\n"
)


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "rules", nargs="*", metavar="RULE", help="the rules to explain (default: list all of them)"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to write it (default: %(default)s)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Explain rules one after the other, or list all."""
    known = _all(arguments.root)
    chosen = [_known(name, known) for name in dict.fromkeys(arguments.rules)]
    width = min(shutil.get_terminal_size().columns, WIDEST)
    if arguments.format == "json":
        text = dumped(_form(chosen or list(known.values())))
    elif chosen:
        text = "\n\n".join(_explained(rule, width) for rule in chosen)
    else:
        text = _listed(list(known.values()), width)
    sys.stdout.write(text)
    return CLEAN


def _all(root: str | None) -> dict[str, Rule]:
    """Return every rule, those of the company last where a handbook is around. The others are explained anywhere."""
    try:
        settings = open_workspace(root).settings
    except UserError:
        if root is not None:
            raise
        return rules()
    return {**rules(), **company.rules(settings)}


def _known(name: str, known: dict[str, Rule]) -> Rule:
    if name not in known:
        raise UserError(
            f'there is no rule "{name}"{did_you_mean(name, known)}', "`handbook explain` lists them"
        )
    return known[name]


def _explained(rule: Rule, width: int) -> str:
    head = f"{rule.name} ({rule.severity.word}, {rule.group})"
    text = "\n\n".join(filter(None, (head, plain(rule.doc, width), MENDED[rule.fix])))
    return "\n".join(map(printable, text.split("\n"))) + "\n"


def _listed(known: Sequence[Rule], width: int) -> str:
    name_width = max(len(rule.name) for rule in known)
    blocks = []
    for group, title in _GROUPS.items():
        rows = [_row(rule, name_width, width) for rule in known if rule.group == group]
        if rows:
            blocks.append("\n".join((title, *rows)) + "\n")
    return "\n".join((*blocks, _LEGEND))


def _row(rule: Rule, name_width: int, width: int) -> str:
    head = f"  {rule.name:<{name_width}}  {rule.severity.word:<7}  {_FIXES[rule.fix]:<4}  "
    room = width - len(head)
    lines = textwrap.wrap(
        printable(rule.summary), room if room >= _NARROW else max(width - 6, 20), break_on_hyphens=False
    )
    if room < _NARROW:
        return "\n".join((head.rstrip(), *(f"      {line}" for line in lines)))
    return head + f"\n{' ' * len(head)}".join(lines)


def _form(chosen: Sequence[Rule]) -> dict[str, object]:
    groups = {name: title for name, title in _GROUPS.items() if any(rule.group == name for rule in chosen)}
    return {"version": VERSION, "groups": groups, "rules": [_entry(rule) for rule in chosen]}


def _entry(rule: Rule) -> dict[str, str]:
    return {
        "name": rule.name,
        "group": rule.group,
        "severity": rule.severity.word,
        "fix": rule.fix,
        "summary": rule.summary,
        "documentation": rule.doc,
    }
