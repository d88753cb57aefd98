"""A folder that is written again takes from the old one the files that did not change."""

import os

import pytest

from folders import files_in
from teikit.safety.writing import MANIFEST, CannotWrite, write_folder

FILES = {"site/a.html": b"one", "site/deep/b.html": b"two" * 9000, "text/empty.txt": b""}


def without_manifest(folder):
    return {name: data for name, data in files_in(folder).items() if name != MANIFEST}


def test_unchanged_files_are_the_same_files_and_others_new(tmp_path):
    target = tmp_path / "build"
    write_folder(target, FILES)
    before = {name: (target / name).stat().st_ino for name in FILES}
    changed = {**FILES, "site/a.html": b"ONE", "site/c.html": b"three"}
    del changed["text/empty.txt"]
    write_folder(target, changed)
    assert without_manifest(target) == changed
    assert (target / "site/deep/b.html").stat().st_ino == before["site/deep/b.html"]
    assert (target / "site/deep/b.html").stat().st_nlink == 1
    assert (target / "site/a.html").stat().st_ino != before["site/a.html"]


@pytest.mark.parametrize("size", ["same", "other"])
def test_a_file_that_somebody_edited_in_the_old_folder_is_written_anew(tmp_path, size):
    target = tmp_path / "build"
    write_folder(target, FILES)
    (target / "site/a.html").write_bytes(b"two" if size == "same" else b"edited")
    write_folder(target, FILES)
    assert without_manifest(target) == FILES


@pytest.mark.skipif(os.name == "nt", reason="links and permissions of Unix")
def test_links_and_files_with_other_permissions_are_not_taken(tmp_path):
    target, outside = tmp_path / "build", tmp_path / "outside"
    outside.write_bytes(b"one")
    write_folder(target, FILES)
    (target / "site/a.html").unlink()
    (target / "site/a.html").symlink_to(outside)
    (target / "site/deep/b.html").chmod(0o600)
    write_folder(target, FILES)
    assert not (target / "site/a.html").is_symlink()
    modes = {(target / name).stat().st_mode & 0o777 for name in FILES}
    assert len(modes) == 1


@pytest.mark.skipif(os.name == "nt", reason="permissions of Unix")
def test_a_disk_without_second_names_is_written_to_all_the_same(tmp_path, monkeypatch):
    target = tmp_path / "build"
    write_folder(target, FILES)

    def refuse(*_):
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    write_folder(target, FILES)
    assert without_manifest(target) == FILES


@pytest.mark.parametrize("name", ["../out.html", "/etc/out.html", "site/../../out.html"])
def test_nothing_is_written_outside_of_the_folder(tmp_path, name):
    with pytest.raises(CannotWrite):
        write_folder(tmp_path / "build", {name: b"out"})
    assert files_in(tmp_path) == {}
