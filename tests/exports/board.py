"""A GitHub with issues, kept as GitHub keeps them: labels without case, 100 children, nobody assigned who is unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.publish.server import GitHub

MOST_CHILDREN = 100


@dataclass
class Board(GitHub):
    """What is at the host. `people` are those who can be assigned."""

    issues: list[dict[str, Any]] = field(default_factory=list)
    labels: list[dict[str, Any]] = field(default_factory=list)
    milestones: list[dict[str, Any]] = field(default_factory=list)
    children: dict[int, list[int]] = field(default_factory=dict)
    blockers: dict[int, list[int]] = field(default_factory=dict)
    people: tuple[str, ...] = ()

    def answer(self, method: str, path: str, data: Any) -> tuple[int, Any]:
        way = urlsplit(path).path.removeprefix("/repos/example/handbook/")
        query = {key: values[0] for key, values in parse_qs(urlsplit(path).query).items()}
        if way == "labels":
            return self._listed(self.labels, query) if method == "GET" else self._label(data)
        if way == "milestones":
            return self._listed(self.milestones, query) if method == "GET" else self._milestone(data)
        if match := re.fullmatch(r"milestones/(\d+)", way):
            self.milestones[int(match[1]) - 1].update(data)
            return 200, self.milestones[int(match[1]) - 1]
        if way == "issues":
            return self._found(query) if method == "GET" else self._issue(data)
        if match := re.fullmatch(r"issues/(\d+)", way):
            return 200, self._changed(self.issues[int(match[1]) - 1], data)
        if match := re.fullmatch(r"issues/(\d+)/sub_issues", way):
            return self._linked(
                self.children, int(match[1]), method, query, data and data["sub_issue_id"], MOST_CHILDREN
            )
        if match := re.fullmatch(r"issues/(\d+)/dependencies/blocked_by", way):
            return self._linked(self.blockers, int(match[1]), method, query, data and data["issue_id"], 50)
        return super().answer(method, path, data)

    def by_key(self) -> dict[str, dict[str, Any]]:
        """Return the issues by the key in their first line."""
        return {one["body"].partition("handbook: ")[2].partition(" ")[0]: one for one in self.issues}

    def _listed(self, kept: list[Any], query: dict[str, str]) -> tuple[int, Any]:
        size, page = int(query["per_page"]), int(query["page"])
        return 200, kept[(page - 1) * size : page * size]

    def _label(self, data: dict[str, Any]) -> tuple[int, Any]:
        if data["name"].lower() in {one["name"].lower() for one in self.labels}:
            return 422, {"message": "Validation Failed"}
        self.labels.append(data)
        return 201, data

    def _milestone(self, data: dict[str, Any]) -> tuple[int, Any]:
        if data["title"] in {one["title"] for one in self.milestones}:
            return 422, {"message": "Validation Failed"}
        self.milestones.append({"number": len(self.milestones) + 1, **data})
        return 201, self.milestones[-1]

    def _found(self, query: dict[str, str]) -> tuple[int, Any]:
        assert query["state"] == "all"
        kept = self.issues
        if "labels" in query:
            kept = [one for one in kept if query["labels"] in {label["name"] for label in one["labels"]}]
        if "milestone" in query:
            kept = [one for one in kept if (one["milestone"] or {}).get("number") == int(query["milestone"])]
        return self._listed(kept, query)

    def _issue(self, data: dict[str, Any]) -> tuple[int, Any]:
        if set(data.get("assignees", ())) - set(self.people):
            return 422, {"message": "Validation Failed"}
        number = len(self.issues) + 1
        one = {"number": number, "id": 9000 + number, "state": "open", "milestone": None, "assignees": []}
        self.issues.append(self._changed(one, data))
        return 201, one

    def _changed(self, one: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
        one.update(data)
        if "labels" in data:
            one["labels"] = [{"name": name} for name in data["labels"]]
        if "milestone" in data:
            one["milestone"] = self.milestones[data["milestone"] - 1]
        return one

    def _linked(
        self, kept: dict[int, list[int]], number: int, method: str, query: dict[str, str], id: Any, most: int
    ) -> tuple[int, Any]:
        mine = kept.setdefault(number, [])
        if method == "GET":
            return self._listed([one for one in self.issues if one["id"] in mine], query)
        if id in mine or len(mine) >= most or id not in {one["id"] for one in self.issues}:
            return 422, {"message": "Validation Failed"}
        mine.append(id)
        return 201, self.issues[number - 1]
