"""Text from records is shown as it is typed, and Markdown from them runs nothing. See docs/explanation/trust.md."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser

import pytest

from tests.site import small

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[x](javascript:alert(1))",
    "![x](https://example.com/x.png)",
    "[x][y]",
    "<https://example.com>",
    "**bold** __bold__ *it* _it_ ~~gone~~ ==mark== ++ctrl+c++ ^up^ ~down~",
    "`code` ``code``",
    'word{ onclick="alert(1)" .x #y }',
    "{: #y }",
    "a | b | c",
    "# heading",
    "1. item",
    "12) item",
    "- item",
    "+ item",
    "> quote",
    '!!! danger "x"',
    '??? note "x"',
    ":   definition",
    "---",
    "===",
    ":smile: and https://example.com and www.example.com and a@example.com",
    "{{ config }} {% raw %} $x$ \\(y\\)",
    "*[abbr]: text",
    "[^1]: note",
    '--8<-- "handbook.toml"',
    "back\\slash \\* and trailing \\",
    'quotes " and \' and " onload="alert(1)',
    "R&D, AT&T and Q&A; x = 1 & y",
]


class _Seen(HTMLParser):
    """The elements, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def dangers(self) -> list[str]:
        found = [
            tag
            for tag in self.tags
            if tag in ("script", "img", "style", "iframe", "svg", "object", "title", "form")
        ]
        for name, value in self.attributes:
            scheme = re.sub(r"[\s\x00-\x1f]", "", value).lower()
            if (
                name.startswith("on")
                or name == "style"
                or (name in ("href", "src") and re.match(r"(javascript|data|vbscript):", scheme))
            ):
                found.append(f"{name}={value}")
        return found


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_from_a_record_is_shown_as_it_is_typed(hostile: str) -> None:
    quoted = json.dumps(hostile)
    files = small.FILES | {
        "processes/release/go-no-go.yaml": small.FILES["processes/release/go-no-go.yaml"]
        .replace("title: Go/no-go decision", f"title: {quoted}")
        .replace("summary: Decide, with evidence, whether a launch goes ahead.", f"summary: {quoted}")
        .replace("outcome: A recorded decision", f"outcome: {quoted}")
        .replace("title: Collect the evidence,", f"title: {quoted},")
        .replace("when: Go,", f"when: {quoted},")
        .replace("[Every gate is green]", f"[{quoted}]"),
        "processes/catalog/teams.yaml": small.FILES["processes/catalog/teams.yaml"].replace('"#ops"', quoted),
    }
    pages = small.made(files)
    expected = " ".join(hostile.split())
    seen = _Seen(small.without_drawings(small.rendered(small.body(pages["processes/go-no-go.md"]))))
    assert seen.dangers == []
    # title, summary, outcome, heading of the step, its row, answer, point to tick, channel, and links to it
    assert " ".join(seen.text.split()).count(expected) >= 8
    for path in (
        "processes/index.md",
        "roles/head-of-product.md",
        "onboarding/analyst.md",
        "teams/product-operations.md",
    ):
        other = _Seen(small.without_drawings(small.rendered(small.body(pages[path]))))
        assert other.dangers == [], path
        assert expected in " ".join(other.text.split()), path


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_from_a_company_rule_is_shown_as_it_is_typed(hostile: str) -> None:
    quoted = json.dumps(hostile)
    rule = f'name = "our-rule"\nkind = "process"\nmessage = {quoted}\nwhy = {quoted}\nhelp = {quoted}'
    condition = f'require = {{ key = "title", equals = {quoted} }}'
    settings = {"handbook.toml": f"[[company]]\n{rule}\n{condition}\n"}
    page = _Seen(small.rendered(small.body(small.made(small.FILES | settings)["reference/rules/index.md"])))
    assert page.dangers == []
    row = " ".join(page.text.partition("our-rule")[2].split())
    assert row.lower().count(" ".join(hostile.lower().split())) == 4  # a sentence begins with a capital


@pytest.mark.parametrize("hostile", HOSTILE)
def test_front_matter_is_safe_where_a_theme_does_not_escape_it(hostile: str) -> None:
    title = f"title: {json.dumps(hostile)}"
    files = small.FILES | {
        "processes/release/go-no-go.yaml": small.FILES["processes/release/go-no-go.yaml"].replace(
            "title: Go/no-go decision", title
        )
    }
    head = small.made(files)["processes/go-no-go.md"].text.splitlines()[1]
    value = json.loads(head.removeprefix("title: "))
    assert not set('<>"') & set(value)
    assert html.unescape(value) == value


MARKDOWN = [
    (
        "**bold** and [guide](guides/tiers.md)",
        '<strong>bold</strong> and <a href="../guides/tiers.md">guide</a>',
    ),
    ("[site](https://example.com/a?b=1&c=2)", 'href="https://example.com/a?b=1&amp;c=2"'),
    ("[mail](mailto:a@example.com)", 'href="mailto:a@example.com"'),
    ("<https://example.com>", '<a href="https://example.com">'),
    ("# Title", ">Title</h4>"),
    ("Title\n---", "<p>Title</p>\n<hr"),
    ("```yaml\nkey: value\n```", "highlight"),
    ("```\n<b>{{ x }}\n```", "&#60;b&#62;"),
    ("`<b>` and `a`", "<code>&#60;b&#62;</code> and <code>a</code>"),
    ("- [ ] box\n- list", "<li"),
]


@pytest.mark.parametrize(("written", "shown"), MARKDOWN)
def test_markdown_from_a_record_stays_markdown(written: str, shown: str) -> None:
    assert shown in small.rendered(_with_instructions(written))


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "text\n\n<div onclick=alert(1)>\n\nx\n\n</div>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\nscript:alert(1))",
        "[x](javascript&#58;alert(1))",
        "[x](&#x6A;avascript:alert(1))",
        "[x](<javascript:alert(1)>)",
        "[x]( javascript:alert(1) )",
        "[x](//example.com/x)",
        "[x](../../../etc/passwd.md)",
        "![x](javascript:alert(1))",
        "![x](https://example.com/track.png)",
        '[x](https://example.com "t" onmouseover="alert(1)")',
        "[x][y]\n\n[y]: javascript:alert(1)",
        "[y]: javascript:alert(1)\n\n[y]",
        "> [y]: javascript:alert(1)\n\n[y]",
        '**x**{ onclick="alert(1)" }',
        '# x { onclick="alert(1)" }',
        "text\n{: onclick=alert(1) }",
        '``` { .yaml onclick="alert(1)" }\nx\n```',
        "```html\n</code></pre><script>alert(1)</script>\n```",
        "````\n```\n<script>alert(1)</script>\n````",
        "```\n<script>alert(1)</script>",
        "``` `\n<script>alert(1)</script>",
        "    <script>alert(1)</script>",
        "`` `<script>alert(1)</script>` ``",
        "\\`<script>alert(1)</script>\\`",
        "`a\n<script>alert(1)</script>`",
        "`[x](javascript:alert(1))",
        "\\`[x](javascript:alert(1))\\`",
        '!!! note "<script>alert(1)</script>"\n    <script>alert(1)</script>',
        '*[HTML]: "><script>alert(1)</script>\n\nHTML',
        "<!-- -->\n<script>alert(1)</script>",
        "<javascript:alert(1)>",
        "| a |\n|---|\n| <script>alert(1)</script> [x](javascript:alert(1)) |",
        '--8<-- "handbook.toml"',
    ],
)
def test_markdown_from_a_record_cannot_run_anything(hostile: str) -> None:
    page = small.without_drawings(small.rendered(_with_instructions(hostile)))
    assert [danger for danger in _Seen(page).dangers if danger != "style=text-align: left;"] == []
    assert 'passwd.md"' not in page
    assert 'href="//' not in page


def _with_instructions(written: str) -> str:
    """Return the Markdown of a page with a text in it."""
    files = small.FILES | {
        "processes/release/go-no-go.yaml": small.FILES["processes/release/go-no-go.yaml"].replace(
            "instructions: Ask for **links**, not for opinions.", f"instructions: {json.dumps(written)}"
        )
    }
    return small.body(small.made(files)["processes/go-no-go.md"])
