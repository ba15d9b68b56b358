"""Feeds and calendars of a hostile handbook: real readers find every attack as text, and nothing that is more than text."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import feedparser  # type: ignore[import-untyped]  # it has no types
import icalendar
import pytest

from handbook.site.page import Page
from tests.changes.repositories import Repository
from tests.site import hostile, past

PLAN = "processes/launches/plans/dashboards.yaml"
#: what would end its line in a calendar, and ask somebody to come, if a backslash were taken for more than it is
BROKEN = r"Call \nATTENDEE:mailto:x@example.com\\, END:VEVENT"
PROCESS = "processes/release/go-no-go.yaml"


def spoiled() -> Iterator[dict[str, str]]:
    """Yield the hostile handbook, then once for each attack a change that holds it in what it says and in a new step."""
    files = hostile.files()
    plan = json.loads(files[PLAN])
    plan["tasks"][0]["title"] = BROKEN
    yield {**files, PLAN: json.dumps(plan)}
    record = json.loads(files[PROCESS])
    for number, attack in enumerate(hostile.ATTACKS):
        record["title"] = attack
        record["steps"].insert(
            0, {"id": f"more-{number}", "title": f"Do {attack}", "responsible": "analyst", "effort": "1h"}
        )
        yield {PROCESS: json.dumps(record)}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    """The pages of a repository in which each release brings some attacks, in its records and in the message of its commit."""
    repository = Repository(tmp_path_factory.mktemp("hostile") / "handbook")
    reasons = ["nothing", *hostile.ATTACKS]
    for number, (files, why) in enumerate(zip(spoiled(), reasons, strict=True)):
        tag = "" if number % 4 and number < len(hostile.ATTACKS) else f"v2026.10.{number}"
        repository.commit(f"Change {why}\n\nWhy: Because {why}", files, tag=tag)
    return past.made(repository.root)


class Read(HTMLParser):
    """HTML as a reader of news shows it: its text, its tags and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()
        self.strange: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.strange.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name != "href" or not (value or "").startswith((past.SITE, "#")):
                self.strange.append(f"{name}={value}")


def judged(title: str, html: str) -> str:
    """Return what an entry says, after a look at everything in it that is not text."""
    read = Read(html)
    assert read.strange == []
    assert read.tags <= {"a", "code", "em", "h2", "h3", "h4", "li", "p", "strong", "ul"}
    return f"{title} {read.text}"


def all_said(entries: list[str]) -> str:
    text = " ".join(" ".join(entries).split())
    missing = [
        attack for attack in hostile.ATTACKS if f"Because {attack}" not in text or f"Do {attack}" not in text
    ]
    assert missing == []
    return text


@pytest.mark.parametrize("name", ["changes/feed", "changes/for/analyst"])
def test_a_reader_of_atom_finds_attacks_as_text(pages: dict[str, Page], name: str) -> None:
    feed = feedparser.parse(pages[f"{name}.xml"].text.encode(), sanitize_html=False)
    assert not feed.bozo, feed.get("bozo_exception")
    kinds = {content.type for entry in feed.entries for content in entry.content}
    assert kinds == {"text/html"}
    title = tomllib.loads(hostile.files()["handbook.toml"])["handbook"]["title"]
    assert title in feed.feed.title
    all_said([judged(entry.title, entry.content[0].value) for entry in feed.entries])


@pytest.mark.parametrize("name", ["changes/feed", "changes/for/analyst"])
def test_a_reader_of_json_finds_attacks_as_text(pages: dict[str, Page], name: str) -> None:
    feed = json.loads(pages[f"{name}.json"].text)
    all_said([judged(item["title"], item["content_html"]) for item in feed["items"]])


def test_a_calendar_program_finds_attacks_as_text(pages: dict[str, Page]) -> None:
    paths = [path for path in pages if path.endswith(".ics")]
    assert len(paths) > 2
    for path in paths:
        read: Any = icalendar.Calendar.from_ical(pages[path].text)
        assert [one.errors for one in read.walk() if one.errors] == []
        assert {one.name for one in read.walk()} <= {
            "VCALENDAR",
            "VEVENT",
            "VTIMEZONE",
            "STANDARD",
            "DAYLIGHT",
        }
        assert not [one for one in read.walk() if "ATTENDEE" in one or "ATTACH" in one or "ORGANIZER" in one]
    every: Any = icalendar.Calendar.from_ical(pages["launches/launches.ics"].text)
    records = json.loads(hostile.files()[PLAN])
    said = [f"{event['SUMMARY']} {event.get('DESCRIPTION', '')}" for event in every.walk("VEVENT")]
    assert len(said) == 1 + len(records["tasks"]) + len(records["gates"])
    assert any(BROKEN in one for one in said)
    titles = [records["title"], records["tasks"][1]["title"], records["gates"][0]["title"]]
    assert [title for title in titles if not any(title in one for one in said)] == []
