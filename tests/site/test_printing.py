"""Pages for paper: what belongs to a section, how its pages become one, and what a sheet says of itself."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from handbook import check
from handbook.site import imprint, printing
from handbook.site.around import Around
from handbook.site.page import Here
from handbook.site.pages import pages
from handbook.site.printout import joined
from handbook.sources import literal
from tests.site import small

PAGE = "processes/release/print.md"
FIRST = (
    "# Our *guides*\n\n<!-- handbook: print -->\n\n[Second](b.md#there), [`First`](a.md), [away](../c.md)\n"
)


def test_an_area_is_one_page_with_its_processes_in_order() -> None:
    made = small.made()
    html = small.rendered(small.body(made[PAGE]))
    assert re.findall(r'<a href="([^"]*)"', html) == ["../go-no-go.md", "../launch-management.md"]
    assert "exclude: true" in made[PAGE].text  # from searches
    assert "[Print these processes](release/print.md)" in made["processes/index.md"].text


def test_one_process_alone_is_no_section() -> None:
    files = {path: text for path, text in small.FILES.items() if not path.endswith("launch-management.yaml")}
    sources = literal(files)
    settings, _ = check.read_settings(sources)
    made = pages(check.load(sources, settings).handbook, settings)
    assert not [path for path in made if path.endswith("print.md")]
    assert "Print" not in made["processes/index.md"].text


def test_a_folder_is_one_page_where_its_first_page_asks_for_it_in_the_order_of_its_links() -> None:
    sources = literal(small.FILES)
    settings, _ = check.read_settings(sources)
    written = frozenset(f"docs/guides/{name}.md" for name in ("index", "a", "b", "the-rest"))
    around = Around(written=written | {"docs/c.md"}, marked={"guides/index.md": FIRST})
    made = pages(check.load(sources, settings).handbook, settings, around)
    text = made["guides/print.md"].text
    assert re.findall(r"1\. (\S.*)", text) == ["[Second](b.md)", "[First](a.md)", "[The rest](the-rest.md)"]
    assert "# Our guides: all pages" in text
    assert "[Print these pages](print.md)" in made["guides/index.md"].text


def test_a_folder_with_too_few_pages_gets_no_link() -> None:
    sources = literal(small.FILES)
    settings, _ = check.read_settings(sources)
    around = Around(written=frozenset({"docs/guides/a.md"}), marked={"guides/index.md": FIRST})
    made = pages(check.load(sources, settings).handbook, settings, around)
    assert "guides/print.md" not in made
    assert "Print" not in made["guides/index.md"].text


ONE = (
    '<h1 id="one">One</h1><p id="x"><a href="../two/#y">two</a> <a href="#x">x</a> <a href="../">all</a></p>'
)
TWO = '<h2 id="y">Y</h2><label for="x">l</label><a href="https://e.org/#y">e</a><img src="../pic.png"><code> id="x"</code>'


def test_pages_become_one_with_anchors_of_their_own_and_links_that_stay_right() -> None:
    made = joined(
        "p/area/print/", '<h1 id="t">T</h1><a href="../../one/">One</a>', {"p/one/": ONE, "p/two/": TWO}
    )
    assert made == (
        '<h1 id="t">T</h1><a href="#one">One</a>\n'
        '<section class="printed"><span id="one"></span>\n<h2 id="one--one">One</h2><p id="one--x"><a href="#two--y">two</a>'
        ' <a href="#one--x">x</a> <a href="../../">all</a></p>\n</section>\n'
        '<section class="printed"><span id="two"></span>\n<h3 id="two--y">Y</h3><label for="two--x">l</label>'
        '<a href="https://e.org/#y">e</a><img src="../../pic.png"><code> id="x"</code>\n</section>'
    )


def test_links_stay_right_where_addresses_are_those_of_files() -> None:
    own = (
        '<a href="two.html#y">t</a><a href="../index.html">home</a><a href="one.svg">s</a><a href="#x">x</a>'
    )
    made = joined("p/area/print.html", "", {"p/one.html": own, "p/two.html": ""})
    assert re.findall(r'href="([^"]*)"', made) == ["#two--y", "../../index.html", "../one.svg", "#one--x"]


PRINTED = '<!doctype html><html lang="en"><body><article>x</article></body></html>'


def test_a_sheet_says_what_it_is_and_where_the_true_page_is() -> None:
    made = imprint.added(
        PRINTED, "Go/no-go", {"owner": "product-operations", "version": "2.0"}, "https://e.org/x/"
    )
    assert (
        "Go/no-go · Product operations · version 2.0. Printed copies are not maintained; see https://e.org/x/<"
        in made
    )
    assert '--hb-sheet: "Go/no-go \\b7  Product operations \\b7  version 2.0"' in made
    assert "data-address" not in made
    assert " data-address" in imprint.added(PRINTED, "x", {}, None)


@pytest.mark.parametrize(
    "title", ["\"'><script>ran()</script>", "a\\", "'; background: url(//e.org)", "a\nb{}"]
)
def test_a_title_cannot_leave_the_style_that_it_is_in(title: str) -> None:
    made = imprint.added(PRINTED, title, {"owner": title, "version": title}, title)
    style = re.findall(r"<html style='([^'<>]*)' lang", made)
    assert len(style) == 1
    assert re.fullmatch(r'(--hb-\w+: "(?:[A-Za-z0-9 .,:/-]|\\[0-9a-f]+ )*"(; |$)){2}', style[0])
    assert "<script" not in made


def test_a_page_without_an_article_stays_as_it_is() -> None:
    assert imprint.added("<html></html>", "x", {}, None) == "<html></html>"


def test_the_owner_and_the_version_are_in_the_head_of_a_page() -> None:
    assert 'owner: "Product operations"' in small.made()["processes/go-no-go.md"].text
    sources = literal(small.FILES)
    settings, _ = check.read_settings(sources)
    here = Here(handbook=check.load(sources, settings).handbook, settings=settings, path="")
    assert [section.path for section in printing.sections(replace(here, path="index.md"))] == [PAGE]
