"""What must not get into a handbook that many can read: secrets, and private addresses of people.

It looks at the bytes of a file, whatever they mean. Only forms are known here that are hardly ever anything else.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from handbook.finding import Fault, Span

_MOST = 20  #: of each sort that are told of one file; who mends these sees the others
#: what must be in a file before it is looked at closely: signs with a rare byte, which is found ten times as soon, and
#: what stands before it. Of some bytes nothing is said: there are so many that it is quicker to look for the sign
_SIGNS: tuple[tuple[bytes, tuple[bytes, ...], tuple[bytes, ...]], ...] = (
    (b"K", (b"A", b"PRIVATE "), (b"AKIA", b"PRIVATE KEY-----")),
    (b"S", (b"A",), (b"ASIA",)),
    (b"G", (b"S",), (b"SG.",)),
    (b"_", (b"k", b"gho", b"ghp", b"ghr", b"ghs", b"ghu", b"github", b"npm"), (b"k_live_", b"gho_", b"ghp_", b"ghr_", b"ghs_", b"ghu_", b"github_", b"npm_")),
    (b"-", (), (b"glpat-",)),
    (b"x", (), (b"xox",)),
    (b"/", (), (b"hooks.slack.com/services/",)),
    (b"z", (), (b"AIza",)),
    (b"J", (), (b"eyJ",)),
)  # fmt: skip
_SECRETS = (
    ("an AWS access key", r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b"),
    ("a GitHub token", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})\b"),
    ("a GitLab token", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("a Slack token", r"\bxox[abeoprs]-[A-Za-z0-9-]{20,}"),
    (
        "a Slack webhook",
        r"https://hooks\.slack\.com/services/T[A-Za-z0-9]{6,}/B[A-Za-z0-9]{6,}/[A-Za-z0-9]{16,}",
    ),
    ("a private key", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?=\s*[A-Za-z0-9+/=]{20})"),
    ("a Google API key", r"\bAIza[A-Za-z0-9_-]{35}\b"),
    ("a Stripe key", r"\b[sr]k_live_[A-Za-z0-9]{20,}\b"),
    ("a SendGrid key", r"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}\b"),
    ("an npm token", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("a signed token", r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}"),
)
_EXAMPLE = r"EXAMPLE|example|(?:x{6}|X{6}|0{8}|1234567890?)"  #: documentation shows keys that open nothing
_PRIVATE_HOSTS = (b"@gmail.", b"@googlemail.", b"@hotmail.", b"@outlook.com", b"@yahoo.", b"@icloud.com", b"@gmx.",
                  b"@web.de", b"@proton", b"@aol.com", b"@live.com", b"@qq.com", b"@163.com", b"@mail.ru")  # fmt: skip


def leaks(source: bytes) -> Iterator[Fault]:
    """Yield each secret, and each private address, in a file that is UTF-8."""
    if _may_hold_secrets(source):
        yield from itertools.islice(_secrets(source.decode(errors="replace")), _MOST)
    if b"@" in source and any(host in source for host in _PRIVATE_HOSTS):
        yield from itertools.islice(_addresses(source.decode(errors="replace")), _MOST)


def _may_hold_secrets(source: bytes) -> bool:
    for byte, before, signs in _SIGNS:
        if byte not in source:
            continue
        if before and True not in [part.endswith(before) for part in source.split(byte)[:-1]]:
            continue
        if True in [sign in source for sign in signs]:
            return True
    return False


def _secrets(text: str) -> Iterator[Fault]:
    for what, pattern in _compiled():
        for match in pattern.finditer(text):
            if not re.search(_EXAMPLE, match[0]):
                yield Fault("secret-in-text", _span(text, match), f"this looks like {what}",
                            "withdraw it where it was issued, since it stays in the history, and name where it is kept", harmless=True)  # fmt: skip


def _addresses(text: str) -> Iterator[Fault]:
    pattern = re.compile(
        r"[\w.+-]+@(?:g(?:oogle)?mail|hotmail|outlook|yahoo|icloud|gmx|web|proton(?:mail)?|aol|live|qq|163|mail)\.[a-z]{2,4}\b"
    )
    for match in pattern.finditer(text):
        if not match[0].startswith(
            ("name@", "you@", "user@", "someone@", "example", "jane.doe@", "john.doe@")
        ):
            yield Fault("personal-data", _span(text, match), f'"{match[0]}" is a private address',
                        "name the role or the team, or the address at work", harmless=True)  # fmt: skip


@functools.cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((what, re.compile(pattern)) for what, pattern in _SECRETS)


def _span(text: str, match: re.Match[str]) -> Span:
    """Return where a match is; of a byte order mark no column is counted."""
    text = text[: match.start()]
    line = text.count("\n") + 1
    column = match.start() - text.rfind("\n") - (line == 1 and text.startswith("\ufeff"))
    return Span(line, column, line, column + len(match[0]))
