"""Pages at the old addresses of records."""

from __future__ import annotations

from handbook.site import finish
from tests.site import small

FILES = small.FILES | {
    "processes/release/go-no-go.yaml": "aliases: [go-live, launch-management]\n"
    + small.FILES["processes/release/go-no-go.yaml"],
    "processes/catalog/terms.yaml": "gate: {title: Gate <b>, summary: A decision., aliases: [index, milestone]}\n",
}


def test_an_old_address_leads_to_the_new_one() -> None:
    page = small.made(FILES)["processes/go-live.md"]
    assert "exclude: true" in page.text
    body = small.rendered(small.body(page))
    assert '<a class="moved" href="go-no-go.md">Go/no-go decision</a>' in body
    assert page.source == "processes/release/go-no-go.yaml"


def test_an_old_address_never_takes_the_place_of_a_page() -> None:
    made = small.made(FILES)
    assert "Launch management" in made["processes/launch-management.md"].text
    assert "A decision." in made["terms/index.md"].text
    assert 'href="gate.md"' in small.rendered(small.body(made["terms/index_.md"]))


def test_a_browser_follows_by_itself_and_search_engines_do_not_keep_the_old_address() -> None:
    page = '<html><head></head><body><article><a class="moved" href="../new/">New</a></article></body></html>'
    done = finish.finished(page)
    assert '<meta http-equiv="refresh" content="0; url=../new/">' in done
    assert finish.finished(done) == done


def test_no_page_sends_browsers_to_another_host_by_itself() -> None:
    for address in ("https://example.com/", "javascript:alert(1)", "//example.com"):
        page = f'<html><head></head><body><a class="moved" href="{address}">New</a></body></html>'
        assert "refresh" not in finish.finished(page), address


def test_an_address_that_leads_nowhere_says_so_and_shows_the_way_back() -> None:
    theme = (
        '<a href="/base/." title="Handbook" class="md-header__button md-logo"></a><h1>404 - Not found</h1>'
    )
    found = finish.finished(theme)
    assert '<a href="/base/.">the first page</a>' in found
    assert "404" not in found
    assert found.count("<h1>") == 1
    assert finish.finished(found) == found
