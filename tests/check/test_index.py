"""The index through what may befall it: a run that is killed, and pages in the place of what it knows of records."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.check.clones import Clone

CHECK = "processes/release/check.yaml"

#: writes more than fits into memory, so that half of it is in the file, and is then killed
KILLED = """
import os, signal, sys
from handbook.check.index import Index
from handbook.check.session import _engine

index = Index(sys.argv[1], _engine())
assert not index.fresh
index.ask("DELETE FROM mention")
index.ask("UPDATE file SET faults = NULL, content = 'none'")
for number in range(1000):
    index.put(f"more {number}", "x" * 4000)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_run_has_written_does_not_count(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    clone.change(CHECK, "owner: ops", "owner: opps")
    said = clone.check()
    assert said == [f"{CHECK}:4 unknown-reference"]
    index = clone.folder / ".cache/handbook/index.sqlite"
    size = index.stat().st_size
    done = subprocess.run([sys.executable, "-c", KILLED, str(index)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert index.stat().st_size > size + 1_000_000
    assert os.path.getsize(f"{index}-journal") > 0
    assert clone.check() == said
    assert [path.name for path in index.parent.glob("index.sqlite*")] == ["index.sqlite"]
    assert index.stat().st_size < size + 1_000_000


def test_a_link_leads_to_the_page_that_somebody_wrote_in_place_of_that_of_a_record(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    assert clone.check() == []
    clone.write(
        "docs/processes/ship.md",
        "---\ntitle: Ship\nsummary: By hand.\nowner: ops\n---\n\n# Ship\n\nSee [home](../index.md).\n",
    )
    assert clone.check("--no-cache") == ["docs/index.md:10 broken-anchor"]
    assert clone.check() == ["docs/index.md:10 broken-anchor"]
