"""Words of the glossary are explained where a page first uses them, and nowhere else."""

from __future__ import annotations

import pytest
from markdown import Markdown  # type: ignore[import-untyped]

from handbook import check
from handbook.site import glossary, term
from handbook.sources import literal
from tests.site import small

TERMS = [
    ["General availability: For all <of> you.", "terms/ga.md", "GA", "general availability", "full release"],
    ["Launch manager: Keeps the plan.", "terms/launch-manager.md", "Launch manager"],
    ["Manager: Leads.", "terms/manager.md", "The manager"],
    ["Objectives: What we want.", "terms/okr.md", "OKR"],
    ["Research and development: R&D.", "terms/rd.md", "R&D"],
]


def marks(html: str, address: str | None = "x/") -> str:
    """The HTML with its marks."""
    return glossary.marked(html, glossary._names(tuple(map(tuple, TERMS))), lambda path: address)


def words(html: str) -> list[str]:
    """What is marked in HTML."""
    return [
        piece.partition(">")[2].partition("</a>")[0] for piece in marks(html).split('<a class="term"')[1:]
    ]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>GA and GA.</p>", ["<abbr>GA</abbr>"]),
        ("<p>At General\navailability (GA).</p>", ["General\navailability"]),
        ("<p>ga, GAP, e-GA, GA-1, x/GA</p>", []),
        ("<p>All OKRs</p>", ["<abbr>OKRs</abbr>"]),
        ("<p>Two launch managers, the launch manager, the manager.</p>", ["launch managers", "the manager"]),
        ("<p>R&amp;D</p>", ["<abbr>R&amp;D</abbr>"]),
        (
            '<h2 id="ga">GA</h2><p><a href="#">GA</a> <code>GA</code></p><pre>GA</pre><td title="GA > GA"></td>',
            [],
        ),
        ("<svg><a><text>GA</text></a> GA</svg><table><th>GA</th><td>GA</td></table>", ["<abbr>GA</abbr>"]),
        ("<h1>General availability</h1><p>GA is when; OKR</p>", ["<abbr>OKR</abbr>"]),
        ("<p>nothing</p>", []),
        ("GA", ["<abbr>GA</abbr>"]),
    ],
)
def test_the_first_use_in_running_text_is_explained(html: str, found: list[str]) -> None:
    assert words(html) == found


def test_a_mark_leads_to_the_page_of_the_word_and_has_its_meaning_as_title() -> None:
    title = 'title="General availability: For all &lt;of&gt; you."'
    assert marks("a GA") == f'a <a class="term" href="x/" {title}><abbr>GA</abbr></a>'
    assert marks("a GA", None) == f'a <abbr class="term" {title}>GA</abbr>'
    assert marks("a full release", None) == "a full release"


def test_markdown_without_mkdocs_explains_short_forms() -> None:
    html = Markdown(
        extensions=["handbook.site.glossary"], extension_configs={"handbook.site.glossary": {"terms": TERMS}}
    )
    assert html.convert("# GA\n\nA GA.").endswith('you.">GA</abbr>.</p>')
    assert Markdown(extensions=["handbook.site.glossary"]).convert("GA") == "<p>GA</p>"


def test_names_that_somebody_may_write_by_chance_are_not_looked_for() -> None:
    files = small.FILES | {
        "processes/catalog/terms.yaml": "gate: {title: Gate, summary: A decision., also: [stop, go or stop]}\n"
        "tier: {title: Tier, summary: A size.}\nring: {title: Rollout ring, summary: Some users., abbreviation: RR}\n"
    }
    sources = literal(files)
    settings, _ = check.read_settings(sources)
    assert term.marks(check.load(sources, settings).handbook) == [
        ["Gate: A decision.", "terms/gate.md", "go or stop"],
        ["Rollout ring: Some users.", "terms/ring.md", "RR", "Rollout ring"],
    ]
