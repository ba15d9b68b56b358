"""Boxes of task lists have names, in the HTML that Python-Markdown makes of our pages and of those written by hand."""

from __future__ import annotations

import importlib

import pytest

from tests.site import small


def html(text: str, **settings: bool) -> str:
    """Return HTML as the site shows it, with the names."""
    found: str = importlib.import_module("markdown").markdown(
        text,
        extensions=["attr_list", "pymdownx.tasklist", "handbook.site.boxes"],
        extension_configs={"pymdownx.tasklist": settings},
    )
    return found


@pytest.mark.parametrize("custom", [False, True], ids=["plain", "custom"])
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("- [ ] Ask *twice* about [it](x.md)", 'aria-label="Ask twice about it"'),
        ('- [x] Say “yes” & "no" <b>now</b>', 'aria-label="Say “yes” &amp; &quot;no&quot; now"'),
        (
            "- [ ] **Manager**{ .actor-manager } **Meet [them](x.md).**{ #meet } Soon",
            'aria-labelledby="meet"',
        ),
        ("- [ ] Above\n    - [ ] Below", 'aria-label="Above"'),
        ("- [ ] Above\n    - [ ] Below", 'aria-label="Below"'),
        ("- [ ] One\n\n- [ ] Two\n\n    More", 'aria-label="Two"'),
    ],
    ids=["text", "quotes", "title", "outer", "inner", "loose"],
)
def test_a_box_is_named_by_what_stands_beside_it(text: str, name: str, custom: bool) -> None:
    assert f'<input type="checkbox" {name}' in html(text, custom_checkbox=custom)


def test_nothing_but_boxes_of_task_lists_changes() -> None:
    text = '<input type="checkbox"> mine\n\n- [no box](x.md)\n\n`- [ ] code`'
    assert "aria-" not in html(text)


def test_every_box_of_our_pages_gets_a_name() -> None:
    text = "\n\n".join(small.body(page) for path, page in small.made().items() if path.endswith(".md"))
    made = html(text)
    assert made.count('type="checkbox" aria-label') == made.count('type="checkbox"') > 10
