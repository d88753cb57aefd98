"""The static files of a site: style sheets, images, scripts.

A page asks for one style sheet: what all pages share, and what its kind adds, put together. The
page of a text that has what few texts have (verse, tables, @rend) asks for looks.css, too.
"""

import re
from pathlib import Path

from teikit.errors import TeikitError
from teikit.publish.files import SiteFiles

_SHARED = "teikit.css"
_KINDS = ("text.css", "pages.css")  # each is put behind the shared one

_STRING = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SHORTER = (  # in this order, outside strings
    (re.compile(r"\s+"), " "),
    (re.compile(r"([{;] ?[\w-]+): "), r"\1:"),
    (re.compile(r" ?([{};,>]) ?"), r"\1"),
    (re.compile(r";?\}"), "}\n"),
)


def shorten_css(data: bytes) -> bytes:
    """Return a style sheet without comments and needless white space, one rule a line."""
    pieces = _STRING.split(_COMMENT.sub("", data.decode("utf-8")))
    for pattern, short in _SHORTER:
        pieces[::2] = [pattern.sub(short, piece) for piece in pieces[::2]]
    return ("".join(pieces).strip() + "\n").encode("utf-8")


def add_static(files: SiteFiles, ours: Path, theirs: Path | None) -> None:
    """Take in the static files; the edition's own come in place of ours of the same name."""
    found: dict[str, Path] = {}
    for folder in (ours, theirs):
        if folder is not None and (folder / "static").is_dir():
            for path in sorted((folder / "static").rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    found[path.relative_to(folder / "static").as_posix()] = path
    shared = _read(found.pop(_SHARED), ours)
    for name, path in sorted(found.items()):
        data = _read(path, ours)
        files.add(
            f"static/{name}", shared + data if name in _KINDS else data, f"templates/static/{name}"
        )


def _read(path: Path, ours: Path) -> bytes:
    """Return the bytes of a static file; a style sheet of ours is shortened."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TeikitError(f"{path}: cannot be read: {error.strerror}") from error
    is_short = path.suffix == ".css" and path.is_relative_to(ours)
    return shorten_css(data) if is_short else data
