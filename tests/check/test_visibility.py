"""What is found about public records when others change: a finding comes and goes with what it is about."""

from __future__ import annotations

from pathlib import Path

from tests.check.clones import Clone

SHIP, CHECK = "processes/release/ship.yaml", "processes/release/check.yaml"
ACTIVE, PUBLIC = "status: active\n", "status: active\nvisibility: public\n"


def test_a_finding_about_what_is_public_comes_and_goes_with_the_record_that_is_named(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    clone.change(CHECK, "responsible: tester,", "responsible: tester, process: ship,")
    clone.change(CHECK, ACTIVE, PUBLIC)
    clone.change("docs/index.md", "owner: ops\n", "owner: ops\nvisibility: public\n")
    closed = [
        "docs/index.md:10 internal-link",
        "docs/index.md:10 internal-link",
        "docs/index.md:11 internal-link",
        "docs/index.md:11 internal-link",
        f"{CHECK}:13 internal-reference",
    ]
    assert clone.check() == closed
    clone.change(SHIP, ACTIVE, PUBLIC)
    clone.change("docs/guide.md", "owner: ops\n", "owner: ops\nvisibility: public\n")
    assert clone.check() == []
    clone.change(SHIP, PUBLIC, ACTIVE)
    assert clone.check() == closed[2:]
    assert clone.check("--no-cache") == closed[2:]


def test_a_hook_says_that_a_commit_makes_something_internal_that_is_named_in_public(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    clone.change(CHECK, "responsible: tester,", "responsible: tester, process: ship,")
    clone.change(CHECK, ACTIVE, PUBLIC)
    clone.change(SHIP, ACTIVE, PUBLIC)
    clone.commit("Publish both")
    assert clone.check() == []
    clone.change(SHIP, PUBLIC, ACTIVE)
    clone.git("add", "--all")
    assert clone.staged() == [f"{CHECK}:13 internal-reference <- {SHIP}"]


def test_the_setting_decides_about_what_does_not_say_it(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    clone.change(CHECK, "responsible: tester,", "responsible: tester, process: ship,")
    clone.change(SHIP, ACTIVE, f"{ACTIVE}visibility: internal\n")
    assert clone.check() == []
    clone.write("handbook.toml", "[handbook]\ntitle = 'Small'\n\n[site]\nvisibility = 'public'\n")
    assert clone.check() == [
        "docs/index.md:10 internal-link",
        "docs/index.md:10 internal-link",
        f"{CHECK}:12 internal-reference",
    ]
