"""A handbook of which only that is read which is asked for says the same as one that was read as a whole."""

from __future__ import annotations

import json
from typing import Any

import pytest

from handbook.changes.shelf import Shared, Shelf
from handbook.check import load
from handbook.check.sync import content_id
from handbook.model.handbook import Handbook, Name
from handbook.model.kinds import KINDS
from handbook.settings import Settings
from handbook.sources import Sources, literal
from tests.changes.books import ROLES, process

SETTINGS = Settings(areas={"release": "Release", "delivery": "Delivery"})


def shelf(sources: Sources, shared: Shared | None = None) -> Shelf:
    aliased = [path for path in sources if b"aliases" in sources[path]]
    return Shelf(sources, SETTINGS, lambda path: content_id(sources[path]), lambda: aliased, shared or {})
