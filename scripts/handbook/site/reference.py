"""The reference of the engine itself: the keys of each kind of record, and the rules that records are checked by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from handbook.model.kinds import KINDS, Kind
from handbook.report.documentation import MENDED
from handbook.rules.registry import GROUPS, Rule, rules
from handbook.schema import files, tables
from handbook.schema.tables import Key, Table
from handbook.site.page import Page, relative
from handbook.text import markup

RECORDS = "reference/records/index.md"
RULES = "reference/rules/index.md"
_BOOST = 0.2  #: who searches a handbook wants to know how work is done, and rarely how records are written
_ABOUT_RECORDS = "What may be written into each kind of record: every key, its form, and an example."
_ABOUT_RULES = "What `handbook check` looks at, and how to put right what it finds."


def pages(company: Iterable[Rule] = ()) -> Iterator[Page]:
    """Yield the pages on records and rules. Those of the `company` are listed beside the built-in ones."""
    yield _records()
    yield from (_kind(kind) for kind in KINDS.values())
    yield _rules(company)
    yield from (_rule(rule) for rule in rules().values())


def record_path(kind: str) -> str:
    """Return the path of the page on the keys of a kind."""
    return f"reference/records/{kind}.md"


def rule_path(rule: str) -> str:
    """Return the path of the page of a rule."""
    return f"reference/rules/{rule}.md"


def _page(path: str, title: str, description: str, *blocks: str) -> Page:
    head = markup.front_matter(title, description, boost=_BOOST)
    return Page(path=path, text=f"{markup.join(head, f'# {markup.text(title)}', *blocks)}\n")


def _link(here: str, there: str, label: str) -> str:
    return markup.link(label, relative(here, there))


def _records() -> Page:
    rows = (
        (
            _link(RECORDS, record_path(kind.name), kind.title),
            markup.text(files.record_schema(kind)["description"]),
            _where(kind),
        )
        for kind in KINDS.values()
    )
    return _page(
        RECORDS,
        "Records",
        _ABOUT_RECORDS,
        _ABOUT_RECORDS,
        markup.table(("Kind", "What it is", "Where it is written"), rows),
    )


def _where(kind: Kind) -> str:
    """Return where the records of a kind are, below the folder of the records."""
    return markup.code(kind.folder if kind.catalogue else f"{kind.folder or '<area>'}/<id>.yaml")


def _kind(kind: Kind) -> Page:
    whole, *parts = tables.tables(kind)
    path = record_path(kind.name)
    return _page(
        path,
        f"Keys of a {kind.title.lower()}"
        if kind.title[0] not in "AO"
        else f"Keys of an {kind.title.lower()}",
        whole.description,
        markup.text(whole.description),
        f"Written in {_where(kind)}, below the folder of the records. Keys that start with `x-` are your own.",
        _keys(path, whole),
        *(
            markup.section(part.title, markup.text(part.description), _keys(path, part), anchor=part.name)
            for part in parts
        ),
    )


def _keys(here: str, table: Table) -> str:
    rows = ((_name(key), _form(here, key), markup.text(key.description), _example(key)) for key in table.keys)
    return markup.table(("Key", "Form", "What it means", "Example"), rows)


def _name(key: Key) -> str:
    return (
        f"{markup.code(key.name)} {markup.chip('required', 'key', 'required')}"
        if key.required
        else markup.code(key.name)
    )


def _form(here: str, key: Key) -> str:
    return _link(here, record_path(key.refers_to), key.form) if key.refers_to else markup.text(key.form)


def _example(key: Key) -> str:
    """Return the first example as YAML in one line."""
    if not key.examples:
        return ""
    example = key.examples[0]
    return markup.code(example if isinstance(example, str) else _flow(example))


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_flow(item)}' for name, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return (
        value
        if isinstance(value, str) and value.replace("-", "").replace(" ", "").isalnum()
        else json.dumps(value)
    )


def _rules(company: Iterable[Rule]) -> Page:
    known = rules().values()
    groups = (
        markup.section(
            about,
            markup.table(
                ("Rule", "Level", "What it finds", "How it is mended"),
                (_row(rule) for rule in known if rule.group == group),
            ),
            anchor=group,
        )
        for group, about in GROUPS.items()
    )
    return _page(RULES, "Rules", _ABOUT_RULES.replace("`", ""), _ABOUT_RULES, *groups, _of_company(company))


def _of_company(rules: Iterable[Rule]) -> str:
    """Return the rules of a company. Their words come from its settings, so they are shown as they are typed."""
    rows = (
        (markup.code(rule.name), _level(rule), *map(markup.text, rule.doc.split("\n\n", 1))) for rule in rules
    )
    return markup.section(
        "Rules of this company",
        markup.table(("Rule", "Level", "What it finds", "What it asks for, and why"), rows),
    )


def _row(rule: Rule) -> tuple[str, str, str, str]:
    return _link(RULES, rule_path(rule.name), rule.name), _level(rule), rule.summary, MENDED[rule.fix]


def _level(rule: Rule) -> str:
    return markup.chip(rule.severity.word, "level", rule.severity.word)


def _rule(rule: Rule) -> Page:
    """Return the page of a rule. Its documentation is Markdown that comes with the engine."""
    path = rule_path(rule.name)
    group = markup.link(GROUPS[rule.group], f"{relative(path, RULES)}#{rule.group}")
    summary = rule.summary.replace("`", "")
    return _page(path, rule.name, summary, f"{_level(rule)} {group}", rule.doc, MENDED[rule.fix])
