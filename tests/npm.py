"""Programs from npm that judge what we write."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.publish import described


def required(name: str, packages: tuple[str, ...], why: str) -> Path:
    """Return the folder with some packages. Without npm the test is skipped; in CI it fails, and says why that matters."""
    home = described.installed(name, packages)
    if home is None:
        assert os.environ.get("CI") != "true", f"CI has to have npm, or {why}"
        pytest.skip("npm is not installed")
    return home
