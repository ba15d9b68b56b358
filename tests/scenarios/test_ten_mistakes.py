"""Ten different mistakes in a copy of this repository's own handbook, each found where it was made."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from handbook import cli

#: file, what stands there, what is typed instead, the part of it that is found, the rule, the near name
MISTAKES = [
    ("release/go-no-go.yaml", "accountable: head-of-product", "accountable: head-of-prodct", "head-of-prodct", "unknown-reference", "head-of-product"),
    ("release/go-no-go.yaml", "sla: 5d", "sla: 5m", "5m", "malformed-value", None),
    ("release/launch-management.yaml", "status: active", "status: activ", "activ", "unknown-value", "active"),
    ("release/launch-management.yaml", "review_every: 6mo", "reveiw_every: 6mo", "reveiw_every", "unknown-key", "review_every"),
    ("planning/prioritisation.yaml", "reviewed: ", "owner: product-operations\nreviewed: ", "owner", "duplicate-key", None),
    ("planning/roadmap-planning.yaml", "outcome: ", "x-outcome: ", "title", "missing-key", None),
    ("learning/feedback-triage.yaml", "title: ", "title: Triage: ", ": ", "invalid-yaml", None),
    ("delivery/release-qualification.yaml", "owner: quality", "owner: qa-lead", "qa-lead", "unknown-reference", None),
    ("launches/templates/tier-3.yaml", "gate: quality", "gate: qualty", "qualty", "unknown-gate", "quality"),
    ("catalog/teams.yaml", "lead: product-operations-lead", "lead: [product-operations-lead]", "lead", "wrong-type", None),
]  # fmt: skip


def place(text: str, after: int, found: str) -> tuple[int, int]:
    offset = text.index(found, after)
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def make(
    folder: Path, mistakes: list[tuple[str, str, str, str, str, str | None]]
) -> set[tuple[str, int, int, str]]:
    """Make the mistakes in a handbook and return path, line, column and rule of each."""
    expected = set()
    for name, right, wrong, *_ in mistakes:
        path = folder / "processes" / name
        text = path.read_text()
        assert right in text, f"{name} has no {right!r}"
        path.write_text(text.replace(right, wrong, 1))
    for name, _, wrong, found, rule, _ in mistakes:
        text = (folder / "processes" / name).read_text()
        after = 0 if found == "title" else text.index(wrong) + (len("title: Triage") if found == ": " else 0)
        expected.add((f"processes/{name}", *place(text, after, found), rule))
    return expected


def last_review(handbook: Path) -> str:
    """The day on which somebody last found a part of this handbook true: no review lies after it."""
    files = [*handbook.glob("docs/**/*.md"), *handbook.glob("processes/**/*.yaml")]
    heads = [file.read_text().partition("\n---\n")[0] for file in files]  # pages show other days further down
    days: list[str] = re.findall(r"^ *reviewed: ([0-9-]{10})$", "\n".join(heads), re.MULTILINE)
    return max(days)


def test_ten_mistakes_give_ten_findings_on_their_lines_and_columns(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("processes", "docs"):
        shutil.copytree(root / name, tmp_path / name)
    shutil.copy(root / "handbook.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    day = last_review(tmp_path)
    assert cli.run(["check", "--today", day, "--format", "json"]) == 0
    before = json.loads(capsys.readouterr().out)["findings"]  # such as a late task of the launch under way

    expected = make(tmp_path, MISTAKES)
    assert cli.run(["check", "--today", day, "--format", "json"]) == 1
    after = json.loads(capsys.readouterr().out)["findings"]
    assert [finding for finding in after if finding in before] == before
    report = [finding for finding in after if finding not in before]
    assert {(f["path"], f["line"], f["column"], f["rule"]) for f in report} == expected
    assert len(report) == len(MISTAKES)
    for *_, found, rule, near in MISTAKES:
        if near:
            assert any(f'did you mean "{near}"?' in f["message"] for f in report if f["rule"] == rule), found

    assert cli.run(["check", "--today", day]) == 1
    text = capsys.readouterr().out
    assert all(f"{path}:{line}:{column} error {rule}" in text for path, line, column, rule in expected)
    assert " checked: 10 errors" in text.splitlines()[-1]
