"""The Content Security Policy of a page: which scripts may run in it, and that nothing is fetched from elsewhere.

Scripts that stand in a page are allowed one by one, by their hash, and only those that the theme's own
templates hold. So a script that got into a page in another way does not run, whoever wrote it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence

#: what the policy allows beside scripts. Tables and diagrams carry their alignment in attributes.
_REST = (
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
)
#: setting of the search -> what scripts may be beside those of the site. Pagefind is WebAssembly, which a browser compiles
#: only with leave; evaluating texts as JavaScript stays forbidden.
MORE = {"pagefind": "'wasm-unsafe-eval'"}
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_DATA = re.compile(r"""\btype\s*=\s*["']?application/(?:ld\+)?json\b""", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_PLACE = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})", re.DOTALL)
_HEADS = [
    re.compile(start, re.IGNORECASE) for start in (r"<meta charset=[^>]*>", r"<head[^>]*>")
]  # best first


def known(templates: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Return what the scripts in templates look like once they are filled in: at the places of a value, a path or a name."""
    bodies = dict.fromkeys(body for template in templates for body in scripts(template))
    return tuple(re.compile(_shape(body), re.DOTALL) for body in bodies)


def scripts(page: str) -> list[str]:
    """Return the scripts that stand in a page. Data for scripts, and scripts in files of their own, are none."""
    found = _SCRIPT.findall(page)
    return [body for head, body in found if not _SOURCE.search(head) and not _DATA.search(head)]


def policy(page: str, known: Sequence[re.Pattern[str]], more: str = "") -> tuple[str, list[str]]:
    """Return the policy of a page, and the scripts in it that it does not allow. `more` is added to the sources of scripts."""
    found = list(dict.fromkeys(scripts(page)))
    allowed = [body for body in found if any(pattern.fullmatch(body) for pattern in known)]
    hashes = (f"'sha256-{_hash(body)}'" for body in allowed)
    sources = " ".join(filter(None, ("'self'", *hashes, more)))
    rules = ("default-src 'none'", f"script-src {sources}", *_REST)
    return "; ".join(rules), [body for body in found if body not in allowed]


def guarded(page: str, rules: str) -> str:
    """Return a page that carries its policy, before everything that the policy is about."""
    head = next(filter(None, (start.search(page) for start in _HEADS)), None)
    if head is None:
        return page
    meta = f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
    return f"{page[: head.end()]}{meta}{page[head.end() :]}"


def _shape(body: str) -> str:
    return "".join(r"[\w./:-]*" if _PLACE.fullmatch(part) else re.escape(part) for part in _PLACE.split(body))


def _hash(body: str) -> str:
    """Return the hash of a script as browsers make it: of the text with one kind of line end."""
    return base64.b64encode(hashlib.sha256(body.replace("\r\n", "\n").encode()).digest()).decode()
