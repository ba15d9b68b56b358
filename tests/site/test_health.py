"""The page on how well a handbook is kept: its counts, who has to act, and nothing where the day is not known."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

from handbook import check
from handbook.site.around import Around
from handbook.site.measured import Health, health
from handbook.site.page import Page
from handbook.site.pages import pages
from handbook.sources import literal
from tests.site import past, small

HEALTH = "health/index.md"
GO = "processes/release/go-no-go.yaml"


def found(today: date = past.DAY, files: dict[str, str] | None = None) -> Health:
    sources = literal({**small.FILES, **(files or {})})
    return health(check.load(sources, check.read_settings(sources)[0]).handbook, None, today)


def made(today: date | None, files: dict[str, str] | None = None) -> dict[str, Page]:
    sources = literal({**small.FILES, **(files or {})})
    settings = check.read_settings(sources)[0]
    return pages(check.load(sources, settings).handbook, settings, Around(today=today))


def counted(one: Health) -> dict[str, tuple[int, int]]:
    return {measure.anchor: (measure.good, measure.all) for measure in one.measures}


def test_each_thing_is_counted_among_those_that_it_is_asked_of() -> None:
    assert counted(found()) == {
        "reviews": (1, 5),  # of two processes, a template and two paths, one was ever reviewed
        "owners": (1, 1),
        "holders": (0, 0),  # no role names anybody, so names are kept elsewhere
        "paths": (0, 0),
        "steps": (1, 2),  # a question and a step that runs another process need no tool
        "metrics": (1, 2),
    }


def test_a_review_holds_on_its_last_day_and_is_overdue_on_the_next() -> None:
    assert [day for day, _ in found(date(2027, 4, 5)).overdue] == []
    late = found(date(2027, 4, 6))
    assert [(day, record.id) for day, record in late.overdue] == [(date(2027, 4, 5), "go-no-go")]
    assert counted(late)["reviews"] == (0, 5)
    text = made(date(2027, 4, 6))[HEALTH].text
    assert "| 5\u00a0Apr\u00a02027 | [Go/no-go decision](../processes/go-no-go.md) | Process |" in text
    assert "| [Product operations](../teams/product-operations.md) | 5 | 0 | 1 | 4 |" in text


def test_roles_are_asked_for_holders_once_one_of_them_has_some() -> None:
    roles = small.FILES["processes/catalog/roles.yaml"].replace(
        "decides: [", "holders: [Amara O.], decides: ["
    )
    one = found(files={"processes/catalog/roles.yaml": roles})
    assert [role.id for role in one.no_holder] == ["analyst"]
    assert counted(one)["holders"] == (1, 2)


def test_a_busy_role_without_a_path_and_a_team_without_a_lead_are_named() -> None:
    again = {
        f"processes/release/again-{place}.yaml": small.FILES["processes/release/launch-management.yaml"]
        .replace("status: deprecated\nreplaced_by: go-no-go\n", "status: active\n")
        .replace("Launch management", f"Again {place}")
        for place in range(2)
    }
    teams = small.FILES["processes/catalog/teams.yaml"].replace("lead: head-of-product, ", "")
    one = found(files={**again, "processes/catalog/teams.yaml": teams})
    assert [(role.id, many) for role, many in one.no_path] == [("head-of-product", 4)]
    assert [team.id for team in one.no_lead] == ["product-operations"]
    text = made(past.DAY, {**again, "processes/catalog/teams.yaml": teams})[HEALTH].text
    assert "[Owning teams with a lead](#owners) | **Act**{ .health-red } | 0\u00a0of\u00a01, 0\u00a0%" in text
    assert "| [Head of product](../roles/head-of-product.md) | 4 processes |" in text


def test_the_page_says_for_which_day_it_holds_and_why_nothing_is_known_of_suspects() -> None:
    text = made(past.DAY)[HEALTH].text
    assert "As it was on 2 November 2026, when the site was built." in text
    assert "These pages were made without looking at the history of the handbook." in text
    assert "What they rely on is unchanged" not in text
    assert HEALTH not in made(None)


def test_what_changed_under_a_record_is_listed_with_what_it_was(tmp_path: Path) -> None:
    repository = past.repository(tmp_path / "handbook")
    path = "processes/release/launch-management.yaml"
    reviewed = small.FILES[path].replace("status: deprecated\n", "status: active\nreviewed: 2026-10-05\n")
    repository.commit("Review it", {path: reviewed.replace("replaced_by: go-no-go\n", "")})
    text = past.made(repository.root)[HEALTH].text
    assert (
        "[What they rely on is unchanged](#suspects) | **Act**{ .health-red } | 0\u00a0of\u00a02, 0\u00a0%"
        in text
    )  # the review itself took back a deprecation
    assert (
        "| [Launch management](../processes/launch-management.md) | 5\u00a0Oct\u00a02026 |"
        " [Product operations](../teams/product-operations.md) |"
        " [Go/no-go decision](../processes/go-no-go.md#versions) on 7\u00a0Oct\u00a02026 |" in text
    )


def test_a_full_score_is_a_hundred_percent_and_no_link() -> None:
    from handbook.site.health import _percent

    measure = found().measures[0]
    assert _percent(dataclasses.replace(measure, good=199, all=200)) == 99
    assert _percent(dataclasses.replace(measure, good=200, all=200)) == 100
