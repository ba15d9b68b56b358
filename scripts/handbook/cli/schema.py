"""`handbook schema`: the keys of a kind of record, for people, or its JSON Schema, for programs."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap

from handbook.errors import CLEAN, UserError
from handbook.model.kinds import KINDS
from handbook.schema import files
from handbook.schema.tables import Table, tables
from handbook.text.near import did_you_mean

EXAMPLE = "handbook schema process"


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "kind", nargs="?", metavar="KIND", help="the kind of record (default: list the kinds)"
    )
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="a table, or the JSON Schema (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Show the keys of a kind, its JSON Schema, or the kinds."""
    if arguments.kind is None:
        width = max(map(len, KINDS))
        sys.stdout.write(
            "".join(f"{kind.name:<{width}}  {next(tables(kind)).description}\n" for kind in KINDS.values())
        )
        return CLEAN
    kind = KINDS.get(arguments.kind)
    if kind is None:
        raise UserError(
            f'there is no kind of record "{arguments.kind}"{did_you_mean(arguments.kind, KINDS)}',
            "`handbook schema` lists them",
        )
    if arguments.format == "json":
        sys.stdout.write(json.dumps(files.bundled(kind.schema), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(_shown(table) for table in tables(kind)))
    return CLEAN


def _shown(table: Table) -> str:
    lines = [f"{table.title}: {table.description}", ""]
    for key in table.keys:
        needed = ", required" if key.required else ""
        example = f" Example: {json.dumps(key.examples[0], ensure_ascii=False)}" if key.examples else ""
        lines.append(f"  {key.name} ({key.form}{needed})")
        lines.extend(
            textwrap.wrap(
                key.description + example,
                96,
                initial_indent="      ",
                subsequent_indent="      ",
                break_on_hyphens=False,
            )
        )
    return "\n".join(lines) + "\n"
