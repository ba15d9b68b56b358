"""Onboarding: dates of a path, the journal of what was done, where hires stand, and what has to be read again."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from handbook import cli
from handbook.errors import UserError
from handbook.model.onboarding import OnboardingPath
from handbook.plan import journal
from handbook.plan.calendar import WorkingDays
from handbook.plan.cohort import cohorts
from handbook.plan.journal import HEAD, Entry
from handbook.plan.onboarding import Hire, onboarding
from handbook.text.block import block
from tests.plan.made import day, handbook

PATH = "processes/onboarding/{}.yaml"
START = day("2026-11-30")  # a Monday


def item(id: str, **fields: Any) -> dict[str, Any]:
    return {"id": id, "do": f"Do {id}", **fields}


def stage(id: str, starts: str, ends: str, *items: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": id,
        "title": id.capitalize(),
        "starts": starts,
        "ends": ends,
        "outcomes": ["It is so"],
        "items": list(items),
    }


def path(*stages: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "title": "Analyst", "summary": "A way in.", "status": "active", "owner": "product", "role": "analyst",
        "stages": list(stages), **fields,
    }  # fmt: skip


ANALYST = path(
    stage("before", "-5d", "-1d", item("order", actor="manager")),
    stage("day-1", "0d", "0d", item("sign-in", time="1h", needs=["order"])),
    stage(
        "week-1", "1d", "4d",
        item("a", time="2h"), item("b", time="2h"), item("c", time="2h"), item("d", time="2h", needs=["help"]),
        item("help", actor="buddy"), {"id": "ask", "check": "All is clear", "actor": "manager"},
    ),
)  # fmt: skip


def dates(
    record: dict[str, Any], days: WorkingDays | None = None, start: str = "2026-11-30"
) -> dict[str, str]:
    book = handbook({PATH.format("analyst"): record})
    found = book.find(OnboardingPath, "analyst")
    assert found is not None
    plan = onboarding(book, found, Hire(start=day(start), handle="kim"), days or WorkingDays())
    return {one.id: str(one.due_on) for one in plan.items}


def test_the_items_of_the_hire_are_spread_over_the_days_of_their_stage() -> None:
    assert dates(ANALYST) == {
        "order": "2026-11-27",
        "sign-in": "2026-11-30",
        "a": "2026-12-01",
        "b": "2026-12-02",
        "c": "2026-12-03",
        "d": "2026-12-04",
        "help": "2026-12-04",
        "ask": "2026-12-04",
    }


def test_days_off_are_left_out_and_a_start_on_one_waits_for_work() -> None:
    days = WorkingDays(holidays={day("2026-11-30"): "Holiday", day("2026-12-02"): "Holiday"})
    found = dates(ANALYST, days)
    assert (found["order"], found["sign-in"], found["a"], found["d"]) == (
        "2026-11-27", "2026-12-01", "2026-12-03", "2026-12-08",
    )  # fmt: skip
    assert dates(ANALYST, start="2026-11-28")["sign-in"] == "2026-11-30"


def test_what_others_wait_for_is_due_no_later() -> None:
    early = path(
        stage(
            "one",
            "0d",
            "4d",
            item("a", time="1h", needs=["z"]),
            item("b", time="3h"),
            item("z", actor="buddy"),
        )
    )
    assert dates(early)["z"] == dates(early)["a"] == "2026-12-01"


def test_a_stage_without_work_of_the_hire_has_days_all_the_same() -> None:
    assert dates(path(stage("one", "0d", "2d", item("x", actor="buddy")))) == {"x": "2026-12-02"}


# The journal


def row(
    what: str = "done", who: str = "kim", item: str = "a", version: str = "", on: str = "2026-12-01"
) -> Entry:
    return Entry(what, who, "analyst", START, item, day(on), version)


def test_a_journal_is_read_as_it_was_written() -> None:
    entries = [row(), row("read", item="go-no-go", version="3.2"), row(who="lee", on="2026-12-03")]
    assert sorted(journal.read(journal.write(entries), "x.csv"), key=lambda one: one.who) == sorted(
        entries, key=lambda one: one.who
    )


def test_a_fact_is_written_down_once_and_keeps_its_day() -> None:
    both = journal.joined([row()], [row(on="2026-12-09"), row(item="b")])
    assert [(one.item, str(one.on)) for one in both] == [("a", "2026-12-01"), ("b", "2026-12-01")]


BAD = {
    "another head": ("a,b\n", "x.csv:1 is not the head"),
    "a column too few": (",".join(HEAD) + "\ndone,kim\n", "x.csv:2 has 2 columns, not 7"),
    "another fact": (",".join(HEAD) + "\nseen,kim,p,2026-11-30,a,,2026-12-01\n", 'x.csv:2 says "seen"'),
    "a day that is none": (",".join(HEAD) + "\ndone,kim,p,2026-11-31,a,,2026-12-01\n", "x.csv:2 has a day that is none"),
    "nobody": (",".join(HEAD) + "\ndone,,p,2026-11-30,a,,2026-12-01\n", "x.csv:2 lacks who"),
    "an open quote": (",".join(HEAD) + '\n"done,kim\n', "x.csv:2 is not CSV"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=list(BAD))
def test_a_journal_that_cannot_be_read_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(UserError) as error:
        journal.read(text, "x.csv")
    assert error.value.message.startswith(message)


def test_a_spreadsheet_may_add_a_mark_and_an_empty_file_is_empty() -> None:
    assert journal.read("\ufeff" + journal.write([row()]), "x.csv") == [row()]
    assert journal.read("", "x.csv") == []


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("analyst-2026-11-30-kim.a", ("done", "kim", "analyst", "a")),
        ("product-manager-2026-11-30-kim-o.a", ("done", "kim-o", "product-manager", "a")),
        ("analyst-2026-11-30-kim.sign-off.go-no-go", ("read", "kim", "analyst", "go-no-go")),
        ("shared-dashboards.brief", None),
        ("analyst-2026-11-31-kim.a", None),
        ("analyst-2026-11-30-kim", None),
    ],
)
def test_the_key_of_an_item_says_whose_it_is(key: str, expected: tuple[str, ...] | None) -> None:
    found = journal.entry(key, START)
    assert (found and (found.what, found.who, found.path, found.item)) == expected


# Where hires stand


def test_where_hires_stand() -> None:
    book = handbook({PATH.format("analyst"): ANALYST})
    done = ["order", "sign-in", "a", "b", "c", "d", "help", "ask"]
    entries = [
        *(row(who="kim", item=one, on="2026-12-04") for one in done),
        row(who="lee", item="order", on="2026-11-27"),
        row(who="lee", item="sign-in", on="2026-11-30"),
        row(who="ash", item="order", on="2026-11-27"),
        row(who="ash", item="gone"),
        Entry("done", "x", "no-such-path", START, "a", START),
    ]
    found = cohorts(book, entries, day("2026-12-08"), lambda path: WorkingDays())
    assert [
        (one.who, one.stage, one.done, len(one.late), one.health, one.cohort) for one in found.places
    ] == [
        ("ash", "Day-1", 1, 7, "red", "2026-Q4"),
        ("kim", "", 8, 0, "green", "2026-Q4"),
        ("lee", "Week-1", 2, 6, "amber", "2026-Q4"),
    ]
    assert [(one.stage, one.median_days, one.hires) for one in found.paces] == [
        ("Before", 5, 1),
        ("Day-1", 3.0, 2),
        ("Week-1", 5, 1),
    ]
    assert [(one.who, one.item) for one in found.unknown] == [("ash", "gone"), ("x", "a")]


# What has to be read again, in a real repository


CATALOG = {
    "roles": {role: {"title": role, "summary": "A role.", "team": "product"} for role in ("analyst", "qa-lead", "head-of-product")},
    "teams": {"product": {"title": "Product", "summary": "A team."}},
}  # fmt: skip
STEPS = [
    {"id": "collect", "title": "Collect", "responsible": "analyst", "duration": "1d"},
    {"id": "decide", "title": "Decide", "responsible": "head-of-product", "duration": "1d"},
]


def save(where: str, data: dict[str, Any]) -> None:
    Path(where).parent.mkdir(parents=True, exist_ok=True)
    Path(where).write_text("".join(block(data)))


def commit(subject: str) -> None:
    subprocess.run(["git", "add", "."], check=True, capture_output=True)
    subprocess.run(["git", "commit", "-q", "-m", subject], check=True, capture_output=True)


def process(**fields: Any) -> None:
    save("processes/release/go.yaml", {
        "title": "Go", "summary": "Decide.", "status": "active", "owner": "product", "purpose": "To decide.",
        "trigger": {"event": "It is ready"}, "outcome": "A decision", "accountable": "head-of-product", "steps": STEPS, **fields,
    })  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository in which an analyst and a QA lead have confirmed a process."""
    monkeypatch.chdir(tmp_path)
    for name, entries in CATALOG.items():
        save(f"processes/catalog/{name}.yaml", entries)
    process()
    save(PATH.format("analyst"), {**ANALYST, "acknowledge": ["go"]})
    save(PATH.format("qa-lead"), {**ANALYST, "title": "QA", "role": "qa-lead", "acknowledge": ["go"]})
    subprocess.run(["git", "init", "-q", "-b", "main"], check=True)
    commit("Begin")
    for who in ("analyst", "qa-lead"):
        line = [
            "progress",
            "done",
            f"{who}-2026-11-30-kim",
            "go",
            "--journal",
            "j.csv",
            "--today",
            "2026-12-04",
        ]
        assert cli.run(line) == 0
    return tmp_path


def board(capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert cli.run(["progress", "board", "--journal", "j.csv", "--today", "2026-12-04"]) == 0
    out = capsys.readouterr().out
    return out.partition("To be read again:\n")[2].splitlines()


def test_wording_opens_nobody_s_sign_off(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ",go,1.0,2026-12-04" in Path("j.csv").read_text()
    process(summary="Decide, with evidence.", purpose="To decide on evidence.")
    commit("Say it better")
    assert board(capsys) == []


def test_a_step_opens_the_sign_offs_of_the_roles_concerned(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    process(
        steps=[
            STEPS[0],
            {"id": "test", "title": "Confirm quality", "responsible": "qa-lead", "duration": "1d"},
            STEPS[1],
        ]
    )
    commit("Ask QA")
    said = board(capsys)
    assert said[0] == "  kim (qa-lead): Go, read in version 1.0, now 2.0"
    assert [line for line in said if line.startswith("  kim")] == said[:1]
    assert "Confirm quality" in said[1]


def test_who_reads_it_again_is_not_asked_again(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    process(
        steps=[
            STEPS[0],
            {"id": "test", "title": "Confirm quality", "responsible": "qa-lead", "duration": "1d"},
            STEPS[1],
        ]
    )
    commit("Ask QA")
    cli.run(
        ["progress", "done", "qa-lead-2026-11-30-kim", "go", "--journal", "j.csv", "--today", "2026-12-05"]
    )
    assert board(capsys) == []
