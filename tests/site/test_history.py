"""What pages say of the history: what changed, for whom and why, feeds, and the versions of each record."""

from __future__ import annotations

import html
import json
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]  # it has no types
import pytest

from handbook.changes import stretches
from handbook.site.head import discoverable
from handbook.site.page import Page
from tests.changes.repositories import Repository
from tests.site import past, small

INDEX = "changes/index.md"
ROLE = "changes/for/head-of-product.md"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return past.repository(tmp_path_factory.mktemp("past") / "handbook")


@pytest.fixture(scope="module")
def pages(repository: Repository) -> dict[str, Page]:
    return past.made(repository.root)


def atom(page: Page) -> Any:
    feed = feedparser.parse(page.text.encode(), sanitize_html=False)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_the_newest_stretch_is_told_first_and_each_release_has_a_page(pages: dict[str, Page]) -> None:
    text = pages[INDEX].text
    assert "## [Since v2026.10.1](unreleased.md) { #unreleased }" in text
    places = [text.index(name) for name in ("Since v2026", "v2026.10.1.md", "v2026.10.0.md")]
    assert places == sorted(places)
    assert "“The brief is read”" in pages["changes/unreleased.md"].text
    assert "within 3 working days" in pages["changes/v2026.10.1.md"].text
    assert {"changes/v2026.10.0.md", "changes/v2026.10.1.md", "changes/unreleased.md"} <= pages.keys()


def test_a_change_has_its_reason_its_day_its_record_and_where_it_comes_from(pages: dict[str, Page]) -> None:
    text = pages["changes/v2026.10.1.md"].text
    assert "### [Go/no-go decision](../processes/go-no-go.md) (process)" in text
    assert "- **In force from 1 December 2026**" in text
    assert "- *Why: Launches waited. " in text
    assert re.search(r"^From &#35;7|^From #7", text, re.MULTILINE)


def test_text_of_a_message_is_only_shown(pages: dict[str, Page]) -> None:
    shown = small.rendered(small.body(pages["changes/v2026.10.1.md"])) + small.rendered(
        small.body(pages["processes/go-no-go.md"])
    )
    assert "<script" not in shown
    assert "onclick=" not in re.sub(r">[^<]*<", "><", shown)
    assert past.EVIL in html.unescape(shown)
    assert 'href="javascript' not in shown
    assert "<script" not in pages["changes/feed.json"].text


def test_who_is_concerned_has_a_page_and_a_link_to_it_and_nobody_else(pages: dict[str, Page]) -> None:
    text = pages[ROLE].text
    assert "# What changed for [Head of product](../../roles/head-of-product.md)" in text
    assert "## [Since v2026.10.1](../unreleased.md) { #unreleased data-search-exclude }" in text
    assert "Nobody had read it" in text
    role = pages["roles/head-of-product.md"].text
    assert "What changed for me\n:   [Since v2026.10.1](../changes/for/head-of-product.md): " in role
    told = {path for path in pages if path.startswith("changes/for/") and path.endswith(".md")}
    named = set(re.findall(r"\]\((for/[a-z-]+\.md)\)", pages[INDEX].text))
    assert {path.removeprefix("changes/") for path in told} == named
    assert ROLE in told
    assert "changes/for/guest.md" not in told
    assert "What changed for me" not in pages["roles/guest.md"].text


def test_feeds_have_what_is_released_and_lead_to_the_pages(pages: dict[str, Page]) -> None:
    feed = atom(pages["changes/feed.xml"])
    assert [entry.title for entry in feed.entries] == ["v2026.10.1", "v2026.10.0"]
    assert [entry.updated for entry in feed.entries] == ["2026-10-06T00:00:00Z", "2026-10-05T00:00:00Z"]
    assert feed.entries[0].link == f"{past.SITE}changes/#v2026.10.1"
    assert "{ #v2026.10.1 }" in pages[INDEX].text  # there it leads
    links = {link.rel: link.href for link in feed.feed.links}
    assert links == {"alternate": f"{past.SITE}changes/", "self": f"{past.SITE}changes/feed.xml"}
    items = json.loads(pages["changes/feed.json"].text)["items"]
    assert [item["id"] for item in items] == [entry.id for entry in feed.entries]


def test_a_role_has_feeds_of_its_own_with_other_names(pages: dict[str, Page]) -> None:
    mine, every = atom(pages["changes/for/head-of-product.xml"]), atom(pages["changes/feed.xml"])
    assert mine.feed.id != every.feed.id
    assert [entry.title for entry in mine.entries] == ["v2026.10.1"]
    assert {entry.id for entry in mine.entries}.isdisjoint(entry.id for entry in every.entries)
    assert "Head of product" in mine.feed.title


def test_feeds_of_a_site_without_an_address_have_names_that_stay(repository: Repository) -> None:
    found = past.made(repository.root, site="")
    feed = atom(found["changes/feed.xml"])
    assert feed.entries[0].id == "urn:handbook:Handbook#v2026.10.1"
    assert "links" not in feed.entries[0]
    assert json.loads(found["changes/feed.json"].text)["items"][0]["id"] == feed.entries[0].id


def test_a_page_that_links_to_feeds_names_them_in_its_head() -> None:
    link = '<a href="feed.xml" rel="alternate" type="application/atom+xml">Atom</a>'
    page = f"<html><head><title>x</title></head><body>{link}{link}<a href='y'>z</a></body></html>"
    expected = '</title><link rel="alternate feed" type="application/atom+xml" href="feed.xml"></head>'
    assert expected in discoverable(page)
    assert discoverable("<head></head><a href='y'>z</a>") == "<head></head><a href='y'>z</a>"


def test_a_handbook_that_is_never_released_is_told_week_by_week(tmp_path: Path) -> None:
    made = Repository(tmp_path / "handbook")
    made.commit("The handbook", small.FILES)
    made.day = 7
    made.commit("Decide sooner", past.SOONER)
    pages = past.made(made.root)
    assert "## [Week of 12 October 2026](week-2026-10-12.md)" in pages[INDEX].text
    assert "[Week of 5 October 2026](week-2026-10-05.md)" in pages[INDEX].text
    assert len(atom(pages["changes/feed.xml"]).entries) == 2


def test_what_lies_behind_is_compared_once(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    before = past.made(repository.root)

    def never(*_: object) -> None:
        raise AssertionError("it was compared again")

    monkeypatch.setattr(stretches, "history", never)
    assert past.made(repository.root) == before


def test_a_file_of_somebody_else_in_the_place_of_what_is_kept_is_not_believed(tmp_path: Path) -> None:
    made = past.repository(tmp_path / "handbook")
    before = past.made(made.root)
    kept = made.folder / ".git/handbook/stretches.json"
    data = json.loads(kept.read_text())
    data["stretches"] = {key: [] for key in data["stretches"]}
    kept.write_text(json.dumps(data))
    assert past.made(made.root) == before


def test_a_role_that_was_renamed_keeps_what_changed_for_it(tmp_path: Path) -> None:
    made = past.repository(tmp_path / "handbook")
    renamed = {
        path: text.replace("head-of-product", "product-lead")
        for path, text in {**past.FILES, **past.STRICTER}.items()
    }
    roles = renamed["processes/catalog/roles.yaml"].replace(
        "product-lead: {title: Head of product,",
        "product-lead: {title: Head of product, aliases: [head-of-product],",
    )
    made.commit("Rename a role", {**renamed, "processes/catalog/roles.yaml": roles}, tag="v2026.10.2")
    text = past.made(made.root)["changes/for/product-lead.md"].text
    assert "In force from 1 December 2026" in text


def test_a_removed_record_is_told_without_a_link(tmp_path: Path) -> None:
    made = past.repository(tmp_path / "handbook")
    (made.root / "processes/experiments/picture.yaml").unlink()
    made.commit("Drop it", tag="v2026.10.2")
    text = past.made(made.root)["changes/v2026.10.2.md"].text
    assert "# A picture on the brief (experiment)" in text


def test_a_shallow_clone_and_a_folder_without_git_are_said_plainly(
    repository: Repository, tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", repository.folder.as_uri(), clone], check=True)
    shallow = past.made(clone)
    assert "shallow clone" in shallow[INDEX].text
    assert (
        "git fetch &#45;&#45;unshallow" in shallow[INDEX].text
        or "git fetch --unshallow" in shallow[INDEX].text
    )
    plain = Repository(tmp_path / "plain")
    plain.write(small.FILES)
    assert "nothing is committed yet" in past.made(plain.root)[INDEX].text
    for pages in (shallow, past.made(plain.root)):
        assert [path for path in pages if path.startswith("changes/")] == [INDEX]
        assert "Version\n:" not in pages["processes/go-no-go.md"].text
        assert str(tmp_path) not in pages[INDEX].text


def test_a_record_shows_its_version_and_a_table_of_all_of_them(pages: dict[str, Page]) -> None:
    text = pages["processes/go-no-go.md"].text
    current = re.search(r"^Version\n:   \[(\d+\.\d+)\]\(#versions\), since (.*)$", text, re.MULTILINE)
    assert current
    assert current[2] == "7 October 2026"
    table = text[text.index("## Versions { #versions }") :]
    assert "<summary>3 versions since 5 October 2026</summary>" in table
    numbers = re.findall(r"<tr><td><strong>(\d+\.\d+)</strong><br>([^<]*)<br>", table)
    assert numbers[0] == (current[1], "7\u00a0Oct\u00a02026")
    assert numbers[-1] == ("1.0", "5\u00a0Oct\u00a02026")
    assert [number for number, _ in numbers] == sorted((number for number, _ in numbers), reverse=True)
    assert "First version&#46;" in table or "First version." in table
    assert "Nobody had read it." in table
    assert "\n\n" not in table[table.index("<details") :].strip()  # else Markdown would begin again inside


def test_a_record_that_nobody_reviews_says_so_once_it_is_due(repository: Repository) -> None:
    due = date(2027, 4, 5)
    before, on = (past.made(repository.root, day)["processes/go-no-go.md"].text for day in (past.DAY, due))
    after = past.made(repository.root, date(2027, 4, 6))["processes/go-no-go.md"].text
    assert "every 6 months; holds until 5 April 2027" in before
    assert before == on
    assert '!!! warning "This page may be out of date"\n\n    Its review was due on 5 April 2027' in after
    assert "out of date" not in on


def test_a_record_says_what_it_relies_on_that_changed_since_its_review(tmp_path: Path) -> None:
    made = past.repository(tmp_path / "handbook")
    path = "processes/release/launch-management.yaml"
    reviewed = (
        small.FILES[path]
        .replace("status: deprecated\n", "status: active\nreviewed: 2026-10-05\n")
        .replace("replaced_by: go-no-go\n", "")
    )
    made.commit("Review it", {path: reviewed})
    text = past.made(made.root)["processes/launch-management.md"].text
    assert "Changed since\n:   [Go/no-go decision](go-no-go.md#versions) on 7 October 2026" in text
