"""Whether a record has the shape that its schema asks for: nothing is said of one that has, something of one that has not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from handbook.finding import Place
from handbook.model.kinds import KINDS, Kind
from handbook.schema.accepts import accepts
from handbook.schema.shape import shape
from handbook.settings import Settings
from handbook.sources import Disk
from handbook.text import yaml
from handbook.text.yaml import Value

AT = Place("a.yaml")


def test_the_records_of_this_repository_have_their_shape(root: Path) -> None:
    settings = Settings()
    kinds = set()
    for path, source in Disk(str(root), [settings.processes]).items():
        kind = settings.kind_of(path)
        assert kind is not None
        kinds.add(kind.name)
        assert list(shape(kind.schema, yaml.read(path, source).data, AT)) == []
    assert kinds == set(KINDS)


EMPTY: dict[str, tuple[Value, str]] = {
    "nothing": (None, "the file is empty"),
    "a list": (["a"], "the file holds a list, not keys with values"),
    "text": ("hello", 'the file holds the text "hello", not keys with values'),
    "long text": ("x" * 50, f'the file holds the text "{"x" * 37}…", not keys with values'),
    "a number": (7, "the file holds the number 7, not keys with values"),
    "a truth": (True, 'the file holds "true", not keys with values'),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@pytest.mark.parametrize(("data", "message"), EMPTY.values(), ids=list(EMPTY))
def test_what_is_no_mapping_is_no_record(kind: Kind, data: Value, message: str) -> None:
    assert [(rule, hit.at, hit.message) for rule, hit in shape(kind.schema, data, AT)] == [
        ("not-a-record", AT, message)
    ]


@pytest.mark.parametrize(
    ("anchor", "is_good"),
    [
        ({"name": "Launch day", "on_or_before": 16}, True),
        ({"name": "Launch day", "on_or_before": 16, "on_or_after": 12}, False),
        ("Launch day", False),
    ],
    ids=["one of two keys", "both", "no mapping"],
)
def test_keys_that_must_not_be_together_need_no_validator_that_explains(
    root: Path, anchor: Value, is_good: bool
) -> None:
    path = sorted((root / "processes/launches/templates").glob("*.yaml"))[0]
    data = yaml.read(path.name, path.read_bytes()).data
    assert isinstance(data, dict)
    assert accepts("launch-template.schema.json")({**data, "anchor": anchor}) is is_good


def test_the_validator_that_explains_is_not_imported_for_a_good_record() -> None:
    program = (
        "import sys; from handbook.finding import Place; from handbook.schema.shape import shape;"
        "good = {'a': {'title': 'A', 'summary': 'A role.'}};"
        "assert list(shape('role.schema.json', good, Place('a.yaml'))) == [];"
        "assert 'jsonschema' not in sys.modules;"
        "assert list(shape('role.schema.json', {'a': {}}, Place('a.yaml'))) != [];"
        "assert 'jsonschema' in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
