"""The pages: what they say, that their links lead somewhere, and that the same handbook gives the same bytes."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from handbook.model.kinds import KINDS
from tests.site import small

PROCESS = """\
---
title: "Go/no-go decision"
description: "Decide, with evidence, whether a launch goes ahead."
tags:
  - "launch"
---

[Processes](index.md)
{ .kind }

# Go/no-go decision

Decide, with evidence, whether a launch goes ahead.
{ .summary }

Why
:   One accountable person decides on stated evidence.

Skip it when
:   The launch is tier 4.

Starts with
:   A launch reaches its readiness review; from [Launch management](launch-management.md)

Ends with
:   A recorded decision

Accountable
:   [Head of product](../roles/head-of-product.md)

How long
:   3 working days; promised within 5 working days

How often
:   12 times a quarter

Owner
:   [Product operations](../teams/product-operations.md), ask in `#ops`

Last reviewed
:   5 October 2026, every 6 months

## Steps { #steps }

### 1. Collect the evidence { #step-collect }

[Analyst](../roles/analyst.md) · 3 hours of work · takes 1 working day · in [Workspace](../tools/workspace.md)
{ .byline }

Produces
:   [QA report](../artifacts/qa-report.md)

### 2. Go or fix? { #step-decide }

[Head of product](../roles/head-of-product.md)
{ .byline }

Ask before
:   [Analyst](../roles/analyst.md)

On evidence from
:   [QA report](../artifacts/qa-report.md)

Ask for **links**, not for opinions.

- [ ] Every gate is green

| Answer | What follows | How often |
| --- | --- | --- |
| **Go** | The process ends: The launch goes ahead | 75\u00a0% |
| **Fix first** | [3&#46; Fix what blocks the launch](#step-fix) | 25\u00a0% |

### 3. Fix what blocks the launch { #step-fix }

[Analyst](../roles/analyst.md) · takes 2 working days
{ .byline }

After
:   [2&#46; Go or fix?](#step-decide) (Fix first)

Then
:   back to [2&#46; Go or fix?](#step-decide), at most 3 times

## Who does what { #who-does-what }

| Step | [Analyst](../roles/analyst.md) | [Head of product](../roles/head-of-product.md) |
| --- | --- | --- |
| [1&#46; Collect the evidence](#step-collect) | **R**{ .raci-r } | **A**{ .raci-a } |
| [2&#46; Go or fix?](#step-decide) | **C**{ .raci-c } | **R**{ .raci-r } **A**{ .raci-a } |
| [3&#46; Fix what blocks the launch](#step-fix) | **R**{ .raci-r } | **A**{ .raci-a } |

**R**{ .raci-r } does it · **A**{ .raci-a } answers for it · **C**{ .raci-c } is asked before · **I**{ .raci-i } is told after
{ .legend }

## Inputs and outputs { #inputs-and-outputs }

| In or out | Artifact | What it is |
| --- | --- | --- |
| In | [Brief](../artifacts/brief.md) | One page. |

## Metrics { #metrics }

| Metric | Target | What it says |
| --- | --- | --- |
| [On time](../metrics/on-time.md) | at least 90\u00a0% | Share on time. |

## Before and after { #before-and-after }

Follows
:   [Launch management](launch-management.md)

Is part of
:   [Launch management: Decide](launch-management.md#step-run)

## Further reading { #further-reading }

- [How to choose a tier](../guides/tiers.md)

## Where it is mentioned { #mentions }

Onboarding paths
:   [Analyst](../onboarding/analyst.md)
"""


def test_a_process_answers_its_reader_from_top_to_bottom() -> None:
    page = small.made()["processes/go-no-go.md"]
    assert page.text == PROCESS
    assert page.source == "processes/release/go-no-go.yaml"


def test_every_record_and_every_kind_has_a_page() -> None:
    pages = small.made()
    for kind in KINDS.values():
        below = [path for path in pages if posixpath.dirname(path) == kind.pages]
        assert f"{kind.pages}/index.md" in below
        assert len(below) > 1, kind


def test_a_record_called_index_does_not_replace_the_list_of_its_kind() -> None:
    pages = small.made()
    assert pages["terms/index.md"].source is None
    assert pages["terms/index_.md"].source == "processes/catalog/terms.yaml"


def test_the_order_of_the_files_does_not_matter() -> None:
    assert small.made() == small.made(dict(reversed(small.FILES.items())))


def test_a_handbook_without_records_still_has_its_lists() -> None:
    assert "There is nothing here yet." in small.made({})["processes/index.md"].text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "processes/launch-management.md",
            '!!! warning "Deprecated"\n\n    Still valid, and being replaced. Use [Go/no-go decision]',
        ),
        ("processes/launch-management.md", "Starts with\n:   Every week on Thursday\n"),
        ("roles/analyst.md", "| **C**{ .raci-c } | [Go or fix?](../processes/go-no-go.md#step-decide)"),
        (
            "roles/analyst.md",
            "| 26\u00a0Jan\u00a02027 | [Dashboards](../launches/dashboards.md) | **Under way**{ .status-active } | 0 open of 1 | Kenji M. |",
        ),
        (
            "roles/head-of-product.md",
            "| T−1 | [Go](../launch-templates/tier-3.md#gate-go) | [Tier 3 launch](../launch-templates/tier-3.md) |",
        ),
        ("launches/dashboards.md", "Progress\n:   1 of 2 tasks done, 1 to do\n"),
        (
            "launches/dashboards.md",
            "**At risk**{ .health-amber } 5 January 2027\n\nThe review is **late**.\n",
        ),
        ("launch-templates/tier-3.md", "| **T** | **Launch**{ #task-launch } |"),
        (
            "onboarding/analyst.md",
            "- [ ] **Manager**{ .actor-manager } **Order access.**{ #order } *30 minutes*{ .meta }\n",
        ),
        (
            "onboarding/analyst.md",
            "- [ ] **Read**{ #read } [How we decide](../processes/go-no-go.md). *evidence: Two questions*{ .meta }\n",
        ),
        (
            "artifacts/qa-report.md",
            "| [Go/no-go decision: Collect the evidence](../processes/go-no-go.md#step-collect) | [Analyst]",
        ),
        (
            "metrics/on-time.md",
            "| Launch template | [Tier 3 launch](../launch-templates/tier-3.md) | at least 80\u00a0% |",
        ),
        ("teams/product-operations.md", "### Onboarding paths { #owns-onboarding }"),
        (
            "terms/index.md",
            "**[Gate](gate.md) (GT)**{ #gate }\n:   A decision.\n    *Also called: checkpoint. Not: stage gate. See: [Index](index_.md).*",
        ),
        ("tools/workspace.md", "How we use it\n:   [Tiers](../guides/tiers.md)"),
        ("calendars/company.md", "| 24 December 2026 | 1 January 2027 | Winter |"),
        (
            "reference/records/process.md",
            "| `owner` **required**{ .key-required } | [id of a team](team.md) |",
        ),
        ("reference/rules/index.md", "[unknown-reference](unknown-reference.md)"),
    ],
)
def test_a_page_says(path: str, said: str) -> None:
    assert said in small.made()[path].text


def test_every_link_leads_to_a_page_and_a_place_that_exist() -> None:
    pages = {path: small.rendered(small.body(page)) for path, page in small.made().items()}
    pages |= {
        path.removeprefix("docs/"): small.rendered(text)
        for path, text in small.FILES.items()
        if path.startswith("docs/")
    }
    anchors = {path: set(re.findall(r'id="([^"]+)"', html)) for path, html in pages.items()}
    dead = []
    for path, html in pages.items():
        for href in re.findall(r'href="([^"]+)"', html):
            if ":" in href:
                continue
            way, _, anchor = href.partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), way)) if way else path
            if there not in pages or (anchor and anchor not in anchors[there]):
                dead.append((path, href))
    assert dead == []


def test_a_page_of_this_handbook_says_nothing_about_the_day_it_was_built(root: Path) -> None:
    """No module of the pages reads a clock; the plugin alone does, for the findings."""
    for module in (root / "scripts/handbook/site").glob("*.py"):
        if module.name != "mkdocs.py":
            assert "today" not in re.sub(r'""".*?"""', "", module.read_text(), flags=re.DOTALL), module


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

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)

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
    import json

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
    seen = _Seen(small.rendered(small.body(pages["processes/go-no-go.md"])))
    assert seen.dangers == []
    # title, summary, outcome, heading of the step, its row, answer, point to tick, channel, and links to it
    assert " ".join(seen.text.split()).count(expected) >= 8
    for path in (
        "processes/index.md",
        "roles/head-of-product.md",
        "onboarding/analyst.md",
        "teams/product-operations.md",
    ):
        other = _Seen(small.rendered(small.body(pages[path])))
        assert other.dangers == [], path
        assert expected in " ".join(other.text.split()), path


@pytest.mark.parametrize("hostile", HOSTILE)
def test_front_matter_is_safe_where_a_theme_does_not_escape_it(hostile: str) -> None:
    import html
    import json

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
    html = small.rendered(_with_instructions(hostile))
    assert [danger for danger in _Seen(html).dangers if danger != "style=text-align: left;"] == []
    assert 'passwd.md"' not in html
    assert 'href="//' not in html


def _with_instructions(written: str) -> str:
    """Return the Markdown of a page with a text in it."""
    import json

    files = small.FILES | {
        "processes/release/go-no-go.yaml": small.FILES["processes/release/go-no-go.yaml"].replace(
            "instructions: Ask for **links**, not for opinions.", f"instructions: {json.dumps(written)}"
        )
    }
    return small.body(small.made(files)["processes/go-no-go.md"])
