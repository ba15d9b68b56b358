"""Calendars: four programs read them, ids stay, and the same plan gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]
import vobject  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.plan.exports.context import Gone, Stamp
from tests.exports import readers
from tests.exports.launches import real, small, text


def components(calendar: str, name: str = "VEVENT") -> dict[str, Any]:
    """Read a calendar, and return its events or tasks by the key in their id."""
    read: Any = icalendar.Calendar.from_ical(calendar)
    found = {str(one["UID"]).removeprefix("launch.").partition("@")[0]: one for one in read.walk(name)}
    assert len(found) == len(read.walk(name))
    assert [one.errors for one in read.walk() if one.errors] == []
    return found


def test_a_calendar_has_an_event_for_the_launch_and_for_each_task_and_gate() -> None:
    sheet = small()
    assert set(components(text("ics", sheet))) == {"links", *(item.key for item in sheet.items)}


def test_the_same_plan_gives_the_same_bytes() -> None:
    _, sheet = real()
    assert text("ics", sheet) == text("ics", sheet)
    assert text("ics-tasks", sheet) == text("ics-tasks", sheet)


@pytest.mark.parametrize("format", ["ics", "ics-tasks"])
@pytest.mark.parametrize("which", [small, lambda: real()[1]], ids=["small", "real"])
def test_lines_end_and_fold_as_the_standard_asks(format: str, which: Callable[[], Any]) -> None:
    made = text(format, which())
    assert made.count("\n") == made.count("\r\n") == made.count("\r")
    assert max(len(line.encode()) for line in made.split("\r\n")) <= 75


def test_a_due_day_is_a_day_whose_end_is_the_next_one() -> None:
    brief = components(text("ics", small()))["links.brief"]
    assert (brief["DTSTART"].dt, brief["DTEND"].dt) == (date(2027, 1, 8), date(2027, 1, 9))
    assert brief["DTSTART"].params["VALUE"] == "DATE"


TIMES = {
    "the zone of the calendar": ("links.docs", datetime(2027, 1, 15, 15, 0, tzinfo=UTC)),
    "a zone of its own": ("links.talk", datetime(2027, 2, 2, 0, 30, tzinfo=UTC)),
    "anywhere on earth": ("links.form", datetime(2027, 1, 30, 12, 0, tzinfo=UTC)),
}


@pytest.mark.parametrize(("key", "moment"), TIMES.values(), ids=list(TIMES))
def test_a_time_of_day_is_the_end_of_its_event(key: str, moment: datetime) -> None:
    event = components(text("ics", small()))[key]
    assert event["DTEND"].dt.astimezone(UTC) == moment
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("time", "end"),
    [
        ("08:00 AoE", datetime(2027, 1, 15, 20, 0, tzinfo=UTC)),
        ("16:00 UTC", datetime(2027, 1, 15, 16, 0, tzinfo=UTC)),
        ("16:00 No/Such_Zone", date(2027, 1, 16)),
    ],
)
def test_other_times_of_day_are_understood_and_an_unknown_zone_leaves_the_day(time: str, end: date) -> None:
    event = components(text("ics", small(lambda plan: plan["tasks"][1].update(due_time=time))))["links.docs"]
    assert event["DTEND"].dt == end


def test_zones_that_are_used_are_described() -> None:
    zones = icalendar.Calendar.from_ical(text("ics", small())).walk("VTIMEZONE")
    assert {str(zone["TZID"]) for zone in zones} == {"Europe/Berlin", "Asia/Tokyo"}


def test_what_is_skipped_is_cancelled_and_not_left_out() -> None:
    events = components(text("ics", small()))
    assert {key for key, one in events.items() if one["STATUS"] == "CANCELLED"} == {"links.page"}


def test_in_a_cancelled_launch_all_that_is_open_is_cancelled() -> None:
    events = components(text("ics", small(lambda plan: plan.update(status="cancelled"))))
    kept = {key for key, one in events.items() if one["STATUS"] != "CANCELLED"}
    assert kept == {"links.brief", "links.gate.scope"}


def test_gates_and_what_is_done_are_marked_in_the_title() -> None:
    events = components(text("ics", small()))
    assert [
        str(events[key]["SUMMARY"]) for key in ("links", "links.gate.go", "links.gate.scope", "links.brief")
    ] == [
        "Launch: Guest links",
        "Gate: Go/no-go (Guest links)",
        "✓ Gate: Scope (Guest links)",
        "✓ Write the brief, in one page (Guest links)",
    ]


def test_sequence_and_stamp_are_those_of_the_history() -> None:
    stamps = {"links.docs": Stamp(3, 1_790_000_000)}
    event = components(text("ics", small(), stamps=stamps))["links.docs"]
    assert (event["SEQUENCE"], event["DTSTAMP"].dt) == (3, datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC))


def test_what_a_plan_had_and_has_no_more_is_cancelled() -> None:
    gone = (
        Gone("links.poster", "Print a poster", date(2027, 1, 20), Stamp(2, 5)),
        Gone("other.x", "X", date(2027, 1, 1), Stamp()),
    )
    events = components(text("ics", small(), gone=gone))
    assert (str(events["links.poster"]["STATUS"]), events["links.poster"]["SEQUENCE"]) == ("CANCELLED", 2)
    assert "other.x" not in events
    assert (
        str(components(text("ics-tasks", small(), gone=gone), "VTODO")["links.poster"]["STATUS"])
        == "CANCELLED"
    )


def test_ids_carry_the_host_of_the_site_and_work_without_one() -> None:
    made = text("ics", small())
    assert "UID:launch.links.brief@handbook.example.com" in made
    assert "UID:launch.links.brief@handbook\r\n" in text("ics", small(), site="")
    assert "URL:" not in text("ics", small(), site="")


def test_a_calendar_has_a_name_and_says_how_often_to_ask_for_it() -> None:
    one, several = text("ics", small()), text("ics", small(), real()[1])
    read: Any = icalendar.Calendar.from_ical(one)
    assert (str(read["NAME"]), read["REFRESH-INTERVAL"].dt) == ("Guest links", timedelta(hours=12))
    assert read["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert "NAME:Our handbook: launches" in several


def test_tasks_say_how_far_they_are_and_belong_to_the_launch() -> None:
    tasks = components(text("ics-tasks", small()), "VTODO")
    assert {key: str(one["STATUS"]) for key, one in tasks.items()} == {
        "links": "IN-PROCESS",
        "links.brief": "COMPLETED",
        "links.price": "NEEDS-ACTION",
        "links.gate.scope": "COMPLETED",
        "links.docs": "IN-PROCESS",
        "links.page": "CANCELLED",
        "links.form": "NEEDS-ACTION",
        "links.gate.go": "NEEDS-ACTION",
        "links.talk": "NEEDS-ACTION",
    }
    brief = tasks["links.brief"]
    assert (brief["DTSTART"].dt, brief["DUE"].dt, brief["PERCENT-COMPLETE"]) == (
        date(2027, 1, 4),
        date(2027, 1, 8),
        100,
    )
    assert brief["COMPLETED"].dt.date() == date(2027, 1, 7)
    assert {str(one["RELATED-TO"]) for key, one in tasks.items() if key != "links"} == {
        "launch.links@handbook.example.com"
    }
    assert all(type(one["DTSTART"].dt) is type(one["DUE"].dt) for one in tasks.values() if "DTSTART" in one)


@pytest.mark.parametrize(("format", "kind"), [("ics", "vevent"), ("ics-tasks", "vtodo")])
def test_vobject_reads_and_validates_all_of_it(format: str, kind: str) -> None:
    for sheet in (small(), real()[1]):
        read = vobject.readOne(text(format, sheet))
        assert read.validate(raiseException=True)
        assert len(read.contents[kind]) == len(sheet.items) + 1


def test_a_day_shows_the_events_that_are_due_on_it() -> None:
    query = recurring_ical_events.of(icalendar.Calendar.from_ical(text("ics", small())))
    shown = {
        day: [str(one["UID"]).partition("@")[0] for one in query.at(day)]
        for day in (date(2027, 1, 8), date(2027, 1, 9), date(2027, 1, 30))
    }
    assert sorted(shown[date(2027, 1, 8)]) == [
        "launch.links.brief",
        "launch.links.gate.scope",
        "launch.links.price",
    ]
    assert shown[date(2027, 1, 9)] == []
    assert shown[date(2027, 1, 30)] == ["launch.links.form"]


def test_ical_js_reads_the_same(tmp_path: Path) -> None:
    for number, sheet in enumerate((small(), real()[1])):
        made = text("ics", sheet)
        (tmp_path / f"{number}.ics").write_bytes(made.encode())
        events = {
            one["uid"].removeprefix("launch.").partition("@")[0]: one
            for one in readers.ical(tmp_path / f"{number}.ics")
        }
        ours = components(made)
        assert events.keys() == ours.keys()
        for key, one in events.items():
            assert (one["summary"], one["description"]) == (
                str(ours[key]["SUMMARY"]),
                str(ours[key]["DESCRIPTION"]),
            )
            end = ours[key]["DTEND"].dt
            if one["day"]:
                assert one["end"] == end.isoformat()
            else:
                assert one["utc"] == end.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=200),
    st.text(st.sampled_from('a;,:\\"\n\r\t\x00\x0b\u2028é😀🏳️‍🌈BEGIN:VEVENT='), max_size=120),
)
def test_whatever_people_type_is_only_shown(title: str, person: str) -> None:
    def change(plan: dict[str, Any]) -> None:
        plan["tasks"][0].update(title=f"T{title}", evidence=f"E{person}")

    try:
        sheet = small(change)
    except AssertionError:  # the schema refuses such a title
        return
    made = text("ics", sheet)
    assert len(components(made)) == len(sheet.items) + 1
    assert made.count("\r\nBEGIN:VEVENT\r\n") == len(sheet.items) + 1
    assert max(len(line.encode()) for line in made.split("\r\n")) <= 75
    vobject.readOne(made).validate(raiseException=True)
