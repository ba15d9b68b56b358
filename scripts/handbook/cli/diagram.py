"""`handbook diagram`: a process as a drawing, or as a model for other tools."""

from __future__ import annotations

import argparse

from handbook import check
from handbook.cli.output import write
from handbook.errors import CLEAN, UserError
from handbook.model.handbook import Handbook
from handbook.model.process import Process
from handbook.text.near import did_you_mean
from handbook.workspace import open_workspace

EXAMPLE = "handbook diagram go-no-go --format bpmn --out build/go-no-go.bpmn"

FORMATS = ("svg", "bpmn")


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "process", metavar="PROCESS", help="the id of the process: the name of its file without .yaml"
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="a drawing, or a model in BPMN 2.0 (default: by the ending of FILE, else svg)",
    )
    parser.add_argument(
        "--out", metavar="FILE", help="write to this file, and make its folder (default: print)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Draw a process and say on stderr where the drawing is."""
    workspace = open_workspace(arguments.root)
    handbook = check.load(workspace.sources(), workspace.settings).handbook
    process = _process(handbook, arguments.process)
    ending = (arguments.out or "").rpartition(".")[2].lower()
    format = arguments.format or (ending if ending in FORMATS else FORMATS[0])
    write(arguments.out, _drawn(handbook, process, format), f'the diagram of "{process.title}"')
    return CLEAN


def _process(handbook: Handbook, id: str) -> Process:
    process = handbook.find(Process, id)
    if process is None:
        ids = [process.id for process in handbook.all(Process)]
        if id in handbook.ids(Process.kind):
            raise UserError(f'the process "{id}" has errors', "`handbook check` lists them")
        raise UserError(
            f'there is no process "{id}"{did_you_mean(id, ids)}', "name the file without its folder and .yaml"
        )
    return process


def _drawn(handbook: Handbook, process: Process, format: str) -> str:
    from handbook.site.diagram import bpmn, lanes, swimlane

    if format == "bpmn":
        return bpmn.document(handbook, process)
    return lanes.file(swimlane.swimlane(handbook, process))
