"""The nearest known word to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.text import words as spoken


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` is most likely a slip of, or None."""
    import difflib

    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean "…"?` for a message, or nothing where no known word is near."""
    near = nearest(word, known)
    return f'; did you mean "{near}"?' if near else ""


def listed(words: Iterable[str], last: str = "or") -> str:
    """Return words in quotes as a list to read aloud: "a", "b" or "c"."""
    return spoken.listed((f'"{word}"' for word in words), last)
