"""The static files of a site: style sheets, images, scripts.

A page asks for one style sheet: what all pages share, and what its kind adds, put together. The
page of a text that has what few texts have (verse, tables, @rend) asks for looks.css, too.
"""

import re
from pathlib import Path, PurePosixPath

from teikit.errors import TeikitError
from teikit.files import NotReadable, find_files, is_inside, read_inside
from teikit.publish.files import SiteFiles

_LARGEST = 50_000_000  # bytes of a file
_SHARED = "static/teikit.css"
_KINDS = ("static/text.css", "static/pages.css")  # each is put behind the shared one

_STRING = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SHORTER = (  # in this order, outside strings
    (re.compile(r"\s+"), " "),
    (re.compile(r"([{;] ?[\w-]+): "), r"\1:"),
    (re.compile(r" ?([{};,>]) ?"), r"\1"),
    (re.compile(r";?\}"), "}"),
)


def shorten_css(data: bytes) -> bytes:
    """Return a style sheet without comments and needless white space."""
    pieces = _STRING.split(_COMMENT.sub("", data.decode("utf-8")))
    for pattern, short in _SHORTER:
        pieces[::2] = [pattern.sub(short, piece) for piece in pieces[::2]]
    return ("".join(pieces).strip() + "\n").encode("utf-8")


def shorten_script(data: bytes) -> bytes:
    """Return a script without lines that are comments, and without the space before lines."""
    lines = (line.strip() for line in data.decode("utf-8").splitlines())
    kept = (line for line in lines if line and not line.startswith("//"))
    return ("\n".join(kept) + "\n").encode("utf-8")


def add_static(files: SiteFiles, ours: Path, theirs: Path | None) -> None:
    """Take in the static files; the edition's own come in place of ours of the same name."""
    found: dict[str, Path] = {}  # name -> templates folder that has it
    for folder in (ours, theirs):
        if folder is not None and is_inside(folder, "static"):
            for name in find_files(folder / "static"):
                if not PurePosixPath(name).name.startswith("."):
                    found[f"static/{name}"] = folder
    shared = _read(found.pop(_SHARED), _SHARED, ours)
    for name, folder in sorted(found.items()):
        data = _read(folder, name, ours)
        files.add(name, shared + data if name in _KINDS else data, f"templates/{name}")


def _read(folder: Path, name: str, ours: Path) -> bytes:
    """Return the bytes of a static file; a style sheet or script of ours is shortened.

    One of the edition may be no link that leads out of its folder.
    """
    try:
        data = read_inside(str(folder), name, _LARGEST)
    except NotReadable as problem:
        raise TeikitError(f"{folder / name}: {problem.reason}") from None
    shorten = _SHORTEN.get(PurePosixPath(name).suffix) if folder == ours else None
    return shorten(data) if shorten else data


_SHORTEN = {".css": shorten_css, ".js": shorten_script}
