"""Every format of notes and proposals, from real histories: its form, its limits, and that hostile text is only shown."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree, html  # type: ignore[import-untyped]
from slack_sdk.models.blocks import Block

from handbook.changes.audience import audience
from handbook.changes.formats import FEEDS, FORMATS, renderer
from handbook.changes.history import history, proposed
from handbook.changes.notes import notes
from handbook.changes.proposal import proposal
from handbook.changes.told import Entry, Link, Notes, Section
from handbook.cli import run
from handbook.git.repository import open_repository
from handbook.workspace import open_workspace
from tests.changes.books import BASE, LAUNCH, RELEASE, ROLES, TEMPLATE, Edit, Files, drop, edited, put
from tests.changes.repositories import Repository

ADDRESS = "https://github.com/example/handbook"
SCHEMA = json.loads((Path(__file__).parent.parent.parent / "schemas/output/changes.schema.json").read_text())
EVIL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</h3></article> & <!channel> <@U1> <https://x.y|z>",
    "*b* _i_ ~s~ `c` | a | [x](javascript:alert(1))",
    "\u202eevil \u2066\x1b[31m red\u2028line",
    "@everyone #1 https://evil.example :smile:",
    "W" * 90,
]


def ask_first(title: str = "Security review") -> Edit:
    """Return the edit that adds a step that somebody else has to do."""
    step = {"id": "security", "title": title, "responsible": "security-lead", "duration": "2d"}
    return lambda files: files[RELEASE]["steps"].insert(2, copy.deepcopy(step))


def hostile(files: Files) -> None:
    """Write into every text that is told something that is markup somewhere."""
    for place, title in enumerate(EVIL):
        files[RELEASE]["steps"].insert(
            1, {"id": f"s{place}", "title": title, "responsible": "pm", "duration": "1d"}
        )
        files[f"processes/release/p{place}.yaml"] = {
            **copy.deepcopy(BASE[RELEASE]),
            "title": title,
            "summary": title,
        }
    files[RELEASE]["title"] = EVIL[2]
    files[ROLES]["pm"]["title"] = EVIL[0]
    files[LAUNCH]["title"] = EVIL[1]
    files[TEMPLATE]["process"] = "launch-management"
    files[TEMPLATE]["tasks"][0]["due"] = "-25d"


def many(files: Files) -> None:
    """Change two hundred records, and add as many."""
    for number in range(200):
        process = copy.deepcopy(BASE[RELEASE])
        files[f"processes/release/p{number:03}.yaml"] = {
            **process,
            "title": f"Process {number}",
            "sla": "15d",
        }
        files[f"processes/release/q{number:03}.yaml"] = {**process, "title": f"New process {number}"}


def few(files: Files) -> None:
    """The two hundred records before they change."""
    many(files)
    for number in range(200):
        files[f"processes/release/p{number:03}.yaml"]["sla"] = "20d"
        del files[f"processes/release/q{number:03}.yaml"]


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    return begun(tmp_path / "repository")


def begun(folder: Path) -> Repository:
    repository = Repository(folder)
    repository.commit("The handbook", BASE, tag="v1")
    return repository


Kind = Callable[[Repository], Notes]


def released(*edits: Edit, base: tuple[Edit, ...] = (), readers: str | None = None) -> Kind:
    """Return the notes of these edits, with a reason and a pull request."""

    def write(made: Repository) -> Notes:
        made.commit("Before", edited(*base), tag="v2")
        made.commit(
            f"Change it (#12)\n\nWhy: {EVIL[0]} {EVIL[3]}\nEffective: 2027-01-01", edited(*base, *edits)
        )
        found = history(open_repository(str(made.root)), "v2", "HEAD")
        for_whom = None if readers is None else audience(readers, found.handbook)
        return notes(found, "Our handbook", ADDRESS, for_whom)

    return write


def first(made: Repository) -> Notes:
    return notes(history(open_repository(str(made.root)), None, "v1"), "Our handbook", ADDRESS)


def empty(made: Repository) -> Notes:
    return notes(history(open_repository(str(made.root)), "v1", "v1"), "Our handbook", ADDRESS)


def broken(made: Repository) -> Notes:
    made.commit("Oops", {RELEASE: "title: [\n", "docs/a.md": "# A"})
    return notes(history(open_repository(str(made.root)), "v1", "HEAD"), "Our handbook", ADDRESS)


def suggested(*edits: Edit) -> Kind:
    """Return what a proposal of these edits means."""

    def write(made: Repository) -> Notes:
        made.write(edited(*edits))
        repository = open_repository(str(made.root))
        found = proposed(repository, repository.parting("main"), open_workspace(str(made.root)))
        return proposal(found, ADDRESS, [("Why", EVIL[0]), ("Effective", "2027-01-01")])

    return write


KINDS: dict[str, Kind] = {
    "notes": released(ask_first(), put(TEMPLATE, "process", "launch-management"), drop(RELEASE, "sla")),
    "hostile notes": released(hostile),
    "notes for a role": released(hostile, readers="role:pm"),
    "notes for a team": released(ask_first(), readers="team:product-operations"),
    "first notes": first,
    "an empty range": empty,
    "what cannot be read": broken,
    "only wording": released(put(RELEASE, "purpose", "Other words.")),
    "two hundred changes": released(many, base=(few,)),
    "a proposal": suggested(ask_first()),
    "a hostile proposal": suggested(hostile),
    "a proposal of many": suggested(many),
    "a proposal of nothing": suggested(),
}


_told: dict[str, Notes] = {}  #: notes are values, so each kind is made only once


@pytest.fixture(params=list(KINDS))
def told(request: pytest.FixtureRequest, tmp_path: Path) -> Notes:
    kind: str = request.param
    if kind not in _told:
        _told[kind] = KINDS[kind](begun(tmp_path / "repository"))
    return _told[kind]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_notes_are_the_same_bytes(told: Notes, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    once = renderer(name)(told)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert renderer(name)(told) == once
    assert once.endswith("\n")
    assert not once.endswith("\n\n")
    once.encode()  # no half characters


def test_json_has_the_form_of_its_schema(told: Notes) -> None:
    text = renderer("json")(told)
    data = json.loads(text)
    validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(data)] == []
    assert text.isascii()


def test_json_has_the_keys_of_its_schema_and_no_others(made: Repository) -> None:
    data = json.loads(renderer("json")(KINDS["notes"](made)))
    assert list(data) == SCHEMA["required"] == list(SCHEMA["properties"])
    names = {"changes": "change", "effects": "effect", "launches": "launch", "paths": "path", "reviewers": "reviewer", "commits": "commit"}  # fmt: skip
    for key, name in names.items():
        part = SCHEMA["$defs"][name]
        assert {tuple(entry) for entry in data[key]} == {tuple(part["required"])}, key
        assert list(part["properties"]) == part["required"]


def test_every_key_of_the_schema_is_described() -> None:
    for name, part in (("the whole", SCHEMA), *SCHEMA["$defs"].items()):
        for key, described in part.get("properties", {}).items():
            there = (
                described
                if "description" in described
                else SCHEMA["$defs"][described["$ref"].rpartition("/")[2]]
            )
            assert there["description"].endswith((".", ":")), f"{key} of {name}"


def test_what_json_refers_to_is_in_it(told: Notes) -> None:
    data = json.loads(renderer("json")(told))
    fingerprints = {change["fingerprint"] for change in data["changes"]}
    assert {launch["change"] for launch in data["launches"]} <= fingerprints
    assert {each for path in data["paths"] for each in path["changes"]} <= fingerprints
    commits = {commit["sha"] for commit in data["commits"]}
    assert {sha for change in data["changes"] for sha in change["commits"]} <= commits


def test_json_tells_pages_reverts_people_and_the_tool(made: Repository) -> None:
    made.commit("Page", {"docs/a.md": "# A\n\nYou must ask."}, tag="v2")
    page = made.commit(
        "More\n\nCo-authored-by: Ann <ann@example.com>", {"docs/a.md": "# A\n\nYou must ask twice."}
    )
    tool = made.commit("feat(notes): tell reverts", {"tool.py": "1"})
    made.commit("Ask", {"docs/b.md": "# B"})
    gone = made.git("rev-parse", "HEAD")
    made.git("revert", "--no-edit", "HEAD")
    data = json.loads(
        renderer("json")(notes(history(open_repository(str(made.root)), "v2", "HEAD"), "Our handbook", ""))
    )
    assert data["page_changes"] == [
        {
            "kind": "changed", "path": "docs/a.md", "was": "docs/a.md", "title": "A", "commits": [page],
            "lines": ["Now says “You must ask twice.”.", "No longer says “You must ask.”."],
        }
    ]  # fmt: skip
    back = made.git("rev-parse", "HEAD")
    assert data["reverts"] == [
        {"commit": back, "takes_back": gone, "subject": "Ask", "in_range": True, "again": False}
    ]
    assert data["tool"] == [{"word": "New", "scope": "notes", "text": "Tell reverts.", "commits": [tool]}]
    assert data["people"] == ["Ann", "Test Person"]
    Draft202012Validator(SCHEMA).validate(data)
    for key, name in {"page_changes": "page-change", "reverts": "revert", "tool": "tool-change"}.items():
        assert (
            sorted(data[key][0])
            == sorted(SCHEMA["$defs"][name]["required"])
            == sorted(SCHEMA["$defs"][name]["properties"])
        )


def test_json_says_what_happened(made: Repository) -> None:
    data = json.loads(renderer("json")(KINDS["notes"](made)))
    (change,) = (change for change in data["changes"] if change["kind"] == "step-added")
    assert change == {
        "kind": "step-added",
        "level": "breaking",
        "levels": {"doers": "breaking", "relying": "info"},
        "fingerprint": change["fingerprint"],
        "subject": {"kind": "process", "id": "launch-management", "title": "Launch management"},
        "part": {"id": "security", "title": "Security review"},
        "sentence": "“Security review” is now required before “Go or stop?” in Launch management; responsible: Security lead.",
        "before": None,
        "after": None,
        "doers": ["security-lead"],
        "relying": ["head-of-product"],
        "paths": [RELEASE],
        "commits": [data["commits"][-1]["sha"]],
    }
    assert data["effects"][0] == {
        "subject": {"kind": "process", "id": "launch-management", "title": "Launch management"},
        "measure": "Lead time",
        "unit": "working day",
        "before": {"low": 2, "high": 2},
        "after": {"low": 4, "high": 4},
        "difference": "+2 working days",
    }
    assert {launch["id"]: launch["ahead"] for launch in data["launches"]} == {"dashboards": True}
    assert [path["id"] for path in data["paths"]] == ["product-manager"]
    assert [commit["pull_request"] for commit in data["commits"]] == [12]
    assert date.fromisoformat(data["commits"][0]["date"]) == date(2026, 10, 7)
    assert (data["from"], data["readers"]) == ("v2", None)


def test_a_name_that_is_not_utf_8_can_be_said_in_every_format(made: Repository) -> None:
    folder = bytes(made.root) + b"/docs"
    Path(folder.decode()).mkdir()
    Path((folder + b"/caf\xe9.md").decode(errors="surrogateescape")).write_text("# A", encoding="utf-8")
    made.commit("A page", edited(ask_first()))
    found = notes(history(open_repository(str(made.root)), "v1", "HEAD"), "Our handbook", ADDRESS)
    for name in FORMATS:
        renderer(name)(found).encode()
    assert json.loads(renderer("json")(found))["pages"] == ["docs/caf\ufffd.md"]


TAGS = {
    "article", "h1", "h2", "h3", "p", "ul", "li", "em", "strong", "a", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def test_html_is_well_formed_and_has_only_tags_of_text(told: Notes) -> None:
    text = renderer("html")(told)
    tree = etree.fromstring(text)  # as XML: what is not closed or not escaped is an error
    assert {element.tag for element in tree.iter()} <= TAGS
    links = {(element.tag, name) for element in tree.iter() for name in element.attrib}
    assert links <= {("a", "href")}
    assert all(element.get("href", "").startswith(f"{ADDRESS}/") for element in tree.iter("a"))
    assert html.fromstring(text).tag == "article"
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u2028\x1b]", text)


def test_html_shows_hostile_titles_as_they_were_typed(made: Repository) -> None:
    tree = html.fromstring(renderer("html")(KINDS["hostile notes"](made)))
    shown = tree.text_content()
    for title in (*EVIL[:4], EVIL[5], EVIL[6]):
        assert title in shown
    assert "evil [31m red line" in shown


def test_html_of_a_proposal_has_a_table(made: Repository) -> None:
    tree = html.fromstring(renderer("html")(KINDS["a proposal"](made)))
    head, row = ([cell.text_content() for cell in line] for line in tree.findall(".//tr")[:2])
    assert head == ["Figure", "Before", "After", "Difference"]
    assert row == ["Launch management: lead time", "2 working days", "4 working days", "+2 working days"]


def test_slack_takes_every_message(told: Notes) -> None:
    data = json.loads(renderer("slack")(told))
    assert list(data) == ["text", "blocks"]
    assert 0 < len(data["text"]) <= 3000
    assert len(data["blocks"]) <= 50
    for block in data["blocks"]:
        parsed = Block.parse(block)
        assert parsed is not None
        assert parsed.to_dict() == {
            key: value for key, value in block.items() if key != "emoji"
        }  # and no limit is broken
        assert all(len(text) <= 3000 and text.strip() for text in texts(block))
    assert len(data["blocks"][0]["text"]["text"]) <= 150


def texts(block: dict[str, Any]) -> list[str]:
    """Return the texts of a block that are markup to Slack."""
    held = [*([block["text"]] if "text" in block else []), *block.get("elements", ())]
    return [each["text"] for each in held if each["type"] == "mrkdwn"]


LINK = re.compile(rf"<{re.escape(ADDRESS)}/[a-z]+/[0-9a-f]+\|[#0-9a-f]+>")
MARKUP = re.compile(r"(?<!\u200b)[*_~`]")


def test_slack_notifies_nobody_and_links_only_to_the_git_host(told: Notes) -> None:
    data = json.loads(renderer("slack")(told))
    shown = [data["text"], *(text for block in data["blocks"] for text in texts(block))]
    for text in shown:
        assert "<" not in LINK.sub("", text), text
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u2028\x1b]", text)
    assert not MARKUP.search(data["text"])
    for line in (line for text in shown[1:] for line in text.splitlines()):
        assert len(MARKUP.findall(LINK.sub("", line))) in (0, 2), line  # one bold or slanted stretch of ours


def test_slack_says_what_it_leaves_out(made: Repository) -> None:
    data = json.loads(renderer("slack")(KINDS["two hundred changes"](made)))
    assert data["blocks"][-1]["text"]["text"] == "_A message of Slack holds no more; the rest is left out._"
    assert data["blocks"][-2]["type"] != "divider"
    assert len(data["blocks"]) <= 50
    few = json.loads(renderer("slack")(KINDS["a proposal of many"](made)))
    assert "holds no more" not in few["blocks"][-1]["text"]["text"]  # 400 new records are lists


def written(*sections: Section, made: Repository, summary: str = "A summary.") -> Notes:
    found = history(open_repository(str(made.root)), "v1", "v1")
    return Notes(title="T", summary=summary, sections=sections, history=found, told=())


def test_slack_cuts_long_text_at_a_line_or_a_word_and_never_inside_a_sign(made: Repository) -> None:
    lines = Entry(title="T", kind="process", lines=tuple(f"Line {number}." for number in range(400)))
    words = " ".join(f"word{number}" for number in range(900))
    found = written(
        Section(entries=(lines,)), Section(text=words), Section(text="&" * 4000), made=made, summary=words
    )
    data = json.loads(renderer("slack")(found))
    summary, entry, text, signs = (texts(block)[0] for block in data["blocks"][1:])
    assert re.search(r"\n• Line \d+\.\n…$", entry)
    assert re.search(r" word\d+ …$", text)
    assert text == summary
    assert set(signs.removesuffix("…").split("&amp;")) == {""}
    assert all(2000 < len(one) <= 3000 for one in (summary, entry, text, signs))


def test_plain_text_is_narrow_and_moves_no_cursor(told: Notes) -> None:
    text = renderer("text")(told)
    for line in text.splitlines():
        assert len(line) <= 78 or line.strip().startswith("https://"), line
        assert line == line.rstrip()
        assert line.replace("\u00a0", " ").isprintable(), repr(line)


def test_plain_text_keeps_addresses_whole_and_breaks_other_long_words(made: Repository) -> None:
    long = f"{ADDRESS}/commit/{'a' * 40}"
    entry = Entry(
        title="W" * 200,
        kind="process",
        lines=("x" * 100,),
        sources=(Link("aaaaaaa", long), Link("#1", f"{ADDRESS}/pull/1")),
    )
    text = renderer("text")(written(Section(entries=(entry,)), made=made))
    assert f"\n    {long},\n" in text
    assert text.replace("\n", "").replace(" ", "").count("W") == 200
    assert max(len(line) for line in text.splitlines() if ADDRESS not in line) == 78


def test_markdown_starts_no_markup_of_others(told: Notes) -> None:
    text = renderer("markdown")(told)
    links = re.compile(rf"\[[#0-9a-f]+\]\({re.escape(ADDRESS)}/[a-z]+/[0-9a-f]+\)")
    rest = links.sub("", text)
    assert not re.search(r"[<>\[\]`~_]", rest)
    assert not re.search(r"@\w|https?://|javascript:\w", rest)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u2028\x1b]", rest)
    for line in rest.splitlines():
        assert re.match(r"#{1,3} |- |\||From |[A-Z0-9“&]", line) or not line, line


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://x.y/a)[b](c", 'https://x.y/"onclick="', "http://x.y/<b>", "//x.y/z"])  # fmt: skip
@pytest.mark.parametrize("name", FORMATS)
def test_an_address_that_is_none_is_not_linked(made: Repository, name: str, address: str) -> None:
    made.commit("Ask first (#12)", edited(ask_first()))
    found = notes(history(open_repository(str(made.root)), "v1", "HEAD"), "Our handbook", address)
    text = renderer(name)(found)
    assert address not in text
    assert "href" not in text
    assert "](" not in text


def test_two_hundred_changes_are_all_told_where_there_is_no_limit(made: Repository) -> None:
    found = KINDS["two hundred changes"](made)
    assert len(json.loads(renderer("json")(found))["changes"]) == 400
    assert len(html.fromstring(renderer("html")(found)).findall(".//h3")) == 200
    assert renderer("markdown")(found).count("\n### ") == 200
    assert found.summary == "200 changes to act on and 200 new records, from 1 commit in 1 pull request."


COMMANDS: dict[str, list[str]] = {
    "notes": ["notes", "v1..v2"],
    "notes for a role": ["notes", "v1..v2", "--for", "role:pm"],
    "first notes": ["notes", "v1"],
    "an empty range": ["notes", "v1..v1"],
    "a proposal": ["diff", "v1"],
}


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_the_commands_print_json_by_the_schema(
    made: Repository, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    made.commit("Change it", edited(hostile), tag="v2")
    assert run([*arguments, "--root", str(made.root), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert list(Draft202012Validator(SCHEMA).iter_errors(json.loads(out))) == []


@pytest.mark.parametrize("name", [*FORMATS, *FEEDS])
def test_an_address_in_the_settings_that_is_none_leads_nowhere(
    made: Repository, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    settings = '[handbook]\nrepository = "javascript:alert(1)"\n'
    made.commit("Change it (#12)", {**edited(ask_first()), "handbook.toml": settings}, tag="v2")
    assert run(["notes", "--root", str(made.root), "--format", name]) == 0
    assert "javascript" not in capsys.readouterr().out


def test_the_page_on_notes_lists_every_format(root: Path) -> None:
    page = (root / "docs/how-to/write-release-notes.md").read_text(encoding="utf-8")
    table = page.partition("## Choose a format")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([a-z][a-z-]*)` \|", table, re.MULTILINE) == [*FORMATS, *FEEDS]


def test_an_unknown_format_is_wrong_use(made: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(["notes", "--root", str(made.root), "--format", "pdf"])
    assert stop.value.code == 2
    assert "invalid choice: 'pdf'" in capsys.readouterr().err
