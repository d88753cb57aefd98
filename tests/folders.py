"""What is in a folder, so that a test can say what has changed in it and what has not."""

from pathlib import Path


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder, hidden ones too, by their paths in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
