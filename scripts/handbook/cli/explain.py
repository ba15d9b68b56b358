"""`handbook explain`: what a rule means, why it matters, and how to do it right."""

from __future__ import annotations

import argparse
import json
import sys

from handbook.errors import CLEAN, UserError
from handbook.rules.registry import GROUPS, Rule, rules
from handbook.text.near import did_you_mean

EXAMPLE = "handbook explain unknown-reference"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "rule", nargs="?", metavar="RULE", help="the rule to explain (default: list all of them)"
    )
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to write it (default: %(default)s)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Explain one rule, or list all."""
    known = rules()
    if arguments.rule is not None and arguments.rule not in known:
        raise UserError(
            f'there is no rule "{arguments.rule}"{did_you_mean(arguments.rule, known)}',
            "`handbook explain` lists them",
        )
    chosen = [known[arguments.rule]] if arguments.rule else list(known.values())
    if arguments.format == "json":
        sys.stdout.write(json.dumps([_row(rule) for rule in chosen], ensure_ascii=False, indent=2) + "\n")
    elif arguments.rule:
        sys.stdout.write(_explained(chosen[0]))
    else:
        sys.stdout.write(_listed(chosen))
    return CLEAN


def _explained(rule: Rule) -> str:
    return f"{rule.name} ({rule.severity.word}, {rule.group})\n\n{rule.doc.rstrip()}\n"


def _listed(chosen: list[Rule]) -> str:
    width = max(len(rule.name) for rule in chosen)
    blocks = []
    for group, title in GROUPS.items():
        rows = [
            f"  {rule.name:<{width}}  {rule.severity.word:<7}  {rule.summary}"
            for rule in chosen
            if rule.group == group
        ]
        blocks.append("\n".join((title, *rows)))
    return "\n\n".join(blocks) + "\n"


def _row(rule: Rule) -> dict[str, str]:
    return {
        "name": rule.name,
        "group": rule.group,
        "severity": rule.severity.word,
        "summary": rule.summary,
        "documentation": rule.doc,
    }
