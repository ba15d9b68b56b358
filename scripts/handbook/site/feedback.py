"""How a reader says that something is wrong: a link that opens a mail or an issue, filled in. Nothing is counted or sent."""

from __future__ import annotations

import html
import re

#: what may stand in braces in the setting, and what it is
PLACES = ("title", "page", "file")

#: host -> how an issue is begun there
_HOSTS = {
    "github.com": "{repository}/issues/new?title={title}&body={page}%0A{file}",
    "gitlab.com": "{repository}/-/issues/new?issue[title]={title}&issue[description]={page}%0A{file}",
}
_PLACE = re.compile(r"\{([^{}]*)\}")
_ALLOWED = re.compile(r"(?:https://|mailto:)[^\s<>\"'`\\]+")
_END = "</article>"


def objection(pattern: str) -> str | None:
    """Return why an address cannot be used for feedback, or None."""
    if not _ALLOWED.fullmatch(pattern):
        return "it is no address that begins with https:// or mailto:"
    unknown = [name for name in _PLACE.findall(pattern) if name not in PLACES]
    return f'it knows no "{{{unknown[0]}}}"' if unknown else None


def pattern(setting: str, repository: str) -> str:
    """Return the address to use: the one that is set, else the form for issues of the repository where its host is known."""
    host = repository.removeprefix("https://").partition("/")[0]
    known = _HOSTS.get(host, "")
    return setting or known.replace("{repository}", repository.rstrip("/"))


def address(pattern: str, *, title: str, page: str, file: str) -> str:
    """Return the address with its places filled in."""
    values = {"title": title, "page": page, "file": file}
    return _PLACE.sub(lambda match: _quoted(values[match[1]]), pattern)


def added(page: str, told: str, edit: str | None) -> str:
    """Return a page that ends with how to give feedback: the address `told`, and that of the form which changes its source."""
    links = [("Say what is wrong or missing", told)] if told else []
    links += [("Suggest a change of this page", edit)] if edit else []
    if not links or _END not in page:
        return page
    shown = " · ".join(f'<a href="{html.escape(to)}">{label}</a>' for label, to in links)
    before, _, after = page.rpartition(_END)
    return f'{before}<p class="feedback">{shown}</p>{_END}{after}'


def _quoted(value: str) -> str:
    """Return text as it may stand in the query of an address."""
    return "".join(
        chr(byte) if chr(byte).isalnum() and byte < 128 else f"%{byte:02X}" for byte in value.encode()
    )
