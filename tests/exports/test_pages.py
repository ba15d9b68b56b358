"""What the pages about exports and imports show is what happens."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.cli import run
from handbook.plan.exports import FORMATS
from handbook.plan.imports import SOURCES
from tests.exports.board import Board
from tests.exports.launches import ROOT, real
from tests.publish.server import TOKEN, served

OUT = (ROOT / "docs/how-to/show-a-launch-elsewhere.md").read_text(encoding="utf-8")
BACK = (ROOT / "docs/how-to/bring-the-status-of-a-launch-back.md").read_text(encoding="utf-8")
FENCE = re.compile(r"```sh\n(.*?)```", re.DOTALL)
LINES = [line for page in (OUT, BACK) for block in FENCE.findall(page) for line in block.splitlines()]
JIRA = 'Status,Resolved,Description\nDone,2026-11-20,"x\n\nHandbook key: shared-dashboards.legal-review"\n'


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository's handbook with a history."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("processes", "docs"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "handbook.toml", folder)
    (folder / "build").mkdir()
    (folder / "build/jira-export.csv").write_text(JIRA, encoding="utf-8")
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.com")
    for call in (["init", "-q", "-b", "main"], ["add", "."], [*identity, "commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *call], cwd=folder, check=True)
    return folder


@pytest.fixture
def board(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Board]:
    class Product(Board):
        def answer(self, method: str, path: str, data: object) -> tuple[int, object]:
            return super().answer(
                method, path.replace("/repos/example/product/", "/repos/example/handbook/"), data
            )

    board = Product()
    monkeypatch.chdir(copy)
    with served(board):
        monkeypatch.setenv("GITHUB_API_URL", board.address)
        monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
        yield board


@pytest.mark.parametrize("line", LINES)
def test_each_command_of_the_pages_runs(board: Board, line: str) -> None:
    words = shlex.split(line)
    assert words[0] == "handbook"
    assert run([*words[1:], "--today", "2026-11-23"]) == 0
    if "--out" in words:
        assert Path(words[words.index("--out") + 1]).stat().st_size > 100
    plan = real()[1]
    assert len(board.issues) == (len(plan.items) + 1 if "--apply" in words else 0)


def test_the_import_of_the_page_changed_the_plan(board: Board) -> None:
    plan = Path("processes/launches/plans/shared-dashboards.yaml").read_text(encoding="utf-8")
    assert run(["launch", "import", "build/jira-export.csv", "--from", "jira", "--today", "2026-11-23"]) == 0
    after = Path("processes/launches/plans/shared-dashboards.yaml").read_text(encoding="utf-8")
    place = after.index("  - id: legal-review\n")
    assert "status: done\n" in after[place : after.index("  - id: messaging\n")]
    assert len(after.splitlines()) - len(plan.splitlines()) in (0, 1)


def test_mistakes_are_shown_as_the_page_shows_them(board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    table = "Key,Status,Done\nshared-dashboards.brief,done,\nshared-dashboards.tier,dome,\nshared-dashboards.beta-life,done,\n"
    Path("build/spreadsheet.csv").write_text(table, encoding="utf-8")
    assert run(["launch", "import", "build/spreadsheet.csv", "--from", "csv", "--today", "2026-11-23"]) == 1
    (shown,) = re.findall(r"```text\n(.*?)```", BACK, re.DOTALL)
    assert capsys.readouterr().err == shown


def test_the_tables_of_formats_and_tools_are_complete() -> None:
    table = dict(
        re.findall(r"^\| `([a-z][a-z-]*)` \| (.*?) \|", OUT[OUT.index("## All formats") :], re.MULTILINE)
    )
    assert {name: said.replace("`", "") for name, said in table.items()} == {
        name: format.sentence for name, format in FORMATS.items()
    }
    holds = dict(re.findall(r"^\| `([a-z-]+)` \| .* \| (one|several) \|$", OUT, re.MULTILINE))
    assert holds == {name: "several" if one.several else "one" for name, one in FORMATS.items()}
    assert set(re.findall(r"^\| [^|]+ \| `([a-z]+)` \|", BACK, re.MULTILINE)) == set(SOURCES)
