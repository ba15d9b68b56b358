"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import pytest

from handbook import files


def test_a_new_file_is_written_in_utf_8_with_the_mode_of_this_user(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    before = os.umask(0o027)
    try:
        assert files.write(str(path), "é\n") is True
    finally:
        os.umask(before)
    assert path.read_bytes() == "é\n".encode()
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_file_without_a_folder_before_it_lands_in_the_current_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert files.write("a.yaml", "x") is True
    assert os.listdir(tmp_path) == ["a.yaml"]


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755], ids=["private", "usual", "program"])
def test_a_changed_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")
    path.chmod(mode)
    assert files.write(str(path), "new") is True
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", mode)


def test_a_file_that_holds_the_text_already_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("same")
    os.utime(path, ns=(1, 1))
    before = path.stat()
    assert files.write(str(path), "same") is False
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("broken", ["fdopen", "chmod", "replace"])
@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "stopped"]
)
def test_a_failure_in_the_middle_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, error: BaseException
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")

    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(os, broken, fail)
        with pytest.raises(type(error)):
            files.write(str(path), "new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.yaml"]


def test_a_folder_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        files.write(str(tmp_path / "none/a.yaml"), "x")


def test_a_link_stays_a_link_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    target, link = tmp_path / "below/a.yaml", tmp_path / "b.yaml"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to("below/a.yaml")
    assert files.write(str(link), b"new", within=str(tmp_path)) is True
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("new", 0o640)
    assert os.readlink(link) == "below/a.yaml"


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside, root = tmp_path / "a.yaml", tmp_path / "root"
    outside.write_text("old")
    root.mkdir()
    (root / "b.yaml").symlink_to(outside)
    with pytest.raises(PermissionError):
        files.write(str(root / "b.yaml"), "new", within=str(root))
    assert outside.read_text() == "old"


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_bytes)
        assert files.write(str(pipe), "text")
        assert read.result(timeout=10) == b"text"
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_a_device_is_written_to_and_not_replaced() -> None:
    primary, secondary = os.openpty()
    try:
        assert files.write(os.ttyname(secondary), "text")
        assert os.read(primary, 10) == b"text"
        assert stat.S_ISCHR(os.stat(os.ttyname(secondary)).st_mode)
    finally:
        os.close(primary)
        os.close(secondary)
