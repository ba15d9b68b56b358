"""JSON as the index keeps it is the JSON of the standard module."""

from __future__ import annotations

import json as standard
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.text import json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(), part, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_what_the_standard_module_writes_and_is_read_back(value: Any) -> None:
    text = json.dumps(value)
    assert text == standard.dumps(value)
    assert json.loads(text) == standard.loads(text) == value


def test_half_a_character_from_a_file_name_comes_back() -> None:
    assert json.loads(json.dumps({"\ud800": ("\udcff",)})) == {"\ud800": ["\udcff"]}


@pytest.mark.parametrize("text", ["", "{", "[1", "nothing", "1 2", '{"a": 1}]'])
def test_what_is_no_json_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"JSON|Expecting|delimiter"):
        json.loads(text)


def test_what_has_no_json_is_told() -> None:
    with pytest.raises(TypeError, match="no JSON for frozenset"):
        json.dumps([frozenset()])
