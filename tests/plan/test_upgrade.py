"""A running launch and a template that changed underneath, in a real repository and through the command line."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from handbook import cli
from handbook.text import yaml
from handbook.text.block import block
from tests.plan.made import TEMPLATE, task, template

BEFORE = template(
    tasks=[
        task("brief", -10, gate="scope"),
        task("notice", -8, needs=["brief"]),
        task("test", -3, needs=["notice"], responsible="qa-lead"),
        task("open", 0, needs=["test"]),
    ],
    gates=[{"id": "scope", "title": "Scope", "due": "-9d", "approver": "head-of-product", "criteria": ["It is written"]}],
    metrics=[{"metric": "adoption", "target": ">= 20%"}],
)  # fmt: skip
CATALOG = {
    "roles": {role: {"title": role, "summary": "A role.", "team": "product"} for role in ("analyst", "qa-lead", "head-of-product")},
    "teams": {"product": {"title": "Product", "summary": "A team."}},
    "calendars": {"company": {"title": "Company", "summary": "Days."}},
    "metrics": {"adoption": {"title": "Adoption", "summary": "Use.", "owner": "product", "formula": "users / all", "unit": "%", "direction": "up"}},
}  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a template and a launch that was made from it and committed."""
    monkeypatch.chdir(tmp_path)
    for name, entries in CATALOG.items():
        save(f"processes/catalog/{name}.yaml", entries)
    save(TEMPLATE.format("one"), BEFORE)
    git("init", "-q", "-b", "main")
    commit("Begin")
    assert cli.run(["launch", "new", "one", "it", "--on", "2027-03-16", "--today", "2027-01-05"]) == 0
    commit("Plan it")
    return tmp_path


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def commit(subject: str) -> None:
    git("add", ".")
    git("commit", "-q", "-m", subject)


def save(path: str, data: Mapping[str, Any]) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text("".join(block(dict(data))))


def plan() -> dict[str, Any]:
    data: Any = yaml.read_part(Path("processes/launches/plans/it.yaml").read_bytes(), 0)[0]
    return dict(data)


def tasks() -> dict[str, Any]:
    return {one["id"]: one for one in plan()["tasks"]}


def change_template(**fields: Any) -> None:
    save(TEMPLATE.format("one"), {**BEFORE, **fields})
    commit("Change the template")


def upgraded(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    capsys.readouterr()
    assert cli.run(["launch", "upgrade", "it", "--today", "2027-01-05", *more]) == 0
    return capsys.readouterr().out


NEW_TASKS = [
    task("brief", -12, gate="scope"),
    task("legal", -9, needs=["brief"], responsible="head-of-product"),
    task("test", -4, needs=["brief", "legal"], responsible="qa-lead"),
    task("open", 0, needs=["test"]),
]


def test_it_shows_before_it_writes(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change_template(tasks=NEW_TASKS)
    before = Path("processes/launches/plans/it.yaml").read_bytes()
    assert upgraded(capsys).splitlines() == [
        "To add:",
        '  task "Legal" (legal): is new, due on 2027-03-03',
        "To change:",
        '  task "Brief" (brief): its day: 2027-02-26 instead of 2027-03-02',
        '  task "Test" (test): its day: 2027-03-10 instead of 2027-03-11; what it waits for: brief, legal instead of notice',
        "To drop:",
        '  task "Notice" (notice): is no longer in the template',
        "",
        "To write it: handbook launch upgrade it --write",
    ]
    assert Path("processes/launches/plans/it.yaml").read_bytes() == before


def test_it_writes_what_it_showed_and_then_has_nothing_to_do(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change_template(tasks=NEW_TASKS)
    old = plan()["template_commit"]
    upgraded(capsys, "--write")
    assert list(tasks()) == ["brief", "test", "open", "legal"]
    assert (tasks()["legal"]["due_on"], tasks()["brief"]["due_on"], tasks()["test"]["needs"]) == (
        "2027-03-03", "2027-02-26", ["brief", "legal"],
    )  # fmt: skip
    assert plan()["template_commit"] != old
    assert upgraded(capsys) == "Nothing to do: the plan is what its template says\n"
    assert cli.run(["check", "--today", "2027-01-05"]) == 0


def test_the_word_of_people_stays(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("processes/launches/plans/it.yaml")
    text = path.read_text()
    text = text.replace("title: Test\n", "title: Test it twice\n").replace(
        "due_on: 2027-03-11", "due_on: 2027-03-09"
    )
    path.write_text(text)
    cli.run(["launch", "done", "it", "brief", "--evidence", "B", "--today", "2027-01-05"])
    commit("Keep the plan")
    change_template(tasks=[task("brief", -12, gate="scope"), task("test", -4, needs=["brief"], responsible="head-of-product"), task("open", 0, needs=["test"])])  # fmt: skip
    said = upgraded(capsys, "--write")
    assert "Brief" not in said
    assert "keeps its day, 2027-03-09; the template says 2027-03-10" in said
    one = tasks()["test"]
    assert (one["title"], one["due_on"], one["responsible"]) == (
        "Test it twice",
        "2027-03-09",
        "head-of-product",
    )
    assert "notice" not in tasks()


def test_what_people_took_out_does_not_come_back(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = plan()
    data["tasks"] = [one for one in data["tasks"] if one["id"] != "notice"]
    data["tasks"][1].pop("needs")
    save("processes/launches/plans/it.yaml", data)
    commit("Without notice")
    said = upgraded(capsys)
    assert 'task "Notice" (notice): is not in this launch any more: somebody took it out' in said
    assert "--write" not in said


def test_without_its_old_template_only_what_is_missing_is_added(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = plan()
    data.pop("template_commit")
    save("processes/launches/plans/it.yaml", data)
    change_template(tasks=NEW_TASKS)
    said = upgraded(capsys, "--write")
    assert said.startswith("What the template said when this launch was made is not known")
    assert list(tasks()) == ["brief", "notice", "test", "open", "legal"]
    assert tasks()["brief"]["due_on"] == "2027-03-02"


def test_a_commit_that_is_gone_is_told(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = plan()
    data["template_commit"] = "0123456789ab"
    save("processes/launches/plans/it.yaml", data)
    assert cli.run(["launch", "upgrade", "it", "--today", "2027-01-05"]) == 0
    assert "the template as it was at 0123456789ab cannot be read" in capsys.readouterr().err


def test_a_new_gate_and_a_new_metric_come_along(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gates = [*BEFORE["gates"], {"id": "go", "title": "Go", "due": "-2d", "approver": "head-of-product", "criteria": ["All is ready"]}]  # fmt: skip
    save("processes/catalog/metrics.yaml", {**CATALOG["metrics"], "nps": {"title": "NPS", "summary": "It.", "owner": "product", "formula": "x", "unit": "points", "direction": "up"}})  # fmt: skip
    change_template(gates=gates, metrics=[*BEFORE["metrics"], {"metric": "nps", "target": ">= 30 points"}])
    upgraded(capsys, "--write")
    assert [one["id"] for one in plan()["gates"]] == ["scope", "go"]
    assert [one["metric"] for one in plan()["metrics"]] == ["adoption", "nps"]


def test_a_task_whose_day_has_passed_is_not_added(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change_template(tasks=[*BEFORE["tasks"], task("early", -60)])
    said = upgraded(capsys)
    assert "Left out" in said
    assert "has passed" in said


def test_what_was_learned_goes_into_the_template(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = plan()
    data["tasks"].append({"id": "rehearse", "phase": "frame", "title": "Rehearse it", "responsible": "qa-lead", "start_on": "2027-03-08", "due_on": "2027-03-09", "needs": ["notice"], "status": "done", "done_on": "2027-03-09"})  # fmt: skip
    data["retrospective"] = {"on": "2027-03-20", "learnings": ["Ask legal first"]}
    save("processes/launches/plans/it.yaml", data)
    assert cli.run(["launch", "learn", "it", "--write"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        '- [x] The launch had a task of its own, and it was done: "Rehearse it", due -5d.',
        "- [ ] Ask legal first",
    ]
    data_now: Any = yaml.read_part(Path(TEMPLATE.format("one")).read_bytes(), 0)[0]
    assert data_now["tasks"][-1] == {
        "id": "rehearse", "phase": "frame", "title": "Rehearse it", "responsible": "qa-lead", "due": "-5d", "duration": "2d", "needs": ["notice"],
    }  # fmt: skip
    assert cli.run(["check", "--today", "2027-01-05"]) == 0
