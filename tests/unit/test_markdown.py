"""The front matter of pages."""

from __future__ import annotations

import pytest

from handbook.text import markdown
from handbook.text.yaml import Value

PAGES: dict[str, tuple[str, Value]] = {
    "none": ("# A page\n", {}),
    "empty page": ("", {}),
    "front matter": ("---\ntitle: A page\n---\n# A page\n", {"title": "A page"}),
    "nothing in it": ("---\n---\n# A page\n", {}),
    "only spaces in it": ("---\n  \n---\n", {}),
    "closed with dots": ("---\ntitle: A page\n...\n", {"title": "A page"}),
    "spaces after the hyphens": ("--- \ntitle: A page\n---\t\n", {"title": "A page"}),
    "lines of Windows": ("---\r\ntitle: A page\r\n---\r\n# A page\r\n", {"title": "A page"}),
    "byte order mark": ("\ufeff---\ntitle: A page\n---\n", {"title": "A page"}),
    "no last line break": ("---\ntitle: A page\n---", {"title": "A page"}),
    "never closed": ("---\ntitle: A page\n", {}),
    "not at the top": ("\n---\ntitle: A page\n---\n", {}),
    "four hyphens": ("----\ntitle: A page\n---\n", {}),
    "hyphens in a line": ("---\ntitle: a --- b\n---\n", {"title": "a --- b"}),
    "a rule further down": ("---\na: 1\n---\ntext\n\n---\nb: 2\n---\n", {"a": 1}),
}


@pytest.mark.parametrize(("text", "data"), PAGES.values(), ids=list(PAGES))
def test_a_page_is_read_as_its_front_matter(text: str, data: Value) -> None:
    document = markdown.read("a.md", text.encode())
    assert (document.path, document.data, document.faults) == ("a.md", data, ())


FAULTS = {
    "country code": (b"---\nmarket: NO\n---\n", "ambiguous-value", 2, 9),
    "merge left half done in the text": (
        b"---\na: 1\n---\n\n<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n",
        "conflict-marker",
        5,
        1,
    ),
    "merge left half done, lines of Windows": (
        b"a\r\n<<<<<<< a\r\nb\r\n=======\r\nc\r\n>>>>>>> d\r\n",
        "conflict-marker",
        2,
        1,
    ),
    "secret": (b"# A\n\nUse AKIAQ3TZ5LMNOP2RSXYA.\n", "secret-in-text", 3, 5),
    "private address behind a byte order mark": ("\ufeffé a.b@gmail.com\n".encode(), "personal-data", 1, 3),
    "colon in a value": (b"---\ntitle: A: b\n---\n", "invalid-yaml", 2, 9),
    "key given twice": (b"---\na: 1\na: 2\n---\n", "duplicate-key", 3, 1),
    "byte order mark": (b"\xef\xbb\xbf---\ntitle: @a\n---\n", "invalid-yaml", 2, 8),
    "directive": (b"---\n%YAML 1.1\n---\n", "unsupported-yaml", 2, 1),
    "control character": (b"---\na: 1\nb: \x07\n---\n", "invalid-yaml", 3, 4),
    "merge left half done": (b"---\n<<<<<<< HEAD\n>>>>>>> x\n---\n", "invalid-yaml", 2, 1),
    "Latin-1 in the text": ("---\na: 1\n---\n\né\n".encode("latin-1"), "not-utf8", 5, 1),
    "UTF-16": ("# A page\n".encode("utf-16"), "not-utf8", 1, 1),
    "too large": (b"---\na: |\n" + b"  xxxxxxx\n" * 110_000 + b"---\n", "file-too-large", 2, 1),
}


@pytest.mark.parametrize(("source", "rule", "line", "column"), FAULTS.values(), ids=list(FAULTS))
def test_a_mistake_is_found_in_the_lines_of_the_page(
    source: bytes, rule: str, line: int, column: int
) -> None:
    faults = markdown.read("a.md", source).faults
    assert [(fault.rule, fault.span.line, fault.span.column) for fault in faults] == [(rule, line, column)]


HARMLESS = {
    "marks shown on their own": b"# A\n\n<<<<<<< is how Git begins\n",
    "a heading underlined between marks": b"<<<<<<< a\nb\n=======\n",
    "the key of the documentation": b"AKIAIOSFODNN7EXAMPLE\n",
    "the form of a token": b"ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
    "the head of a key without the key": b"It begins with -----BEGIN PRIVATE KEY-----\n",
    "an address at work": b"ask@example.com and a@b.example\n",
    "a placeholder": b"you@gmail.com\n",
}


@pytest.mark.parametrize("source", HARMLESS.values(), ids=list(HARMLESS))
def test_what_only_looks_like_an_accident_is_left_alone(source: bytes) -> None:
    assert markdown.read("a.md", source).faults == ()


def test_front_matter_comes_with_the_number_of_lines_above_it() -> None:
    assert markdown.front_matter(b"---\na: 1\n---\ntext\n") == (b"a: 1\n", 1)
    assert markdown.front_matter(b"text\n") == (b"", 0)
