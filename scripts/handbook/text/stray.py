"""Signs around a value that do not belong to it, though nobody can tell by looking: typographic quotes, odd spaces."""

from __future__ import annotations

#: typographic quotation marks, each with those that close it
_QUOTES = {"“": "”", "”": "”", "„": "“”", "‟": "”", "‘": "’", "’": "’", "‚": "‘’", "«": "»", "»": "«", "‹": "›", "›": "‹"}  # fmt: skip
NO_BREAK = "\u00a0"  #: a space that looks like any other


class Odd(Exception):
    """Raised for a text of which no value can be made without doubt: the rule, what is wrong, the remedy.

    `kept` is the value to go on with. `put` is how to write what was meant, in YAML or (None) as the value that is
    kept. It is `safe` where that is beyond doubt; both are the same value then.
    """

    def __init__(
        self, rule: str, message: str, help: str, kept: str, put: str | None = None, *, safe: bool = True
    ) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.help = help
        self.kept = kept
        self.put = put
        self.safe = safe


def strayed(text: str, *, quoted: bool = False) -> Odd | None:
    """Return what stands around a text and does not belong to it, or None. `quoted` are its own quotation marks."""
    inner = text.strip()
    if inner != text and any(map(str.isalnum, inner)) and "\n" not in text:
        message = f"spaces that cannot be seen stand around {cited(inner)}"
        return Odd("stray-space", message, "remove them: they make it another name", inner)
    if not quoted and len(text) > 2 and text[-1] in _QUOTES.get(text[0], ""):
        return _typographic(text)
    if not quoted and NO_BREAK in text and _is_key(text.partition(NO_BREAK)[0]):
        return Odd("invisible-character", 'a space that does not break (U+00A0) stands after ":", so nothing is a key here',
                   "type the space anew", text, text.replace(NO_BREAK, " ", 1), safe=False)  # fmt: skip
    return None


def _typographic(text: str) -> Odd | None:
    inner = text[1:-1]
    if text[-1] in inner or not inner.strip():
        return None
    message = (
        f"the quotation marks {text[0]} and {text[-1]} are part of the value: YAML knows only straight ones"
    )
    help = "remove them, or type straight ones"
    if is_name(inner):
        return Odd("typographic-quotes", message, help, inner)
    put = None if '"' in inner or "\\" in inner else f'"{inner}"'
    return Odd("typographic-quotes", message, help, text, put, safe=False)


def is_name(text: str) -> bool:
    """Whether a text can only be a name, a number or a date, and not prose."""
    return all(sign.isalnum() or sign in "-_.:/" for sign in text)


def _is_key(text: str) -> bool:
    return text.endswith(":") and text.islower() and is_name(text)


def cited(text: str) -> str:
    """Return a text in quotation marks that it does not have itself, shortened for a message."""
    shown = shortened(text)
    return f"'{shown}'" if '"' in shown else f'"{shown}"'


def shortened(text: str, most: int = 24) -> str:
    """Return the beginning of a text that is too long for a message."""
    return text if len(text) <= most else f"{text[: most - 4]}…"
