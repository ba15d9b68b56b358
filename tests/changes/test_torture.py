"""Histories as they are: reverts, merges, odd files and odd messages, each with exactly what the notes say of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.changes import cases_files, cases_forms, cases_messages, cases_reverts  # noqa: F401  # their stories are in CASES
from tests.changes.stories import CASES, Story, Tell


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "repository")


@pytest.mark.parametrize(("tell", "expected"), CASES.values(), ids=CASES)
def test_the_notes_say_exactly(story: Story, tell: Tell, expected: list[str]) -> None:
    tell(story)
    assert story.told() == expected
