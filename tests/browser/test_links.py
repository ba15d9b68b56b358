"""Every link of the built site leads to a file and to a place that are there, also links that no Markdown holds."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

HOME = "http://site.example/"


class Seen(HTMLParser):
    """The anchors of a page, and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("id", "name"):
                self.anchors.add(value or "")
            elif name in ("href", "src", "xlink:href") and value:
                self.links.add(value)


def test_no_link_of_the_site_is_dead(site: Path) -> None:
    pages = {
        path.relative_to(site).as_posix(): Seen(path.read_text(encoding="utf-8"))
        for path in site.rglob("*.html")
    }
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
            if not (site / file).is_file() or (there.fragment and unquote(there.fragment) not in anchors):
                dead.add((path, link))
    assert sorted(dead) == []
    assert count > len(pages) > 500
