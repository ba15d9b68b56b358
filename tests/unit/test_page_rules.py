"""Rules on pages where their examples do not reach: what is suggested, and what is no mistake at all."""

from __future__ import annotations

from datetime import date

import pytest

from handbook.check import check, read_settings
from handbook.finding import Finding
from handbook.rules import pages
from handbook.schema import files
from handbook.sources import literal
from tests.rules.example import BASE, complete

HERE = "docs/guides/example.md"
GROUPS = {"missing-front-matter", "orphan-page"}  #: what a page that is only an example may lack


def findings(text: str, others: dict[str, str] | None = None) -> list[Finding]:
    """What is found in a page, with other files beside it."""
    sources = literal(
        {**BASE, **{path: complete(path, given) for path, given in (others or {}).items()}, HERE: text}
    )
    settings, _ = read_settings(sources)
    found = check(sources, settings, date(2026, 10, 5))
    return [finding for finding in found if finding.path == HERE and finding.rule not in GROUPS]


def told(text: str, others: dict[str, str] | None = None) -> list[tuple[str, str]]:
    return [(finding.rule, finding.message) for finding in findings(text, others)]


MOVED = {"docs/tutorial/launch.md": "# Launch\n\nText.\n"}
BROKEN: dict[str, tuple[str, str]] = {
    "a slip": ("[a](first-wek.md)", 'there is no page or file "docs/guides/first-wek.md"; did you mean "first-week.md"?'),
    "nothing near": ("[a](zzz.md)", 'there is no page or file "docs/guides/zzz.md"'),
    "moved to another folder": ("[a](launch.md)", 'there is no page or file "docs/guides/launch.md"; did you mean "../tutorial/launch.md"?'),
    "a record": ("[a](../processes/arund.md)", 'there is no page or file "docs/processes/arund.md"; did you mean "../processes/around.md"?'),
    "a folder without a page": ("[a](../nothing/)", 'there is no page or file "docs/nothing/"'),
    "outside of the pages": ("[a](../../README.md)", '"README.md" is not below docs/, so the site does not have it'),
    "outside of the handbook": ("[a](../../../a.md)", '"../a.md" is not below docs/, so the site does not have it'),
    "by reference": ("[a]\n\n[a]: zzz.md", 'there is no page or file "docs/guides/zzz.md"'),
    "with a character reference": ("[a](zzz.md?a&amp;b)", 'there is no page or file "docs/guides/zzz.md"'),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=list(BROKEN))
def test_a_link_that_leads_nowhere_is_told_with_what_may_be_meant(text: str, message: str) -> None:
    assert told(f"# Example\n\n{text}\n", {**MOVED, "README.md": "# A\n"}) == [("broken-link", message)]


ANCHORS: dict[str, tuple[str, str]] = {
    "of this page": ("[a](#exampel)", 'this page has no section "#exampel"; did you mean "#example"?'),
    "of this page by its name": ("[a](example.md#zzz)", 'this page has no section "#zzz"'),
    "of another page": ("[a](first-week.md#second-dya)", '"docs/guides/first-week.md" has no section "#second-dya"; did you mean "#second-day"?'),
    "of a record": ("[a](../processes/around.md#step-b)", '"docs/processes/around.md" has no section "#step-b"; did you mean "#step-a"?'),
    "of a list": ("[a](../processes/index.md#zzz)", '"docs/processes/index.md" has no section "#zzz"'),
    "with capitals": ("[a](first-week.md#Second-day)", '"docs/guides/first-week.md" has no section "#Second-day"; did you mean "#second-day"?'),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), ANCHORS.values(), ids=list(ANCHORS))
def test_a_section_that_is_not_there_is_told_with_what_may_be_meant(text: str, message: str) -> None:
    assert told(f"# Example\n\n{text}\n") == [("broken-anchor", message)]


GOOD = {
    "a page": "[a](first-week.md#second-day)",
    "a page by a way around": "[a](../guides/./first-week.md)",
    "this page": "[a](#example) and [b](example.md)",
    "a page of a record": "[a](../processes/around.md#step-a) and [b](../roles/qa-lead.md#duties)",
    "what a role does in a process": "[a](../roles/qa-lead.md#in-process-around)",
    "a list of records": "[a](../processes/index.md#operations) and [b](../terms/index.md)",
    "a page about the engine": "[a](../reference/rules/index.md#links) and [b](../reference/rules/broken-link.md)",
    "a file": "[a](../assets/flow.svg)",
    "a part of a file": "[a](../assets/flow.svg#page=2)",
    "a question": "[a](first-week.md?plain=1)",
    "signs of the web": "[a](first%2Dweek.md#second%2Dday)",
    "what the theme and the browser make": "[a](#__search) and [b](#fn:1) and [c](#:~:text=a)",
    "addresses": "[a](https://acme.io/a.md) <mailto:a@acme.io> [b](tel:+491) [c](//acme.io/a.md)",
    "what a program fills in": "[a]({{ address }})",
    "code": "`[a](zzz.md)`",
    "a list in which Python-Markdown sees code": "1. a\n\n        [a](zzz.md)\n",
    "a definition that nobody uses": "[a]: zzz.md",
    "an anchor in HTML": '<a id="here"></a> [a](#here)',
    "HTML, which the site leaves as it is": '<a href="../first-week/">a</a> <img src="../../assets/zzz.svg" alt="a">',
    "an image for one colour scheme": "![a](../assets/flow.svg#only-dark)",
    "an include without the extension": '--8<-- "zzz.md"',
    "capitals that shout": "READ THE MANUAL and use HTTP, a `PMM`, PMMX-1 and /PMM/.",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=list(GOOD))
def test_what_is_right_is_left_alone(text: str) -> None:
    assert told(f"# Example\n\n{text}\n") == []


def test_a_section_of_a_record_that_has_errors_of_its_own_is_nothing_to_worry_about() -> None:
    others = {"processes/release/broken.yaml": "title: 1\nsteps: []\n"}
    assert told("# Example\n\n[a](../processes/broken.md#step-a)\n", others) == []


def test_sections_that_come_from_another_file_are_nothing_to_worry_about() -> None:
    config = "markdown_extensions: [pymdownx.snippets]\n"
    others = {"mkdocs.yml": config, "docs/guides/other.md": '# Other\n\n--8<-- "docs/guides/first-week.md"\n'}
    assert told("# Example\n\n[a](other.md#second-day)\n", others) == []


SLIPS = {
    "a letter missing": ("sumary: a", "summary"),
    "a letter too many": ("ownner: product-operations", "owner"),
    "a letter wrong": ("ttle: a", "title"),
    "letters that changed places": ("stauts: draft", "status"),
    "a capital": ("Title: a", "title"),
    "a hyphen": ("review-every: 6mo", "review_every"),
    "a space": ("review every: 6mo", "review_every"),
    "plural": ("owners: product-operations", "owner"),
}


@pytest.mark.parametrize(("line", "key"), SLIPS.values(), ids=list(SLIPS))
def test_a_slip_in_a_key_of_the_front_matter_is_mended(line: str, key: str) -> None:
    (found,) = findings(f"---\n{line}\n---\n\n# Example\n\nText.\n")
    assert (found.rule, found.span.line, found.span.column) == ("misspelt-front-matter", 2, 1)
    assert found.fix is not None
    assert (found.fix.safe, [edit.text for edit in found.fix.edits]) == (True, [key])


@pytest.mark.parametrize(
    "key",
    ["hide", "icon", "template", "date", "authors", "description", "reviewer", "x-owner", "tagline", "a"],
)
def test_keys_of_others_in_the_front_matter_are_left_alone(key: str) -> None:
    assert told(f"---\n{key}: a\n---\n\n# Example\n\nText.\n") == []


CLEAN = {
    "the only one": ("https://acme.io/a?utm_source=b", "https://acme.io/a"),
    "the first": ("https://acme.io/a?utm_source=b&c=d", "https://acme.io/a?c=d"),
    "the last": ("https://acme.io/a?c=d&gclid=1", "https://acme.io/a?c=d"),
    "several, with an anchor": ("https://acme.io/a?utm_a=b&c=d&utm_e=f#g", "https://acme.io/a?c=d#g"),
}


@pytest.mark.parametrize(("address", "clean"), CLEAN.values(), ids=list(CLEAN))
def test_parameters_for_tracking_are_taken_out_of_an_address(address: str, clean: str) -> None:
    (found,) = findings(f"# Example\n\n[a]({address})\n")
    assert found.rule == "tracking-parameters"
    assert found.fix is not None
    assert (found.fix.safe, [edit.text for edit in found.fix.edits]) == (True, [clean])


LOCAL = [
    "http://localhost:8000/a",
    "http://127.0.0.1/a",
    "http://intranet/a",
    "http://wiki.internal/a",
    "http://example.com/",
]


@pytest.mark.parametrize("address", LOCAL)
def test_an_address_that_cannot_be_encrypted_is_left_alone(address: str) -> None:
    assert told(f"# Example\n\n[a]({address})\n") == []


def test_a_channel_at_the_beginning_of_a_line_is_told_from_a_second_title() -> None:
    assert told("# Example\n\nAsk in\n#product-ops\n") == [
        ("second-top-heading", '"#product-ops" begins with #, so it is shown as a title')
    ]


def test_the_keys_that_a_slip_is_compared_with_are_those_of_the_schema() -> None:
    assert set(pages.KEYS) == set(files.load("page.schema.json")["properties"])


def test_a_page_full_of_broken_links_is_judged_in_no_time() -> None:
    text = "# Example\n\n" + "".join(f"[a{n}](zzz-{n}.md)\n" for n in range(3000))
    assert len(findings(text)) == 3000
