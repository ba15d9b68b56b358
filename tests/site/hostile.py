"""A handbook in which every text of every record tries to be more than text. See docs/explanation/trust.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml

from tests.site import small

#: what an intruder types into a title. Each would call `ran` in the browser, ask another host, or change the page
ATTACKS = [
    "</title><script>ran()</script>",
    "<img src=missing.png onerror=ran()>",
    '"><svg onload=ran()>',
    'word{ onclick="ran()" onmouseover="ran()" }',
    "[x](javascript:ran())",
    "![x](http://192.0.2.1/track.png)",
    "&lt;script&gt;ran()&lt;/script&gt;",
    "'><iframe srcdoc='<script>parent.ran()</script>'></iframe>",
    "</script><script>ran()</script>",
    "]]></text></svg><script>ran()</script>",
    "<base href=//192.0.2.1/><meta http-equiv=refresh content=0;url=//192.0.2.1>",
    "<style>@import url(http://192.0.2.1/style.css)</style>",
    "--><script>ran()</script><!--",
    "=HYPERLINK(\"http://192.0.2.1/\",\"x\")",
]  # fmt: skip
#: the same for the keys that may hold Markdown
MARKDOWN = "\n\n".join(
    [
        *ATTACKS,
        "<javascript:ran()>",
        "[y]: javascript:ran()\n\n[y] [z][y]",
        "![z][w]\n\n[w]: http://192.0.2.1/track.png",
        "```{ .yaml onclick=ran() }\n</code></pre><script>ran()</script>\n```",
        "``` svg onload=ran()\nx\n```",
        "    <script>ran()</script>",
        '!!! note "<script>ran()</script>"\n    <script>ran()</script>',
        "text\n{: onmouseover=ran() }",
        "*[HTML]: <script>ran()</script>\n\nHTML",
        "<details open ontoggle=ran()><summary>x</summary></details>",
    ]
)
_MARKDOWN_KEYS = ("notes", "instructions", "analysis", "description", "text")
#: keys whose values are texts, but of a form that is checked
_FORMED = (
    "id",
    "channel",
    "mail",
    "abbreviation",
    "people",
    "when",
    "to",
    "link",
    "guideline",
    "every",
    "target",
    "detects",
    "baseline",
    "actual",
)


def files() -> dict[str, str]:
    """Return the small handbook, in which every text has one of the attacks at its end."""
    turn = _turns()
    made = {}
    for path, text in small.FILES.items():
        if path.endswith(".yaml"):
            records = yaml.load(text, Loader=yaml.BaseLoader)
            text = json.dumps(_spoiled(records, "", turn), ensure_ascii=False, indent=1)
        made[path] = text
    return made | {"handbook.toml": _settings(next(turn))}


def _turns() -> Iterator[str]:
    while True:
        yield from ATTACKS


def _spoiled(value: Any, key: str, turn: Iterator[str]) -> Any:
    if isinstance(value, dict):
        more = {"notes": MARKDOWN, "tags": ["tag"]} if "summary" in value and "title" in value else {}
        return {name: _spoiled(part, name, turn) for name, part in {**value, **more}.items()}
    if isinstance(value, list):
        return [_spoiled(part, key, turn) for part in value]
    if key in _MARKDOWN_KEYS:
        return MARKDOWN
    if key not in _FORMED and (value[:1].isupper() or " " in value) and not value[:3].isupper():
        return f"{value[:16]} {next(turn)}"  # a title has a limit
    return _plain(value)


def _plain(value: str) -> Any:
    """Return a value as YAML reads it when nobody quotes it."""
    return yaml.safe_load(value) if value.replace(".", "").isdigit() or value in ("true", "false") else value


def _settings(attack: str) -> str:
    return f"[handbook]\ntitle = {json.dumps(f'Handbook {attack}')}\n\n[areas]\nrelease = {json.dumps(f'Release {attack}')}\n"
