"""Every link of the built site leads to a file and to a place that are there, also links that no Markdown holds."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html  # type: ignore[import-untyped]

HOME = "http://site.example/"


class Seen:
    """The anchors of a page, and where its links lead."""

    def __init__(self, text: bytes) -> None:
        root = html.document_fromstring(text)
        self.anchors = {str(value) for value in root.xpath("//@id | //@name")}
        self.links = {str(value) for value in root.xpath("//@href | //@src | //@*[name() = 'xlink:href']")}
        self.links.discard("")


def test_no_link_of_the_site_is_dead(site: Path) -> None:
    pages = {path.relative_to(site).as_posix(): Seen(path.read_bytes()) for path in site.rglob("*.html")}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    dead, count = set(), 0
    for path, page in pages.items():
        here = HOME if path == "404.html" else HOME + path.removesuffix("index.html")
        for link in page.links:
            there = urlsplit(urljoin(here, link))
            if f"{there.scheme}://{there.netloc}/" != HOME:
                continue
            count += 1
            file = unquote(there.path).lstrip("/")
            file += "index.html" if file.endswith("/") or not file else ""
            anchors = pages[file].anchors if file in pages else set()
            if file not in files or (there.fragment and unquote(there.fragment) not in anchors):
                dead.add((path, link))
    assert sorted(dead) == []
    assert count > len(pages) > 500
