"""Conditions of a template, in each of their forms."""

from __future__ import annotations

import pytest

from handbook.plan.condition import holds


@pytest.mark.parametrize(
    ("condition", "value", "expected"),
    [
        ("platform == ios", "ios", True),
        ("platform == ios", "web", False),
        ("platform != ios", "web", True),
        ("platform != ios", "ios", False),
        ('platform == "ios"', "ios", True),
        ("event == true", True, True),
        ("event == true", False, False),
        ("event != true", False, True),
        ("seats == 20", 20, True),
        ("region in [eu, uk]", ["home", "eu"], True),
        ("region in [eu, uk]", ["home"], False),
        ("region in [eu, uk]", "uk", True),
        ("region not in [eu, uk]", ["home"], True),
        ("region not in [eu, uk]", ["home", "uk"], False),
        ("region == eu", ["home", "eu"], True),
        ("region in [eu]", [], False),
        ("title == a, b", "b", True),
        ("region in [eu, uk]", None, None),
        ("region like eu", "eu", None),
    ],
)
def test_a_condition_asks_about_what_the_launch_filled_in(
    condition: str, value: object, expected: bool | None
) -> None:
    variable = condition.partition(" ")[0]
    assert holds(condition, {variable: value}) is expected


def test_nothing_can_be_said_about_a_variable_without_a_value() -> None:
    assert holds("region in [eu]", {}) is None
