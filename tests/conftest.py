"""What several tests use."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from browsers import browser  # noqa: F401
from teikit.document import TEI, Document, read_document
from xinclude_files import Files

_WHOLE = f'<TEI xmlns="{TEI}"><teiHeader/><text><body>\n{{}}\n</body></text></TEI>'


def pytest_addoption(parser):
    parser.addoption(
        "--update",
        action="store_true",
        help="rewrite the expected files of tests/cases; read the diff afterwards",
    )


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory):
    """Keep the cache of the tests apart from that of whoever runs them; return its folder."""
    folder = tmp_path_factory.mktemp("cache")
    before, os.environ["TEIKIT_CACHE"] = os.environ.get("TEIKIT_CACHE"), str(folder)
    yield folder
    if before is None:
        del os.environ["TEIKIT_CACHE"]
    else:
        os.environ["TEIKIT_CACHE"] = before


@pytest.fixture(scope="session")
def tei():
    """Return a function that wraps a fragment into a TEI document and reads it as a file is."""

    def read(body: str, path: str = "texts/test.xml") -> Document:
        return read_document(_WHOLE.format(body).encode("utf-8"), path)

    return read


@pytest.fixture
def schema_file(tmp_path):
    """Return a function that writes a schema into a file, and returns its path."""

    def write(text: str, name: str = "small.rnc") -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


@pytest.fixture
def files(tmp_path):
    """Return an empty folder to put the files of one document into."""
    return Files(tmp_path)
