"""`handbook diagram`: where a drawing goes, which form it has, and what is said when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.cli import run
from tests.site import small


@pytest.fixture(autouse=True)
def handbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in small.FILES.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


FORMS = {
    "printed": ([], "<svg "),
    "bpmn asked for": (["--format", "bpmn"], "<?xml "),
    "by the ending": (["--out", "build/x.bpmn"], "<?xml "),
    "in capitals": (["--out", "X.BPMN"], "<?xml "),
    "another ending": (["--out", "x.txt"], "<svg "),
    "asked for in spite of the ending": (["--format", "svg", "--out", "x.bpmn"], "<svg "),
}


@pytest.mark.parametrize(("options", "begins"), FORMS.values(), ids=list(FORMS))
def test_a_process_is_drawn(options: list[str], begins: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diagram", "go-no-go", *options]) == 0
    printed = capsys.readouterr()
    if "--out" in options:
        path = options[-1]
        assert Path(path).read_text(encoding="utf-8").startswith(begins)
        assert printed == ("", f'Written: the diagram of "Go/no-go decision" is in {path}\n')
    else:
        assert printed.out.startswith(begins)
        assert printed.err == ""


def test_it_is_the_file_that_the_page_offers(capsys: pytest.CaptureFixture[str]) -> None:
    pages = small.made()
    for form in ("svg", "bpmn"):
        run(["diagram", "go-no-go", "--format", form])
        assert capsys.readouterr().out == pages[f"processes/go-no-go.{form}"].text


def test_a_process_that_is_not_there_is_said_with_one_that_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diagram", "go-no-og"]) == 2
    assert 'there is no process "go-no-og"; did you mean "go-no-go"?' in capsys.readouterr().err


def test_a_process_with_errors_is_not_drawn(handbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = handbook / "processes/release/go-no-go.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace("purpose:", "purpos:"), encoding="utf-8")
    assert run(["diagram", "go-no-go"]) == 2
    assert 'the process "go-no-go" has errors' in capsys.readouterr().err
