"""Issues at GitHub: payloads by GitHub's own description, and one set of issues however often they are applied."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from handbook.plan.exports.github import END, Issue, issues, milestone
from handbook.plan.sheet import LaunchSheet
from handbook.publish.api import Api, Refused
from handbook.publish.issues import Done, apply, merged
from tests.exports.board import Board
from tests.exports.launches import context, real, small, text
from tests.publish import described
from tests.publish.server import TOKEN, served


@pytest.fixture
def board() -> Iterator[Board]:
    board = Board()
    with served(board):
        yield board


def api(board: Board) -> Api:
    return Api(address=board.address, repository="example/handbook", token=TOKEN, wait=lambda seconds: None)


def applied(board: Board, sheet: LaunchSheet) -> Done:
    return apply(api(board), issues(sheet, context(sheet)), milestone(sheet))


def test_the_payloads_name_parents_and_blockers_by_key() -> None:
    sheet = small()
    made = json.loads(text("github", sheet))
    assert made.keys() == {"version", "launch", "labels", "milestone", "issues"}
    found = {one["key"]: one for one in made["issues"]}
    assert found.keys() == {"links", *(item.key for item in sheet.items)}
    assert {one["parent"] for key, one in found.items() if key != "links"} == {"links"}
    assert {key: one["blocked_by"] for key, one in found.items() if one["blocked_by"]} == {
        item.key: list(item.needs) for item in sheet.items if item.needs
    }
    assert (found["links.brief"]["state"], found["links.brief"]["state_reason"]) == ("closed", "completed")
    assert (found["links.page"]["state"], found["links.page"]["state_reason"]) == ("closed", "not_planned")
    assert found["links.gate.go"]["payload"]["assignees"] == ["tomas-r"]
    assert made["milestone"]["due_on"] == "2027-02-02T12:00:00Z"


def test_a_body_calls_nobody_and_no_issue() -> None:
    body = next(one.body for one in issues(small(), context(small())) if one.key == "links.brief")
    assert "@\u2060sales" in body
    assert "#\u206012" in body
    assert body.startswith("<!-- handbook: links.brief -->\n")
    assert body.endswith(f"\n{END}")


def test_issues_are_created_once(board: Board) -> None:
    sheet = small()
    first = applied(board, sheet)
    assert len(board.issues) == len(sheet.items) + 1
    assert first.numbers == {key: one["number"] for key, one in board.by_key().items()}
    board.calls.clear()
    assert applied(board, sheet).said == []
    assert {call.partition(" ")[0] for call in board.calls} == {"GET"}


def test_issues_are_below_the_launch_blocked_by_what_they_wait_for_and_closed_where_done(
    board: Board,
) -> None:
    sheet = small()
    applied(board, sheet)
    found = board.by_key()
    ids = {one["id"]: key for key, one in found.items()}
    assert {ids[id] for id in board.children[found["links"]["number"]]} == {item.key for item in sheet.items}
    pairs = {(key, ids[id]) for key, one in found.items() for id in board.blockers.get(one["number"], [])}
    assert pairs == {(item.key, need) for item in sheet.items for need in item.needs}
    assert {key for key, one in found.items() if one["state"] == "closed"} == {
        "links.brief",
        "links.page",
        "links.gate.scope",
    }
    assert found["links.page"]["state_reason"] == "not_planned"
    assert {one["milestone"]["title"] for one in board.issues} == {"Guest links"}


@pytest.mark.parametrize("after", range(0, 60, 7))
def test_an_interrupted_run_goes_on_where_it_stopped(board: Board, after: int) -> None:
    sheet = small()
    calls = [0]

    class Breaking(Api):
        def send(self, method: str, path: str, data: Any) -> Any:
            calls[0] += 1
            if calls[0] == after:
                raise Refused("broken", "", 500)
            return Api.send(self, method, path, data)

    made = api(board)
    broken = Breaking(address=made.address, repository=made.repository, token=made.token, wait=made.wait)
    with suppress(Refused):
        apply(broken, issues(sheet, context(sheet)), milestone(sheet))
    applied(board, sheet)
    assert len(board.issues) == len(board.by_key()) == len(sheet.items) + 1
    board.calls.clear()
    assert applied(board, sheet).said == []


def test_what_people_wrote_ticked_closed_and_labelled_stays(board: Board) -> None:
    sheet = small()
    applied(board, sheet)
    found = board.by_key()
    brief, docs = found["links.brief"], found["links.docs"]
    brief["body"] = (
        f"{brief['body'].replace('- [ ] Name one', '- [x] Name one')}\n\nWe met on Monday.".replace(
            "\n", "\r\n"
        )
    )
    docs["state"] = "closed"
    docs["labels"].append({"name": "ours"})
    said = applied(board, small(lambda plan: plan["tasks"][0].update(evidence="Brief 2.0"))).said
    assert said == [
        "#2 brought up to date: body",
        f"#{docs['number']} is closed there and open in the plan: import it",
    ]
    assert "- [x] Name one audience" in brief["body"]
    assert "- [ ] Name what is out of scope" in brief["body"]
    assert "Evidence: Brief 2.0" in brief["body"]
    assert brief["body"].endswith(f"{END}\n\nWe met on Monday.")
    assert {label["name"] for label in docs["labels"]} == {"launch-plan", "ours"}


def test_a_plan_that_moved_moves_the_milestone_and_the_texts(board: Board) -> None:
    applied(board, small())

    def move(plan: dict[str, Any]) -> None:
        plan["anchor"] = "2027-02-09"
        plan["tasks"][2].update(status="todo")
        plan["tasks"][2].pop("why")

    said = applied(board, small(move)).said
    assert said[0] == "Milestone Guest links moved to 2027-02-09"
    assert board.milestones[0]["due_on"] == "2027-02-09T12:00:00Z"
    price = board.by_key()["links.price"]
    assert [label["name"] for label in price["labels"]] == ["launch-plan"]


def test_an_issue_is_found_by_its_milestone_where_its_label_is_gone(board: Board) -> None:
    applied(board, small())
    board.by_key()["links.docs"]["labels"].clear()
    applied(board, small())
    assert len(board.issues) == len(small().items) + 1


def test_of_two_issues_for_one_task_the_older_counts(board: Board) -> None:
    applied(board, small())
    docs = board.by_key()["links.docs"]
    board.issues.append({**docs, "number": len(board.issues) + 1, "id": 1, "state": "open"})
    assert applied(board, small()).said == [
        f"#{len(board.issues)} is the same as #{docs['number']}: close it"
    ]


def test_somebody_unknown_is_not_assigned_and_somebody_known_is(board: Board) -> None:
    board.people = ("tomas-r",)
    applied(board, small())
    assert board.by_key()["links.gate.go"]["assignees"] == ["tomas-r"]
    other = Board()
    with served(other):
        applied(other, small())
    assert other.by_key()["links.gate.go"]["assignees"] == []


def test_labels_that_are_there_in_another_case_are_taken(board: Board) -> None:
    board.labels.append({"name": "Launch-Plan", "color": "000000", "description": ""})
    applied(board, small())
    assert [one["name"] for one in board.labels] == ["Launch-Plan", "launch-gate", "launch-blocked"]


def test_more_than_a_hundred_tasks_are_created_and_the_rest_is_said_to_be_beside(board: Board) -> None:
    def many(plan: dict[str, Any]) -> None:
        plan["tasks"] = [
            {**plan["tasks"][2], "id": f"t-{n}", "needs": ["t-0"] if n else []} for n in range(110)
        ]
        plan["tasks"][0].pop("needs")
        plan["gates"] = plan["gates"][:1]

    done = applied(board, small(many))
    assert len(board.issues) == 112
    assert "11 issues are not below #1: GitHub takes 100" in done.said
    assert len(board.children[1]) == 100


MERGES = {
    "empty": ("", "new"),
    "theirs": ("text without marks", "text without marks"),
    "mark taken away": ("<!-- handbook: a.b -->\nold", "<!-- handbook: a.b -->\nold"),
    "before and after": (
        f"<!-- handbook: a.b -->\nold\n{END}\nmine",
        f"<!-- handbook: a.b -->\nnew\n{END}\nmine",
    ),
}


@pytest.mark.parametrize(("before", "after"), MERGES.values(), ids=list(MERGES))
def test_only_our_part_of_a_text_is_replaced(before: str, after: str) -> None:
    ours = "new" if not before else f"<!-- handbook: a.b -->\nnew\n{END}"
    assert merged(before, ours) == after


# --- by GitHub's own description


@pytest.fixture(scope="module")
def home() -> Path:
    home = described.installed()
    if home is None:
        assert os.environ.get("CI") != "true", (
            "CI has to have npm, or nothing proves that GitHub takes our calls"
        )
        pytest.skip("npm is not installed")
    return home


description = cache(described.description)


def schema(home: Path, path: str, method: str) -> Draft202012Validator:
    """Return the schema of what a call takes. OpenAPI 3.0 says `nullable` where JSON Schema has a type of its own."""
    api = description(home)
    call = api["paths"][f"/repos/{{owner}}/{{repo}}/{path}"][method]
    body = json.loads(json.dumps(call["requestBody"]["content"]["application/json"]["schema"]))
    body["additionalProperties"] = False
    return Draft202012Validator({**body, "components": api["components"]})


@pytest.mark.parametrize("which", [small, lambda: real()[1]], ids=["small", "real"])
def test_payloads_have_the_form_that_github_describes(home: Path, which: Any) -> None:
    sheet = which()
    made = json.loads(text("github", sheet))
    for payload in [one["payload"] for one in made["issues"]]:
        schema(home, "issues", "post").validate({**payload, "milestone": 1})
        assert len(payload["body"]) < 65_536
    schema(home, "milestones", "post").validate(made["milestone"])
    for label in made["labels"]:
        schema(home, "labels", "post").validate(label)
        assert len(label["description"]) <= 100


def test_a_payload_without_a_title_would_be_refused(home: Path) -> None:
    assert not schema(home, "issues", "post").is_valid({"body": "x"})
    assert not schema(home, "issues", "post").is_valid({"title": "x", "labels": "launch"})


def test_the_calls_are_those_that_github_describes(home: Path, tmp_path: Path) -> None:
    sheet = small()
    item = issues(sheet, context(sheet))[1]
    with described.served(home, tmp_path) as address:
        host = Api(address=address, repository="example/handbook", token="t", wait=lambda seconds: None)
        assert host.send("POST", "issues", {**item.payload(), "milestone": 1})["number"]
        assert host.send(
            "PATCH",
            "issues/1",
            {
                "title": "x",
                "body": "y",
                "labels": ["a"],
                "milestone": 1,
                "state": "closed",
                "state_reason": "not_planned",
            },
        )["id"]
        assert host.send("POST", "labels", {"name": "a", "color": "ffffff", "description": "x"})["name"]
        assert host.send("POST", "milestones", milestone(sheet).payload())["number"]
        assert host.send("PATCH", "milestones/1", {"due_on": milestone(sheet).due_on})["number"]
        assert host.send("POST", "issues/1/sub_issues", {"sub_issue_id": 7})["id"]
        assert host.send("POST", "issues/1/dependencies/blocked_by", {"issue_id": 7})["id"]
        assert list(host.every("issues?labels=launch-plan&state=all"))
        assert list(host.every("issues?milestone=1&state=all"))
        for wrong in ({"issue_id": "seven"}, {}):
            with pytest.raises(Refused):
                host.send("POST", "issues/1/dependencies/blocked_by", wrong)
        with pytest.raises(Refused):
            host.send("POST", "milestones", {"title": "x", "due_on": "tomorrow"})


def test_an_issue_needs_no_more_than_its_payload() -> None:
    assert Issue(key="a", title="b", body="c", labels=()).payload() == {
        "title": "b",
        "body": "c",
        "labels": [],
    }
