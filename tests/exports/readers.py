"""Programs of others, from npm, that read what we export."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.publish.described import installed

PACKAGES = ("@linear/import@3.2.14", "ical.js@2.2.1")
#: the importer is a program that asks questions; its class for Linear's CSV is taken out of it
_LINEAR = """
const fs = require("fs"), file = process.argv[1], home = process.argv[2];
const cli = home + "/node_modules/@linear/import/dist/cli.cjs";
const code = fs.readFileSync(cli, "utf8").split("\\n(async () => {")[0];
const made = { exports: {} };
new Function("require", "module", code + "\\nmodule.exports = { LinearCsvImporter };")(
  require("module").createRequire(cli), made);
new made.exports.LinearCsvImporter(file).import().then(found => console.log(JSON.stringify(found)));
"""
_ICAL = """
import(process.argv[2] + "/node_modules/ical.js/dist/ical.js").then(({ default: ICAL }) => {
  const root = new ICAL.Component(ICAL.parse(require("fs").readFileSync(process.argv[1], "utf8")));
  root.getAllSubcomponents("vtimezone").forEach(one => ICAL.TimezoneService.register(one));
  const found = root.getAllSubcomponents("vevent").map(one => new ICAL.Event(one)).map(one => ({
    uid: one.uid, sequence: one.sequence, summary: one.summary, description: one.description,
    start: one.startDate.toString(), end: one.endDate.toString(), day: one.startDate.isDate,
    utc: one.startDate.isDate ? null : one.endDate.toJSDate().toISOString(),
  }));
  console.log(JSON.stringify(found));
});
"""


def linear(file: Path) -> Any:
    """Return what Linear's own importer would send."""
    return _run(_LINEAR, file)


def ical(file: Path) -> Any:
    """Return the events that ical.js, which Thunderbird uses, finds in a calendar."""
    return _run(_ICAL, file)


def _run(script: str, file: Path) -> Any:
    home = installed("exports", PACKAGES)
    if home is None:
        assert os.environ.get("CI") != "true", "CI has to have npm, or nobody else reads our exports"
        pytest.skip("npm is not installed")
    done = subprocess.run(
        ["node", "-e", script, str(file), str(home)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
