"""What Python-Markdown itself says of a page, and which extensions it is asked with."""

from __future__ import annotations

import sys

import pytest

from handbook.text import dialect
from handbook.text.confirm import Referee
from handbook.text.dialect import ALWAYS, Dialect

PAGES: dict[str, tuple[str, str, bool]] = {
    "a link": ("[a](b.md)", "b.md", True),
    "an image": ("![a](b.png)", "b.png", True),
    "a link in HTML": ('<a href="b.md">a</a>', "b.md", True),
    "a link by reference": ("[a][1]\n\n[1]: b.md\n", "b.md", True),
    "a target that is escaped": (r"[a](b\_c.md)", r"b\_c.md", True),
    "a target with a reference": ("[a](b.md?c=1&amp;d=2)", "b.md?c=1&amp;d=2", True),
    "code": ("`[a](b.md)`", "b.md", False),
    "a fence": ("```\n[a](b.md)\n```", "b.md", False),
    "a reference that nobody uses": ("[1]: b.md\n", "b.md", False),
    "front matter": ("---\na: '[a](b.md)'\n---\nb\n", "b.md", False),
    "another link": ("[a](c.md)", "b.md", False),
}


@pytest.mark.parametrize(("text", "target", "there"), PAGES.values(), ids=list(PAGES))
def test_a_link_is_one_where_python_markdown_makes_one(text: str, target: str, there: bool) -> None:
    assert Referee().really_links(text, target) is there


def test_an_anchor_is_one_where_python_markdown_makes_one() -> None:
    page = "# A *b*\n\n<a id='c'></a>\n\n**d**{ #e }\n"
    assert [Referee().really_has(page, anchor) for anchor in ("a-b", "c", "e", "d")] == [
        True,
        True,
        True,
        False,
    ]


CONFIGS: dict[str, tuple[bytes | None, tuple[str, ...]]] = {
    "no file": (None, Dialect().extensions),
    "not YAML": (b"a: [", Dialect().extensions),
    "not a mapping": (b"- a\n", Dialect().extensions),
    "bytes that are no text": (b"\xff\xfe\x00", Dialect().extensions),
    "nothing said": (b"site_name: A\n", ALWAYS),
    "names": (
        b"markdown_extensions: [admonition, pymdownx.details]\n",
        (*ALWAYS, "admonition", "pymdownx.details"),
    ),
    "names in full": (b"markdown_extensions: [markdown.extensions.footnotes]\n", (*ALWAYS, "footnotes")),
    "settings": (b"markdown_extensions:\n  - toc: {permalink: true}\n  - def_list\n", (*ALWAYS, "def_list")),
    "one mapping": (b"markdown_extensions:\n  toc: {}\n  def_list:\n", (*ALWAYS, "def_list")),
    "code of somebody": (b"markdown_extensions: [os.system, my.own, subprocess]\n", ALWAYS),
    "extensions that read files": (b"markdown_extensions: [pymdownx.snippets, pymdownx.b64]\n", ALWAYS),
    "tags": (
        b"theme: !!python/name:os.system\nplugins: !!python/object/apply:os.system [exit]\nsite_name: !ENV [A, b]\n"
        b"markdown_extensions:\n  - pymdownx.superfences: {custom_fences: [{format: !!python/name:os.system }]}\n",
        (*ALWAYS, "pymdownx.superfences"),
    ),
}


@pytest.mark.parametrize(("config", "extensions"), CONFIGS.values(), ids=list(CONFIGS))
def test_only_known_extensions_are_taken_from_the_settings_of_a_site(
    config: bytes | None, extensions: tuple[str, ...]
) -> None:
    assert dialect.read(config).extensions == extensions


def test_anchors_follow_the_function_that_a_site_sets_for_them() -> None:
    config = b"markdown_extensions:\n  - toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}\n"
    referee = Referee(dialect.read(config))
    assert (referee.really_has("# A & b\n", "a--b"), referee.really_has("# A & b\n", "a-b")) == (True, False)


def test_anchors_follow_the_separator_that_a_site_sets_for_them() -> None:
    referee = Referee(dialect.read(b"markdown_extensions:\n  - toc: {separator: _}\n"))
    assert referee.really_has("# A b\n", "a_b")


def test_files_are_included_only_where_the_site_says_so() -> None:
    said = [dialect.read(config).includes for config in (None, b"markdown_extensions: [pymdownx.snippets]\n")]
    assert said == [False, True]


NAVIGATIONS: dict[str, tuple[bytes, list[bool]]] = {
    "none": (b"site_name: A\n", [True, True]),
    "a page": (b"nav:\n  - index.md\n  - Guides:\n      - A guide: guides/a.md\n", [True, False]),
    "a folder": (b"nav:\n  - Guides: guides/\n", [True, True]),
    "others": (b"nav: [index.md]\n", [False, False]),
    "endless": (b"nav: &a [*a, index.md]\n", [False, False]),
}


@pytest.mark.parametrize(("config", "shown"), NAVIGATIONS.values(), ids=list(NAVIGATIONS))
def test_a_page_is_in_the_navigation_by_its_name_or_its_folder(config: bytes, shown: list[bool]) -> None:
    found = dialect.read(config)
    assert [found.shows(path) for path in ("guides/a.md", "guides/b.md")] == shown


def test_an_extension_that_is_not_installed_is_left_out() -> None:
    assert Referee(Dialect(("toc", "pymdownx.there_is_none"))).really_has("# A\n", "a")


def test_without_python_markdown_the_outline_has_the_last_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "markdown", None)
    referee = Referee()
    assert referee.really_links("`[a](b.md)`", "b.md")
    assert (referee.really_has("# A\n", "a"), referee.really_has("# A\n", "b")) == (True, False)


def test_a_page_that_is_nested_without_end_is_no_trouble() -> None:
    assert Referee().really_links("> " * 5000 + "[a](b.md)", "b.md")


def test_confirming_needs_no_import_before_there_is_something_to_confirm() -> None:
    Referee(Dialect())
    assert "_reader" not in vars(Referee())
