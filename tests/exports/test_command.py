"""`handbook launch export` and `handbook launch import`, as somebody at a terminal sees them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import icalendar
import pytest

from handbook.check import load
from handbook.cli import run
from handbook.model.launch import Launch
from handbook.plan.exports import FORMATS
from handbook.plan.exports.cells import plain
from handbook.report.signs import in_order
from handbook.workspace import open_workspace
from tests.changes.repositories import Repository
from tests.exports.board import Board
from tests.exports.launches import BOOK, PLAN, TODAY
from tests.publish.server import TOKEN, served

DAY = ("--today", TODAY.isoformat())
YAML = """\
# Kept by Zoë; ask before you change a day.
title: Guest links
summary: Guests open a dashboard by a link.
status: active
owner: product
template: small
anchor: 2027-02-02  # a Tuesday
tasks:
  - id: brief
    title: Write the brief
    responsible: lead
    due_on: 2027-01-08
    status: done
    done_on: 2027-01-07
  - id: docs
    title: Write the docs
    responsible: writer
    due_on: 2027-01-15
    needs: [brief]  # and the price
    status: todo
gates:
  - {id: go, title: Go/no-go, due_on: 2027-02-01, approver: head, status: open}
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository(tmp_path / "handbook")
    made.commit("Begin", {**BOOK, PLAN: YAML})
    monkeypatch.chdir(made.root)
    for name in ("GITHUB_REPOSITORY", "GITHUB_TOKEN", "GH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return made


def sequences(calendar: str) -> dict[str, tuple[int, str, str]]:
    read: Any = icalendar.Calendar.from_ical(calendar)
    return {
        str(one["UID"]).removeprefix("launch.").partition("@")[0]: (
            int(one["SEQUENCE"]),
            one["DTSTAMP"].dt.date().isoformat(),
            str(one["STATUS"]),
        )
        for one in read.walk("VEVENT")
    }


def replaced(repository: Repository, old: str, new: str) -> None:
    path = repository.root / PLAN
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_calendar_counts_changes_as_git_knows_them(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    replaced(repository, "due_on: 2027-01-15", "due_on: 2027-01-18")
    repository.commit("Move the docs")
    repository.git("checkout", "-q", "-b", "topic")
    for day in (19, 20):
        replaced(repository, f"due_on: 2027-01-{day - 1}", f"due_on: 2027-01-{day}")
        repository.commit("Move them again")
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "Merge", "topic")
    replaced(repository, "anchor: 2027-02-02", "anchor: 2027-02-03")
    assert run(["launch", "export", "links", "--as", "ics"]) == 0
    printed = capsys.readouterr().out
    assert sequences(printed) == {
        "links": (1, "2026-10-09", "CONFIRMED"),
        "links.brief": (0, "2026-10-05", "CONFIRMED"),
        "links.docs": (2, "2026-10-09", "CONFIRMED"),
        "links.gate.go": (0, "2026-10-05", "CONFIRMED"),
    }
    assert run(["launch", "export", "links", "--as", "ics"]) == 0
    assert capsys.readouterr().out == printed


def test_a_task_that_was_taken_out_of_the_plan_is_cancelled(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    replaced(repository, YAML[YAML.index("  - id: docs") : YAML.index("gates:")], "")
    repository.commit("Drop the docs")
    assert run(["launch", "export", "--as", "ics"]) == 0
    assert sequences(capsys.readouterr().out)["links.docs"] == (1, "2026-10-06", "CANCELLED")


BROKEN = {
    "no YAML": "tasks: [\n",
    "a conflict": "<<<<<<< HEAD\ntasks: []\n=======\n",
    "an alias bomb": "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*{'a' if not n else f'b{n - 1}'}, *{'a' if not n else f'b{n - 1}'}]\n" for n in range(40)),
    "too deep": "[" * 50_000,
    "a tag": "!!python/object:os.system {}\n",
}  # fmt: skip


@pytest.mark.parametrize("text", BROKEN.values(), ids=list(BROKEN))
def test_a_broken_version_in_the_history_is_passed_over(
    repository: Repository, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    repository.commit("Break it", {PLAN: text})
    repository.commit("Mend it", {PLAN: YAML.replace("2027-01-15", "2027-01-18")})
    assert run(["launch", "export", "--as", "ics"]) == 0
    found = sequences(capsys.readouterr().out)
    assert (found["links.docs"], found["links.brief"]) == (
        (1, "2026-10-07", "CONFIRMED"),
        (0, "2026-10-05", "CONFIRMED"),
    )


def test_without_git_a_calendar_is_written_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, data in {**BOOK, PLAN: YAML}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    assert run(["launch", "export", "--as", "ics", "--root", str(tmp_path)]) == 0
    assert set(sequences(capsys.readouterr().out).values()) == {(0, "1970-01-01", "CONFIRMED")}


def test_a_shallow_clone_cannot_count(
    repository: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit("Again", {"docs/a.md": "# A\n"})
    subprocess.run(
        ["git", "clone", "-q", "--depth=1", f"file://{repository.folder}", str(tmp_path / "shallow")],
        check=True,
    )
    assert run(["launch", "export", "--as", "ics", "--root", str(tmp_path / "shallow")]) == 3
    assert "calendars need to know how often each day was changed" in capsys.readouterr().err


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_written_into_a_file(
    repository: Repository, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = f"build/launch{FORMATS[name].ending}"
    assert run(["launch", "export", "links", "--as", name, "--out", out, *DAY]) == 0
    assert Path(out).stat().st_size > 200
    beside = FORMATS[name].beside
    second = f" and build/launch{beside[0]}" if beside else ""
    assert capsys.readouterr() == ("", f"Written: Guest links is in {out}{second}\n")
    assert Path(out).read_bytes().startswith(b"\xef\xbb\xbf") == FORMATS[name].mark


def test_what_is_printed_and_what_is_written_say_the_same(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["launch", "export", "--as", "csv"]) == 0
    printed = capsys.readouterr().out
    assert run(["launch", "export", "--as", "csv", "--out", "a.csv"]) == 0
    assert Path("a.csv").read_bytes().decode("utf-8-sig") == printed


def test_links_lead_to_the_site_that_mkdocs_names_or_that_is_given(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("mkdocs.yml").write_text(
        'site_name: x\nsite_url: "https://books.example.com/hb"\n', encoding="utf-8"
    )
    run(["launch", "export", "--as", "ics"])
    assert "URL:https://books.example.com/hb/launches/links/" in capsys.readouterr().out
    run(["launch", "export", "--as", "ics", "--site", "https://other.example.com/"])
    assert "@other.example.com" in capsys.readouterr().out


WRONG: dict[str, tuple[list[str], str]] = {
    "no format": (["links", "--as", "pptxx"], 'there is no format "pptxx"; did you mean "pptx"?'),
    "no launch": (["link", "--as", "ics"], 'there is no launch "link"; did you mean "links"?'),
    "slides on a terminal": (["links", "--as", "pptx"], "pptx cannot be printed"),
    "no site": (["--as", "ics", "--site", "javascript:x"], '"javascript:x" is no address of a site'),
    "applied in another format": (["links", "--as", "jira", "--apply"], "--apply does not go with jira"),
    "applied nowhere": (["links", "--as", "github", "--apply"], "no repository is named"),
    "applied without a token": (
        ["links", "--as", "github", "--apply", "--repository", "a/b"],
        "there is no token",
    ),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=list(WRONG))
def test_wrong_use_is_said(
    repository: Repository, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert run(["launch", "export", *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, message in err) == ("", True), err


def test_a_format_for_one_launch_asks_for_its_name_where_there_are_several(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.write({PLAN.replace("links", "more"): YAML})
    assert run(["launch", "export", "--as", "slack"]) == 2
    assert 'name one of "links" and "more"' in capsys.readouterr().err
    assert run(["launch", "export", "--as", "ics"]) == 0


def test_issues_are_created_and_the_second_run_has_nothing_to_do(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    board = Board()
    with served(board):
        monkeypatch.setenv("GITHUB_API_URL", board.address)
        monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
        call = ["launch", "export", "links", "--as", "github", "--apply", "--repository", "example/handbook"]
        assert run(call) == 0
        said = capsys.readouterr().out.splitlines()
        assert run(call) == 0
    assert "#1 created: Launch: Guest links" in said
    assert "3 issues put below #1" in said
    assert capsys.readouterr().out == "Nothing to do: the issues say what the plan says\n"


@pytest.mark.parametrize(
    ("format", "module", "package"), [("pptx", "pptx", "python-pptx"), ("ics", "icalendar", "icalendar")]
)
def test_a_package_that_is_not_installed_is_named(
    repository: Repository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    format: str,
    module: str,
    package: str,
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert run(["launch", "export", "links", "--as", format, "--out", "x", *DAY]) == 3
    assert f"the package {package} is not installed" in capsys.readouterr().err
    assert not Path("x").exists()


def test_the_second_file_is_told_of_where_only_one_is_printed(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["launch", "export", "--as", "jira"]) == 0
    assert capsys.readouterr().err == "With --out, a second file is written: .config.json\n"


# --- import


def imported(text: str | bytes, *more: str, source: str = "csv") -> int:
    Path("in.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return run(["launch", "import", "in.csv", "--from", source, *DAY, *more])


def test_an_import_changes_the_lines_that_it_has_to(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported("Key,Status,Done\nlinks.docs,done,2027-01-09\n") == 0
    assert capsys.readouterr().out == f"links.docs: done on 2027-01-09\nWritten: {PLAN}\n"
    after = (repository.root / PLAN).read_text(encoding="utf-8")
    assert after == YAML.replace("    status: todo\n", "    status: done\n    done_on: 2027-01-09\n")
    assert imported("Key,Status,Done\nlinks.docs,done,2027-01-09\n") == 0
    assert capsys.readouterr().out == "Nothing to do: the plans say so already\n"


def test_a_dry_run_says_what_it_would_change(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported("Key,Status,Done\nlinks.docs,doing,\n", "--dry-run") == 0
    assert capsys.readouterr().out == "links.docs: doing\n"
    assert (repository.root / PLAN).read_text(encoding="utf-8") == YAML


def test_where_anything_is_wrong_nothing_is_written(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported("Key,Status,Done\nlinks.docs,done,\nlinks.dosc,done,\n") == 1
    assert capsys.readouterr().err.splitlines() == [
        'in.csv: row 3: "links.dosc" is no task or gate of a launch here; did you mean "links.docs"?',
        "handbook: nothing was written; correct the file and import it again",
    ]
    assert (repository.root / PLAN).read_text(encoding="utf-8") == YAML


def test_a_message_cannot_play_with_the_terminal(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(f"Key,Status,Done\nlinks.docs,\x1b[31m\u202e{'x' * 5000},\n") == 1
    err = capsys.readouterr().err
    assert err.isprintable() or err.replace("\n", "").isprintable()
    assert len(err) < 500


def test_what_has_to_be_looked_at_is_said(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported("Key,Status,Done\nlinks.gate.go,passed,2027-01-09\nlinks.brief,todo,\n") == 0
    out, err = capsys.readouterr()
    assert out == "Nothing to do: the plans say so already\n"
    assert 'gate "links.gate.go" is closed there' in err
    assert '"links.brief" is done in the plan and open there' in err


EVIL = [
    "x: y # z",
    "- a\nb: c",
    "'=HYPERLINK(1)",
    "*a &b !!x",
    '"',
    "\u2028\u202e",
    "yes",
    "2027-01-01",
    "{a: [}",
    "é" * 300,
]


@pytest.mark.parametrize("why", EVIL)
def test_a_reason_from_a_table_is_written_as_text(repository: Repository, why: str) -> None:
    row = io.StringIO()
    csv.writer(row).writerows([("Key", "Status", "Done", "Why"), ("links.docs", "blocked", "", why)])
    assert imported(row.getvalue()) in (0, 1)
    workspace = open_workspace(None)
    launch = load(workspace.sources(), workspace.settings).handbook.find(Launch, "links")
    assert launch is not None
    docs = launch.tasks[1]
    assert (docs.status, docs.why) in (("blocked", in_order(plain(why))), ("todo", None))
    assert len(launch.tasks) == 2


FOREIGN: dict[str, Any] = {
    "no task of ours": ("Summary,Status,Description\nx,Done,y\n", "jira", "has no task of a launch here"),
}


@pytest.mark.parametrize(("text", "source", "message"), FOREIGN.values(), ids=list(FOREIGN))
def test_a_file_of_something_else_is_said(
    repository: Repository, capsys: pytest.CaptureFixture[str], text: str, source: str, message: str
) -> None:
    assert imported(text, source=source) == 2
    assert message in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["launch", "import", "none.csv", "--from", "jira"]) == 2
    assert "none.csv cannot be read: no such file or directory" in capsys.readouterr().err


def test_a_table_goes_to_a_spreadsheet_and_back(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["launch", "export", "--as", "csv", "--out", "in.csv"]) == 0
    text = Path("in.csv").read_bytes().decode("utf-8-sig")
    capsys.readouterr()
    assert imported(text.replace(",todo,", ",doing,").encode("utf-16")) == 0
    assert capsys.readouterr().out.startswith("links.docs: doing\n")
