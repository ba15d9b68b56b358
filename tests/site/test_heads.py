"""Tables tell the style sheet what stands above their columns, so that rows can stand alone on a phone."""

from __future__ import annotations

import importlib
import re

import pytest

LONG = "Says in a whole sentence of many more words than would fit into a third of the width of a phone what it is for"
FOUR = "| Launch | Day | Owner | Tasks |\n| --- | --- | --- | --- |\n| Dashboards | 26 Jan | Kenji | 4 |"


def html(text: str) -> str:
    """Return HTML as the site shows it."""
    made: str = importlib.import_module("markdown").markdown(
        text, extensions=["attr_list", "tables", "handbook.site.boxes"]
    )
    return made


def heads(made: str) -> list[str]:
    return re.findall(r"--head-\d:'([^']*)'", made)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FOUR, ["Launch", "Day", "Owner", "Tasks"]),
        (f"| Role | For | Team |\n|---|---|---|\n| Analyst | {LONG} | Data |", ["Role", "For", "Team"]),
        ("| Role | For | Team |\n|---|---|---|\n| Analyst | Numbers | Data |", []),
        (f"| Role | For |\n|---|---|\n| Analyst | {LONG} |", []),
        (
            "| Option | Meaning |\n|---|---|\n| `--format {markdown,html,text,slack}` | How |",
            ["Option", "Meaning"],
        ),
        (f"|{'a|' * 9}\n|{'-|' * 9}\n|{'b|' * 9}", []),
        (FOUR.replace("Kenji", "**R**{ .raci-r }"), []),
        (f"| In | What | For |\n|---|---|---|\n| In | Brief | {LONG} |", []),
    ],
    ids=[
        "four columns",
        "wordy",
        "three short ones",
        "two",
        "a long word",
        "many",
        "other labels",
        "letters",
    ],
)
def test_a_table_that_is_too_wide_for_a_phone_tells_its_heads(text: str, said: list[str]) -> None:
    assert heads(html(text)) == said


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("Dashboards", "others"),
        ("T-20", "all"),
        ("**16 Dec 2026**", "all"),
        ("1", "all"),
        ("Week 4 of the plan for 2027", "others"),
    ],
    ids=["title", "offset", "day", "number", "long title"],
)
def test_a_day_or_a_number_in_the_first_cell_keeps_its_head(first: str, kind: str) -> None:
    assert f'data-heads="{kind}"' in html(FOUR.replace("Dashboards", first))


def test_tables_of_a_page_with_the_same_head_look_the_same() -> None:
    short = "| Tool | For | Access |\n|---|---|---|\n| Desk of help | Cases | All |"
    made = html(
        f"{short}\n\ntext\n\n{short.replace('Cases', LONG)}\n\ntext\n\n{short.replace('Tool', 'Other')}"
    )
    assert heads(made) == ["Tool", "For", "Access"] * 2
    assert made.count("<table") == 3
    assert made.count('data-heads="lists"') == 2


def test_lists_one_below_the_other_are_told_from_a_single_table() -> None:
    title = FOUR.replace("Dashboards", "Dashboards of all teams")
    assert 'data-heads="others"' in html(title)
    assert html(f"{title}\n\ntext\n\n{title}").count('data-heads="lists"') == 2


def test_text_between_tables_stays() -> None:
    made = html(f"{FOUR}\n\ntext\n\n{FOUR}\n\ntext")
    assert re.sub(r"<table [^>]*>", "<table>", made) == made.replace(made[: made.index(">") + 1], "<table>")
    assert [line for line in made.splitlines() if line.startswith("<p")] == ["<p>text</p>"] * 2


def test_a_head_can_neither_end_the_attribute_nor_the_style() -> None:
    head = "a'\"; } </style> \\ & **b** `c`"
    made = html(FOUR.replace("Launch", head, 1))
    style = re.search(r'<table data-heads="others" style="([^"]*)">', made) or re.search(
        r'data-heads="all" style="([^"]*)"', made
    )
    assert style is not None
    assert set(re.sub(r"\\[0-9a-f]+ |--head-\d:|[';]|\w| ", "", style[1])) == set()
    assert style[1].count("'") == 8
