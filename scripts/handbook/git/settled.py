"""How git is called so that its answer is the same on every machine. Imports next to nothing: git may begin before anything else is there.

What a person has configured cannot change a result: variables such as GIT_DIR, which hooks inherit, are
taken away, and every setting that changes what plumbing prints is given. Nothing here reaches a network.
"""

from __future__ import annotations

import os

from handbook.errors import COULD_NOT_RUN, UserError

COMMAND = (
    "git", "--no-pager", "--literal-pathspecs",
    "-c", "color.ui=false", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false",
    "-c", "log.showSignature=false", "-c", "log.showRoot=true", "-c", "mailmap.file=",
    "-c", "mailmap.blob=HEAD:.mailmap",
)  # fmt: skip
_SETTLED = {
    "LC_ALL": "C",
    "GIT_FLUSH": "0",  # a log into a pipe would else be written commit by commit, which takes both sides longer
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,  # parents that somebody wrote down on this machine
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone would fetch what it lacks, blob by blob
}
_KEPT = (
    "GIT_EXEC_PATH",
    "GIT_CEILING_",
    "GIT_DISCOVERY_",
    "GIT_CONFIG_",
    "GIT_COMMITTER_",
)  # where git looks, which folders it may trust, and whose tags it sets


def environment(index: str | None = None) -> dict[str, str]:
    """Return the variables that git gets. `index` is the index that it reads."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT)
    }
    return kept | _SETTLED | ({"GIT_INDEX_FILE": index} if index else {})


def missing() -> UserError:
    """Return what is said where there is no git."""
    return UserError(
        "git is not installed, or not on the path",
        "install git, from https://git-scm.com",
        code=COULD_NOT_RUN,
    )
