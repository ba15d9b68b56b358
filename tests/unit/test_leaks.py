"""The quick look for secrets lets none pass that the patterns would find."""

from __future__ import annotations

import pytest

from handbook.text import leaks

LETTERS = "a7Bq" * 15

#: the beginning of each sort of key, and what follows; never together here, for this is a file that is looked at too
KEYS = [
    *((begin, "Q" * 16) for begin in ("AKIA", "ASIA")),
    *((f"gh{sort}_", LETTERS[:36]) for sort in "pousr"),
    ("github_pat_", LETTERS[:50]),
    ("glpat-", LETTERS[:20]),
    *((f"xox{sort}-", LETTERS[:20]) for sort in "abeoprs"),
    ("https://hooks.slack.com/services/", "T0000A1/B0000A1/" + LETTERS[:16]),
    ("-----BEGIN RSA PRIVATE KEY", "-----\n" + LETTERS[:40]),
    ("AIza", LETTERS[:35]),
    *((f"{sort}k_live_", LETTERS[:20]) for sort in "sr"),
    ("SG.", f"{LETTERS[:22]}.{LETTERS[:43]}"),
    ("npm_", LETTERS[:36]),
    ("eyJ", f"{LETTERS[:15]}.eyJ{LETTERS[:15]}.{LETTERS[:20]}"),
]


@pytest.mark.parametrize(("begin", "rest"), KEYS, ids=[begin for begin, _ in KEYS])
def test_every_sort_of_secret_is_found(begin: str, rest: str) -> None:
    found = list(leaks.leaks(f"title: Release\nnotes: Use {begin}{rest} here.\n".encode()))
    assert [fault.rule for fault in found] == ["secret-in-text"]


def test_words_with_underscores_are_no_secret() -> None:
    assert list(leaks.leaks(b"review_every: 6mo\ngithub_url: npm_config and ghp_ are only words\n")) == []
