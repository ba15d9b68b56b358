"""A comment on a pull request, and a release: each is there once, however often and by how many it is published."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from handbook.changes.page import with_section
from handbook.publish.api import Api, Refused

_COMMENT = 65_000  #: characters; GitHub takes 65,536
_RELEASE = 120_000  #: characters; GitHub takes 125,000
_MARK = "<!-- handbook: what this proposal means -->\n"


def comment(api: Api, number: int, text: str) -> str:
    """Put a text under a pull request, in the comment that is there for it, and return what was done.

    Two runs at once may both find none. Whoever comes second sees both afterwards, and takes the later one away.
    """
    body = _cut(_MARK + text, _COMMENT)
    known = _ours(api, number)
    if not known:
        api.send("POST", f"issues/{number}/comments", {"body": body})
        known = _ours(api, number)
        done = "written"
    elif known[0]["body"] == body:
        done = "as it should be already"
    else:
        api.send("PATCH", f"issues/comments/{known[0]['id']}", {"body": body})
        done = "brought up to date"
    for extra in known[1:]:
        _delete(api, extra)
    return done


def release(api: Api, tag: str, title: str, text: str, commit: str | None = None) -> str:
    """Publish the notes of a tag as a release, and return what was done. Only our section of an existing one is replaced.

    A release that somebody made stays what it is, a draft or not. Where the tag is not there yet, it is set at `commit`.
    """
    there = _release(api, tag)
    if there is None:
        body = _cut(with_section("", tag, text).lstrip(), _RELEASE)
        try:
            made = {"tag_name": tag, "name": title, "body": body}
            api.send("POST", "releases", made | ({"target_commitish": commit} if commit else {}))
            return "published"
        except Refused as refused:  # another run was quicker
            if refused.status != HTTPStatus.UNPROCESSABLE_ENTITY or (there := _release(api, tag)) is None:
                raise
    before = (there["body"] or "").replace("\r\n", "\n")
    body = _cut(with_section(before, tag, text).lstrip(), _RELEASE)
    if body.strip() == before.strip():
        return "as it should be already"
    api.send("PATCH", f"releases/{there['id']}", {"body": body})
    return "brought up to date"


def _ours(api: Api, number: int) -> list[dict[str, Any]]:
    found = [
        one for one in api.every(f"issues/{number}/comments") if (one.get("body") or "").startswith(_MARK)
    ]
    return sorted(found, key=lambda one: int(one["id"]))


def _delete(api: Api, extra: dict[str, Any]) -> None:
    try:
        api.send("DELETE", f"issues/comments/{extra['id']}", None)
    except Refused as refused:
        if refused.status != HTTPStatus.NOT_FOUND:  # the other run was quicker
            raise


def _release(api: Api, tag: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = api.get(f"releases/tags/{quote(tag, safe='')}")
    except Refused as refused:
        if refused.status == HTTPStatus.NOT_FOUND:
            return None
        raise
    return found


def _cut(text: str, most: int) -> str:
    """Return a text that is short enough, cut between two lines."""
    if len(text) <= most:
        return text
    rest = "\n\nThe rest is left out here: `handbook notes` and `handbook diff` print all of it.\n"
    return text[: most - len(rest)].rpartition("\n")[0] + rest
