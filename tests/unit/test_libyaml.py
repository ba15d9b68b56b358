"""libyaml is taken without the rest of PyYAML, which is whole as soon as anybody wants it."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAMS = {
    "a record is read without the parser in Python": (
        "print(sorted(name for name in sys.modules if name.startswith('yaml.')))",
        "['yaml._yaml', 'yaml.error', 'yaml.events', 'yaml.nodes', 'yaml.tokens']",
    ),
    "the whole package is there on demand": (
        "import yaml as whole; print(whole.safe_load('a: [1, no]'), whole.load('{b: 2}', Loader=whole.CSafeLoader), whole.__version__ > '6')",
        "{'a': [1, False]} {'b': 2} True",
    ),
    "its names can be imported": ("from yaml import safe_dump, YAMLError; print(safe_dump([1]), YAMLError.__name__)", "- 1\n YAMLError"),
    "its modules can be imported": ("import yaml.scanner as scanner; print(scanner.ScannerError.__module__)", "yaml.scanner"),
    "its errors are its own": (
        "import yaml as whole\n"
        "try: whole.load('a: [', Loader=whole.CSafeLoader)\n"
        "except whole.parser.ParserError as error: print(type(error).__module__)",
        "yaml.parser",
    ),
    "errors are found before and after": (
        "print(yaml.read('a', b'a: [').faults[0].rule); import yaml as whole; whole.safe_load; print(yaml.read('a', b'a: [').faults[0].rule)",
        "invalid-yaml\ninvalid-yaml",
    ),
    "whoever imported it first is not in the way": (
        "print(whole_first)", "True",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("program", "output"), PROGRAMS.values(), ids=list(PROGRAMS))
def test_the_package_can_do_what_it_always_could(program: str, output: str) -> None:
    first = "import yaml\nwhole_first = yaml.safe_load('1') == 1\n" if "whole_first" in program else ""
    text = f"import sys\n{first}from handbook.text import yaml\nassert yaml.read('a', b'a: 1').data == {{'a': 1}}\n{program}\n"
    done = subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stderr, done.stdout.strip()) == ("", output)
