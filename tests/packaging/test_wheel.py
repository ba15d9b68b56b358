"""The distribution: what is in the wheel, and that it works where nothing of this repository is."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from handbook import __version__

pytestmark = pytest.mark.wheel

Done = subprocess.CompletedProcess[str]


def ran(*command: str | Path, cwd: Path) -> Done:
    return subprocess.run(
        [str(each) for each in command], cwd=cwd, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that nothing is left in the repository."""
    root = Path(__file__).parent.parent.parent
    copy, out = tmp_path_factory.mktemp("source") / "handbook", tmp_path_factory.mktemp("wheel")
    copy.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, copy)
    for name in ("scripts", "schemas", "processes", "tests/scenarios"):
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    done = ran(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", out, copy, cwd=out)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment with the wheel in it, which sees the dependencies of this one."""
    folder = tmp_path_factory.mktemp("environment") / "venv"
    venv.create(folder, symlinks=True)
    site = (
        next(folder.glob("lib/python*/site-packages"))
        if sys.platform != "win32"
        else folder / "Lib/site-packages"
    )
    done = ran(
        sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", folder / "bin/python",
        "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    # A path in a .pth file comes after the environment's own packages, and the .pth files in it are not read,
    # so the repository itself is out of sight.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin"


@pytest.fixture
def small(root: Path, tmp_path: Path) -> Path:
    """A folder that holds only a small handbook."""
    return Path(shutil.copytree(root / "tests/scenarios/small", tmp_path / "small"))


def test_the_wheel_holds_the_engine_and_the_schemas_and_nothing_else(wheel: Path, root: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    engine = {str(path.relative_to(root / "scripts")) for path in root.glob("scripts/handbook/**/*.py")}
    schemas = {f"handbook/{path.relative_to(root)}" for path in root.glob("schemas/**/*.json")}
    assert engine
    assert schemas
    assert {name for name in names if name.endswith(".py")} == engine
    assert {name for name in names if name.endswith(".json")} == schemas
    assert {name.partition("/")[0] for name in names} == {"handbook"}


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        metadata = next(
            archive.read(name).decode() for name in archive.namelist() if name.endswith("/METADATA")
        )
        entries = next(
            archive.read(name).decode() for name in archive.namelist() if name.endswith("/entry_points.txt")
        )
    assert wheel.name == f"process_handbook-{__version__}-py3-none-any.whl"
    assert "License-Expression: MIT\n" in metadata
    assert "handbook = handbook.__main__:command" in entries
    assert "handbook = handbook.site.mkdocs:HandbookPlugin" in entries


def test_the_installed_engine_is_the_one_of_the_wheel(environment: Path, small: Path) -> None:
    done = ran(
        environment / "python", "-c", "import handbook.schema.files as f; print(f.folder())", cwd=small
    )
    assert Path(done.stdout.strip()).is_relative_to(environment.parent)


def test_the_installed_command_checks_a_folder_that_holds_only_a_small_handbook(
    environment: Path, small: Path
) -> None:
    done = ran(environment / "handbook", "check", cwd=small)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("7 files checked: nothing to mend")


def test_the_installed_command_finds_a_mistake_there(environment: Path, small: Path) -> None:
    record = small / "processes/release/go-no-go.yaml"
    record.write_text(record.read_text().replace("owner: product-operations", "owner: product-operation"))
    done = ran(environment / "handbook", "check", cwd=small)
    assert done.returncode == 1
    assert "processes/release/go-no-go.yaml:4:8 error unknown-reference" in done.stdout
    assert 'did you mean "product-operations"?' in done.stdout


def test_the_installed_command_shows_the_schemas_inside(environment: Path, small: Path) -> None:
    done = ran(environment / "handbook", "schema", "process", cwd=small)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Process: ")


def test_the_hooks_that_are_offered_to_others_are_valid(root: Path) -> None:
    manifest = root / ".pre-commit-hooks.yaml"
    done = ran(sys.executable, "-m", "pre_commit", "validate-manifest", manifest, cwd=root)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_hooks_of_this_repository_are_valid(root: Path) -> None:
    done = ran(
        sys.executable, "-m", "pre_commit", "validate-config", root / ".pre-commit-config.yaml", cwd=root
    )
    assert (done.returncode, done.stdout) == (0, "")
