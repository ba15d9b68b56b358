"""Changes as JSON, for programs: those of a range and those of a proposal. Its schema is schemas/output/changes.schema.json."""

from __future__ import annotations

import json
from typing import Any

from handbook.changes.effects import Effect, Measure
from handbook.changes.entries import TRAILERS
from handbook.changes.notes import made_by
from handbook.changes.pages import PageChange
from handbook.changes.reverts import Taken
from handbook.changes.told import Notes, Told
from handbook.changes.tool import done
from handbook.git.commit import Commit
from handbook.model.handbook import Name
from handbook.report.signs import valid

VERSION = 1
_DIGITS = 4  #: of a figure: more are only noise of its computation


def render(notes: Notes) -> str:
    """Return the notes as JSON, in plain ASCII, so that no terminal or pipe can spoil it."""
    history = notes.history
    told = {traced.change.fingerprint for traced, _ in notes.told}
    data = {
        "version": VERSION,
        "title": notes.title,
        "summary": notes.summary,
        "from": history.before,
        "to": history.after,
        "readers": ":".join(notes.readers.name) if notes.readers else None,
        "changes": [_told(one) for one in notes.told],
        "effects": [_effect(one) for one in history.impact.effects],
        "launches": [
            {**_named(one.launch, one.title), "ahead": one.ahead, "change": one.change.fingerprint}
            for one in history.impact.launches
            if one.change.fingerprint in told
        ],
        "paths": [
            {**_named(one.path, one.title), "changes": mine}
            for one in history.impact.paths
            if (mine := [change.fingerprint for change in one.changes if change.fingerprint in told])
        ],
        "reviewers": [
            {**_named(one.team, one.title), "handle": one.handle, "records": list(one.records)}
            for one in history.impact.reviewers
        ],
        "commits": [_commit(one) for one in history.commits],
        "pages": [valid(path) for path in history.pages],
        "page_changes": [_page(one) for one in history.prose],
        "reverts": [_revert(sha, one) for sha, one in history.taken.items()],
        "tool": [
            {
                "word": one.word,
                "scope": one.scope,
                "text": one.text,
                "commits": [each.sha for each in one.commits],
            }
            for one in done(history)
        ],
        "people": made_by(history),
        "unreadable": [
            {"path": valid(one.path), "title": valid(one.title), "revision": one.revision, "why": one.why}
            for one in history.unreadable
        ],
    }
    return json.dumps(data, indent=2) + "\n"


def _told(told: Told) -> dict[str, Any]:
    traced, level = told
    change = traced.change
    return {
        "kind": change.kind,
        "level": level.word,
        "levels": {"doers": change.row.doers.word, "relying": change.row.relying.word},
        "fingerprint": change.fingerprint,
        "subject": _named(change.subject, change.title),
        "part": {"id": change.part.id, "title": change.part.title} if change.part else None,
        "sentence": f"{change.sentence}.",
        "before": change.before,
        "after": change.after,
        "doers": list(change.doers),
        "relying": list(change.relying),
        "paths": [valid(path) for path in change.paths],
        "commits": [commit.sha for commit in traced.commits],
    }


def _page(page: PageChange) -> dict[str, Any]:
    return {
        "kind": page.kind,
        "path": valid(page.path),
        "was": None if page.was is None else valid(page.was),
        "title": valid(page.title),
        "lines": [valid(line) for line in page.lines],
        "commits": [commit.sha for commit in page.commits],
    }


def _revert(sha: str, taken: Taken) -> dict[str, Any]:
    return {
        "commit": sha,
        "takes_back": taken.target.sha if taken.target else taken.sha or None,
        "subject": taken.target.subject if taken.target else taken.subject,
        "in_range": taken.target is not None,
        "again": taken.again,
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "subject": _named(effect.subject, effect.title),
        "measure": effect.after.name,
        "unit": effect.after.unit,
        "before": _range(effect.before),
        "after": _range(effect.after),
        "difference": effect.difference,
    }


def _range(measure: Measure) -> dict[str, float]:
    return {"low": round(measure.low, _DIGITS), "high": round(measure.high, _DIGITS)}


def _commit(commit: Commit) -> dict[str, Any]:
    return {
        "sha": commit.sha,
        "subject": commit.subject,
        "author": commit.author,
        "date": commit.committed_on.isoformat(),
        "pull_request": commit.pull_request,
        **{name.lower(): list(commit.trailer(name)) for name in TRAILERS},
    }


def _named(name: Name, title: str) -> dict[str, str]:
    return {"kind": name.kind, "id": name.id, "title": title}
