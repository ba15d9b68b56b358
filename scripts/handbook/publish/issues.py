"""The issues of a launch at GitHub: created once, then kept up to date, however often this runs.

The plan leads in what the plan says: title, our part of the text, labels of ours, milestone, parents and blockers. People
lead in the rest: what they write around our part, what they tick off, whom they assign and what they close stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from handbook.plan.exports.github import END, Issue, Milestone, label, labels
from handbook.publish.api import Api, Refused
from handbook.text.words import listed

_MARK = re.compile(r"\A<!-- handbook: ([a-z0-9.-]+) -->")
_TICKED = re.compile(r"(?m)^(\s*- )\[[xX]\] (.*)$")
_OPEN = re.compile(r"(\s*- )\[ \] (.*)")
MOST_CHILDREN = 100  #: of one issue


@dataclass(slots=True)
class Done:
    """What was done, for whoever asked for it: one sentence for each thing, and the issue numbers by key."""

    said: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)


def apply(api: Api, issues: Sequence[Issue], milestone: Milestone) -> Done:
    """Bring the issues of a launch up to date at GitHub.

    Interrupted at any point, the next run finds what is there and goes on.

    Raises:
        UserError: the server cannot be reached, or it refuses.
    """
    done = Done()
    noun = issues[0].noun
    _labels(api, labels(noun), done)
    number = _milestone(api, milestone, done)
    there = _there(api, {issue.key for issue in issues}, label(noun), number, done)
    for issue in issues:
        there[issue.key] = _issue(api, issue, there.get(issue.key), number, done)
        done.numbers[issue.key] = there[issue.key]["number"]
    _children(api, issues, there, done)
    for issue in issues:
        _blockers(api, issue, there, done)
    return done


def _labels(api: Api, wanted: Mapping[str, tuple[str, str]], done: Done) -> None:
    known = {one["name"].casefold() for one in api.every("labels")}
    for name, (colour, said) in wanted.items():
        if name not in known:  # GitHub keeps the case of a label, and does not tell labels apart by it
            api.send("POST", "labels", {"name": name, "color": colour, "description": said})
            done.said.append(f"Label {name} created")


def _milestone(api: Api, wanted: Milestone, done: Done) -> int:
    for one in api.every("milestones?state=all"):
        if one["title"] == wanted.title:
            if (one.get("due_on") or "")[:10] != wanted.due_on[:10]:
                api.send("PATCH", f"milestones/{one['number']}", {"due_on": wanted.due_on})
                done.said.append(f"Milestone {wanted.title} moved to {wanted.due_on[:10]}")
            return int(one["number"])
    made = api.send("POST", "milestones", wanted.payload())
    done.said.append(f"Milestone {wanted.title} created")
    return int(made["number"])


def _there(api: Api, keys: set[str], ours: str, milestone: int, done: Done) -> dict[str, dict[str, Any]]:
    """Return the issues that are there, by key. Of several with one key, the oldest counts.

    An issue is found by its label and by its milestone: people take away one of them, and rarely both.
    """
    found: dict[str, dict[str, Any]] = {}
    ways = (f"issues?labels={ours}&state=all", f"issues?milestone={milestone}&state=all")
    seen = {one["number"]: one for way in ways for one in api.every(way)}
    for number, one in sorted(seen.items()):
        match = _MARK.match(one.get("body") or "")
        if not match or match[1] not in keys or "pull_request" in one:
            continue
        if (first := found.setdefault(match[1], one)) is not one and one["state"] == "open":
            done.said.append(f"#{number} is the same as #{first['number']}: close it")
    return found


def _issue(
    api: Api, issue: Issue, there: dict[str, Any] | None, milestone: int, done: Done
) -> dict[str, Any]:
    if there is None:
        there = _made(api, {**issue.payload(), "milestone": milestone})
        done.said.append(f"#{there['number']} created: {issue.title}")
    changes = dict(_changes(issue, there, milestone))
    if changes:
        api.send("PATCH", f"issues/{there['number']}", changes)
        if "state" in changes:
            done.said.append(f"#{there['number']} closed: {issue.title}")
        else:
            done.said.append(f"#{there['number']} brought up to date: {', '.join(changes)}")
    elif there["state"] == "closed" and issue.reason is None:
        done.said.append(f"#{there['number']} is closed there and open in the plan: import it")
    return there


def _made(api: Api, data: dict[str, Any]) -> dict[str, Any]:
    """Create an issue; somebody who cannot be assigned is no reason to have none."""
    try:
        made: dict[str, Any] = api.send("POST", "issues", data)
    except Refused as refused:
        if refused.status != HTTPStatus.UNPROCESSABLE_ENTITY or "assignees" not in data:
            raise
        rest = {key: value for key, value in data.items() if key != "assignees"}
        made = api.send("POST", "issues", rest)
    return made


def _changes(issue: Issue, there: Mapping[str, Any], milestone: int) -> Iterator[tuple[str, Any]]:
    if there["title"] != issue.title:
        yield "title", issue.title
    before = (there.get("body") or "").replace("\r\n", "\n")
    if (body := merged(before, issue.body)) != before:
        yield "body", body
    names = [one["name"] if isinstance(one, dict) else one for one in there["labels"]]
    ours = labels(issue.noun)
    wanted = [name for name in names if name not in ours or name in issue.labels]
    wanted += [name for name in issue.labels if name not in names]
    if wanted != names:
        yield "labels", wanted
    if (there.get("milestone") or {}).get("number") != milestone:
        yield "milestone", milestone
    if issue.reason and there["state"] == "open":
        yield "state", "closed"
        yield "state_reason", issue.reason


def merged(before: str, ours: str) -> str:
    """Return a text with our part brought up to date: what people wrote around it and what they ticked off stays.

    Where somebody took our marks away, the text is theirs.
    """
    if not before.strip():
        return ours
    old, end, rest = before.partition(END)
    if not end or not _MARK.match(before):
        return before
    ticked = {point for _, point in _TICKED.findall(old)}
    return "\n".join(_kept(line, ticked) for line in ours.split("\n")) + rest


def _kept(line: str, ticked: set[str]) -> str:
    match = _OPEN.fullmatch(line)
    return f"{match[1]}[x] {match[2]}" if match and match[2] in ticked else line


def _children(api: Api, issues: Sequence[Issue], there: Mapping[str, dict[str, Any]], done: Done) -> None:
    for parent in dict.fromkeys(issue.parent for issue in issues if issue.parent):
        number = there[parent]["number"]
        known = {one["id"] for one in api.every(f"issues/{number}/sub_issues")}
        wanted = [there[issue.key] for issue in issues if issue.parent == parent]
        missing = [one for one in wanted if one["id"] not in known]
        room = MOST_CHILDREN - len(known)
        for one in missing[:room]:
            _try(api, f"issues/{number}/sub_issues", {"sub_issue_id": one["id"]})
        if missing[:room]:
            done.said.append(f"{len(missing[:room])} issues put below #{number}")
        if missing[room:]:
            done.said.append(
                f"{len(missing[room:])} issues are not below #{number}: GitHub takes {MOST_CHILDREN}"
            )


def _blockers(api: Api, issue: Issue, there: Mapping[str, dict[str, Any]], done: Done) -> None:
    if not issue.blocked_by:
        return
    number = there[issue.key]["number"]
    path = f"issues/{number}/dependencies/blocked_by"
    known = {one["id"] for one in api.every(path)}
    missing = [there[key] for key in issue.blocked_by if there[key]["id"] not in known]
    for one in missing:
        _try(api, path, {"issue_id": one["id"]})
    if missing:
        numbers = listed(f"#{one['number']}" for one in missing)
        done.said.append(f"#{number} waits for {numbers}")


def _try(api: Api, path: str, data: dict[str, int]) -> None:
    """Send what may be there already, because another run was quicker."""
    try:
        api.send("POST", path, data)
    except Refused as refused:
        if refused.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            raise
