"""One mistake of each rule in a large handbook: the wrong examples of the rules' own documentation.

Each example gets names of its own, with all that it refers to, so that no two of them meet. `OWN` has other mistakes
for rules whose example would break what others stand on, `LEFT_OUT` the rules that cannot be planted, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handbook.finding import Finding, Severity
from handbook.rules.registry import Rule, rules
from handbook.waivers import SOMETIMES
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

_PATH = "processes/release/mistake.yaml"

#: rule -> a process with its mistake, where its own example breaks a whole catalogue or cannot be shown
OWN: Mapping[str, str] = {
    "invalid-yaml": "title: Mistake\nsummary: Decides: what comes next.  # error: [invalid-yaml]\n",
    "duplicate-key": f"summary: One.\nsummary: Two.  # error: [duplicate-key]\n{_PROCESS}",
    "unsupported-yaml": f"summary: &shared One.  # error: [unsupported-yaml]\n{_PROCESS}",
    "unusable-number": f"summary: One.\nx-limit: .inf  # error: [unusable-number]\n{_PROCESS}",
    "tab-as-space": f"summary:\tOne.  # error: [tab-as-space]\n{_PROCESS}",
    "byte-order-mark": f"\ufeffsummary: One.  # warning: [byte-order-mark]\n{_PROCESS}",
    "mixed-line-ends": f"summary: One.  # warning: [mixed-line-ends]\r\n{_PROCESS}",
    "file-too-large": f"summary: One.  # error: [file-too-large]\n{'# ' * 2**19}\n{_PROCESS}",
    "not-a-record": "- title: Mistake  # error: [not-a-record]\n",
}
#: rule -> why it cannot be planted
LEFT_OUT: Mapping[str, str] = {
    **dict.fromkeys(SOMETIMES, "only the history shows it"),
    "invalid-settings": "a handbook has one file of settings, and what is wrong in it changes what is checked",
    "not-utf8": "a file with the mistake is not text",
    "unreadable-file": "the mistake is not in a file",
    "unused-waiver": "while other files cannot be read, nobody knows what a waiver is needed for",
}


@dataclass(frozen=True, slots=True)
class Planted:
    """A handbook with mistakes, and the findings that it has. `left_out` are rules without a mistake, with the reason."""

    files: dict[str, str]
    expected: frozenset[Expected]
    left_out: dict[str, str]

    def compared(self, findings: Iterable[Finding]) -> tuple[set[Expected], set[Expected]]:
        """Return the findings that are expected and not there, and those that are there and not expected.

        Infos that nobody announced are neither: the small records around an example lack what makes a record good.
        """
        found = {(each.path, each.span.line, each.severity.word, each.rule) for each in findings}
        extra = {each for each in found - self.expected if each[2] != Severity.INFO.word}
        return set(self.expected - found), extra


def plant(files: Mapping[str, str]) -> Planted:
    """Return a handbook without mistakes with one of each rule in it."""
    made, expected, left_out = dict(files), set[Expected](), dict(LEFT_OUT)
    for number, rule in enumerate(rules().values()):
        if rule.name in LEFT_OUT:
            continue
        example = _example(rule)
        if why := _obstacle(example):
            left_out[rule.name] = why
        else:
            expected |= _added(made, example, number)
    return Planted(made, frozenset(expected), left_out)


def _example(rule: Rule) -> dict[str, str]:
    """The files of the mistake of a rule, with all that they refer to; empty where there is none."""
    if rule.name in OWN:
        return {**BASE, _PATH: OWN[rule.name]}
    return next((example.files for word, example in examples(rule.doc) if word == "wrong"), {})


def _obstacle(files: Mapping[str, str]) -> str:
    if not files:
        return "its documentation has no wrong example, and OWN has none"
    if "handbook.toml" in files or _marks(files.get("mkdocs.yml", "")):
        return "its example is about settings, and a handbook has one file of them"
    return ""


def _added(made: dict[str, str], files: Mapping[str, str], number: int) -> set[Expected]:
    """Add the files of an example under names of their own, and return the findings that it announces."""
    names, expected = _names(files), set[Expected]()
    for path, text in files.items():
        if path not in _SINGLE:  # our settings of the site turn on whatever an example needs
            place, above = _grown(made, path, _renamed(text, names, number), number)
            expected |= {(place, above + line, severity, rule) for line, severity, rule in _marks(text)}
    return expected


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
