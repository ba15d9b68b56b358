"""The small handbook in a repository with two releases and a change since, and its pages as the edges make them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from handbook import check
from handbook.site import known
from handbook.site.page import Page
from handbook.site.pages import pages
from handbook.workspace import open_workspace
from tests.changes.repositories import Repository
from tests.site import small

DAY = date(2026, 11, 2)
SITE = "https://handbook.example.com/docs/"
GO = "processes/release/go-no-go.yaml"
EVIL = "<script>alert(1)</script> & {: onclick=x } [a](javascript:x)"


ROLES = "processes/catalog/roles.yaml"
FILES = {**small.FILES, ROLES: f"{small.FILES[ROLES]}guest: {{title: Guest, summary: Watches.}}\n"}


def edited(path: str, *pairs: tuple[str, str], files: Mapping[str, str] = FILES) -> dict[str, str]:
    """Return one file with some of its text replaced."""
    text = files[path]
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return {path: text}


SOONER = edited(GO, ("sla: 5d", "sla: 3d"))
STRICTER = edited(
    GO,
    ("sla: 5d", "sla: 3d"),
    ("checklist: [Every gate is green]", "checklist: [Every gate is green, The brief is read]"),
)


def repository(folder: Path) -> Repository:
    """Return a repository whose second release promises a decision sooner, and which has asked for more since."""
    made = Repository(folder)
    made.commit("The handbook", FILES, tag="v2026.10.0")
    made.commit(
        f"Decide sooner (#7)\n\nWhy: Launches waited. {EVIL}\nEffective: 2026-12-01", SOONER, tag="v2026.10.1"
    )
    made.commit("Ask for the brief\n\nWhy: Nobody had read it.", STRICTER)
    return made


def made(root: Path, today: date = DAY, site: str = SITE) -> dict[str, Page]:
    """Return the pages of a handbook on disk as the plugin and `handbook pages` make them."""
    workspace = open_workspace(str(root))
    handbook = check.load(workspace.sources(), workspace.settings).handbook
    return pages(handbook, workspace.settings, known.around(workspace, handbook, today, site))
