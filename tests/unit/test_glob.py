"""Patterns of paths, as in .gitignore."""

from __future__ import annotations

import pytest

from handbook.text.glob import matches, objection

PATH = "processes/launches/plans/alpha.yaml"

MATCHES = {
    "processes/launches/plans/alpha.yaml": True,
    "/processes/launches/plans/alpha.yaml": True,
    "processes/launches": True,
    "processes/launches/": True,
    "processes/launches/**": True,
    "processes/**/alpha.yaml": True,
    "processes/launches/plans/**/alpha.yaml": True,
    "**/plans/*.yaml": True,
    "**": True,
    "*.yaml": True,
    "alpha.yaml": True,
    "plans": True,
    "processes/*/plans": True,
    "processes/launches/plans/alph?.y*l": True,
    "processes/launch": False,
    "launches/plans": False,
    "/plans": False,
    "processes/*.yaml": False,
    "processes/*/alpha.yaml": False,
    "*.md": False,
    "ALPHA.yaml": False,
    "processes/launches/plans/alpha.yaml/more": False,
    "processes/launches/plans/?lpha": False,
}


@pytest.mark.parametrize(("pattern", "expected"), MATCHES.items(), ids=list(MATCHES))
def test_a_pattern_means_a_path_or_not(pattern: str, expected: bool) -> None:
    assert matches(pattern, PATH) == expected


def test_a_hostile_pattern_takes_no_time() -> None:
    assert not matches("a*" * 1000 + "b", "a" * 4000)
    assert not matches("**/a/" * 500 + "b", "a/" * 1000 + "a")


OBJECTIONS = {
    "": '"" names no path',
    "/": '"/" names no path',
    "!processes": '"!processes" begins with "!", and what is left out cannot be said here',
    "processes\\launches": '"processes\\launches" has a backslash, and folders are separated by /',
    "../other": '"../other" is not a plain path',
    "processes//release": '"processes//release" is not a plain path',
    "a" * 501: "a pattern of 501 characters is longer than any path should be",
    "processes/release": "",
    "*.md": "",
}


@pytest.mark.parametrize(
    ("pattern", "expected"), OBJECTIONS.items(), ids=[repr(key[:20]) for key in OBJECTIONS]
)
def test_a_pattern_that_means_nothing_is_objected_to(pattern: str, expected: str) -> None:
    assert objection(pattern) == expected
