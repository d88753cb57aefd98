"""The data beside the project that some tests read; they skip where it is absent."""

from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
TEI_P5 = SHARED / "schema" / "tei-p5"
TEI_ALL, P5SUBSET = TEI_P5 / "tei_all.rng", TEI_P5 / "p5subset.xml"
ABSENT = pytest.mark.skip(reason="the folder ../shared with other people's texts is not here")


def needs(path: Path) -> pytest.MarkDecorator:
    """Return the mark of tests that skip where a file or folder of ../shared is absent."""
    return pytest.mark.skipif(not path.exists(), reason=ABSENT.kwargs["reason"])


def shared_files(*paths: Path) -> list:
    """Return files as parameters; one that is absent skips."""
    return [pytest.param(path, id=path.stem, marks=needs(path)) for path in paths]


def real_files(*folders: str) -> list:
    """Return real TEI files of ../shared/corpora as parameters; one that skips where absent."""
    names = folders or ("apparatus", "drama", "inscriptions", "letters", "novels")
    found = [path for name in names for path in sorted((SHARED / "corpora" / name).glob("*.xml"))]
    return found or [pytest.param(Path("absent"), marks=ABSENT)]


CORPORA = real_files("apparatus", "drama", "letters", "novels")
