"""One mistake of each rule in a large handbook: the wrong examples of the rules' own documentation.

Each example gets names of its own, with all that it refers to, so that no two of them meet. `OWN` has other mistakes
for rules whose example would break what others stand on, `LEFT_OUT` the rules that cannot be planted, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handbook.rules.registry import Rule, rules
from tests.rules.example import BASE, MARK, examples

Expected = tuple[str, int, str, str]  #: path, line, severity and rule of a finding

_KEY = re.compile(r"^([a-z0-9][a-z0-9-]*):", re.MULTILINE)
_ALIASES = re.compile(r"aliases: \[([^\]]*)\]")
_SINGLE = ("handbook.toml", "mkdocs.yml")  #: files that a handbook has one of

_PROCESS = """\
title: Mistake
status: active
owner: product-operations
reviewed: 2026-09-01
review_every: 6mo
purpose: To show it.
trigger: {event: Something happens}
outcome: Something
accountable: head-of-product
steps: [{id: a, title: Begin, responsible: qa-lead}]
"""

#: rule -> the files with its mistake, where its own example breaks a whole catalogue
OWN: Mapping[str, Mapping[str, str]] = {
    "invalid-yaml": {
        "processes/release/mistake.yaml": "title: Mistake\nsummary: Decides: what comes next.  # error: [invalid-yaml]\n",
    },
    "duplicate-key": {
        "processes/release/mistake.yaml": f"summary: One.\nsummary: Two.  # error: [duplicate-key]\n{_PROCESS}",
    },
    "unsupported-yaml": {
        "processes/release/mistake.yaml": f"summary: &shared One.  # error: [unsupported-yaml]\n{_PROCESS}",
    },
    "unusable-number": {
        "processes/release/mistake.yaml": f"summary: One.\nx-limit: .inf  # error: [unusable-number]\n{_PROCESS}",
    },
    "tab-as-space": {
        "processes/release/mistake.yaml": f"summary:\tOne.  # error: [tab-as-space]\n{_PROCESS}",
    },
    "byte-order-mark": {
        "processes/release/mistake.yaml": f"\ufeffsummary: One.  # warning: [byte-order-mark]\n{_PROCESS}",
    },
    "mixed-line-ends": {
        "processes/release/mistake.yaml": f"summary: One.  # warning: [mixed-line-ends]\r\n{_PROCESS}",
    },
    "file-too-large": {
        "processes/release/mistake.yaml": f"summary: One.  # error: [file-too-large]\n{'# ' * 2**19}\n{_PROCESS}",
    },
    "not-a-record": {
        "processes/release/mistake.yaml": "- title: Mistake  # error: [not-a-record]\n",
    },
}
#: rule -> why it cannot be planted
LEFT_OUT: Mapping[str, str] = {
    "invalid-settings": "a handbook has one file of settings, and what is wrong in it changes what is checked",
    "not-utf8": "a file with the mistake is not text",
    "unreadable-file": "the mistake is not in a file",
}


@dataclass(frozen=True, slots=True)
class Planted:
    """A handbook with mistakes, and exactly the findings that it has; infos only as far as a rule announces them."""

    files: dict[str, str]
    expected: frozenset[Expected]
    left_out: dict[str, str]


def plant(files: Mapping[str, str]) -> Planted:
    """Return a handbook without mistakes with one of each rule in it."""
    made, expected, left_out = dict(files), set[Expected](), dict(LEFT_OUT)
    for number, rule in enumerate(rules().values()):
        example = None if rule.name in LEFT_OUT else _example(rule)
        if example is None or _needs_settings(example):
            left_out.setdefault(
                rule.name, "its example has settings of its own, and a handbook has one file of them"
            )
            continue
        names = _names(example)
        for path, text in example.items():
            if path == "mkdocs.yml":
                continue  # ours turns on whatever an example needs
            place, above = _grown(made, path, _renamed(text, names, number), number)
            expected |= {(place, above + line, severity, name) for line, severity, name in _marks(text)}
    return Planted(made, frozenset(expected), left_out)


def _example(rule: Rule) -> dict[str, str] | None:
    """The files of the mistake of a rule, with all that they refer to."""
    if rule.name in OWN:
        return {**BASE, **OWN[rule.name]}
    return next((example.files for word, example in examples(rule.doc) if word == "wrong"), None)


def _needs_settings(files: Mapping[str, str]) -> bool:
    """Whether the mistake is in settings, or needs other settings of the handbook."""
    return "handbook.toml" in files or bool(_marks(files.get("mkdocs.yml", "")))


def _marks(text: str) -> set[tuple[int, str, str]]:
    return {
        (number, severity, name)
        for number, line in enumerate(text.splitlines(), 1)
        for severity, name in MARK.findall(line)
    }


def _names(files: Mapping[str, str]) -> frozenset[str]:
    """What the files of an example define: ids of records, aliases and names of pages."""
    names: set[str] = set()
    for path, text in files.items():
        if "/catalog/" in path:
            names.update(_KEY.findall(text))
        elif path not in _SINGLE:
            names.add(_stem(path))
        for aliases in _ALIASES.findall(text):
            names.update(alias.strip() for alias in aliases.split(","))
    return frozenset(names)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


def _renamed(text: str, names: frozenset[str], number: int) -> str:
    known = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.sub(rf"(?<![\w-])({known})(?![\w-])", rf"\1-{number}", text)


def _grown(made: dict[str, str], path: str, text: str, number: int) -> tuple[str, int]:
    """Add a file, or the entries of a catalogue at its end. Return where they are, and the lines above them."""
    if "/catalog/" in path:
        before = made.get(path, "")
        made[path] = before + text
        return path, before.count("\n")
    folder, _, name = path.rpartition("/")
    stem, dot, ending = name.partition(".")
    place = f"{folder}/{stem}-{number}{dot}{ending}"
    made[place] = text
    return place, 0
