"""The data beside the project that some tests read; they skip where it is absent."""

from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
ABSENT = pytest.mark.skip(reason="the folder ../shared with other people's texts is not here")


def real_files(*folders: str) -> list:
    """Return real TEI files of ../shared/corpora as parameters; one that skips where absent."""
    names = folders or ("apparatus", "drama", "inscriptions", "letters", "novels")
    found = [path for name in names for path in sorted((SHARED / "corpora" / name).glob("*.xml"))]
    return found or [pytest.param(Path("absent"), marks=ABSENT)]


CORPORA = real_files("apparatus", "drama", "letters", "novels")
