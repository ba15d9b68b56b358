"""The policy of pages: what it allows, what it does not, and that it stands before everything else."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from handbook.site import policy

TEMPLATES = [
    '<script>scope=new URL("{{ config.extra.scope | d(base_url) }}",location)</script>',
    "{% if x %}<script>var a=1</script>{% endif %}<script src='{{ file }}'></script>",
    '<script type="application/json">{{ config }}</script>',
]
KNOWN = policy.known(TEMPLATES)


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_scripts_of_the_theme_are_allowed_by_their_hash() -> None:
    scope = 'scope=new URL("../..",location)'
    page = f'<script>{scope}</script><script>var a=1</script><script src="x.js"></script>'
    rules, refused = policy.policy(page, KNOWN)
    assert f"script-src 'self' {_hash(scope)} {_hash('var a=1')};" in rules
    assert refused == []


@pytest.mark.parametrize(
    "script",
    [
        "ran()",
        "var a=1;ran()",
        'scope=new URL("",ran(),"",location)',
        'scope=new URL("..");ran();("",location)',
        'scope=new URL("..\\";ran();//",location)',
        'scope=new URL("${ran()}",location)',
        "",
    ],
)
def test_any_other_script_is_not(script: str) -> None:
    rules, refused = policy.policy(f"<script>{script}</script><SCRIPT\n>{script}</SCRIPT >", KNOWN)
    assert "sha256" not in rules
    assert refused == [script]


def test_data_and_scripts_in_files_need_no_hash() -> None:
    page = '<script id="x" type="application/json">{}</script><script defer src="x.js"></script>'
    rules, refused = policy.policy(page, KNOWN)
    assert ("sha256" in rules, refused) == (False, [])


def test_no_rule_lets_scripts_in_by_the_back_door() -> None:
    rules, _ = policy.policy("", KNOWN)
    kinds = dict(rule.split(" ", 1) for rule in rules.split("; "))
    assert kinds["default-src"] == "'none'"
    assert kinds["base-uri"] == "'none'"
    assert kinds["script-src"] == "'self'"
    assert not re.search(r"unsafe-(?!inline)|https?:|\*", rules)
    assert [kind for kind, sources in kinds.items() if "unsafe-inline" in sources] == ["style-src-attr"]


def test_the_policy_stands_before_what_it_is_about() -> None:
    page = '<html><head><meta charset="utf-8"><title>x</title><link href="x"></head></html>'
    done = policy.guarded(page, "default-src 'none'")
    assert done.index("Content-Security-Policy") < done.index("<title>")
    assert policy.guarded("no page", "x") == "no page"
