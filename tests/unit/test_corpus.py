"""Files that something stumbled over once, found by chance, by people or by fuzzing: none may do so again.

Each lies in a folder of the kind of record that it once was, below tests/corpus. A new one needs no other test.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handbook.check import check
from handbook.finding import Finding, Place, Severity
from handbook.fix import fixed
from handbook.settings import Settings
from handbook.text import yaml
from tests.rules.example import BASE

CORPUS = Path(__file__).parent.parent / "corpus"
FILES = sorted(CORPUS.rglob("*.yaml"))
AROUND = {path: text.encode() for path, text in BASE.items()}


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_file_is_read_checked_and_mended_without_an_accident(file: Path) -> None:
    path, source = f"processes/{file.relative_to(CORPUS).as_posix()}", file.read_bytes()
    document = yaml.read(path, source)
    assert yaml.locate(source, [Place(path, ("a", 0))])
    for finding in check({**AROUND, path: source}, Settings(), date(2026, 10, 5)):
        assert finding.span.line >= 1
        assert finding.span.column >= 1
        assert finding.message
    findings = [
        Finding(path=path, span=each.span, severity=Severity.ERROR, rule=each.rule, message=each.message, fix=each.fix)
        for each in document.faults
        if each.fix
    ]  # fmt: skip
    safe = [finding for finding in findings if finding.fix and finding.fix.safe]
    after, _, _ = fixed(path, source, safe)
    assert document.broken or yaml.read(path, after).data == document.data
    yaml.read(path, fixed(path, source, findings)[0])


def test_there_is_something_to_test() -> None:
    assert FILES
