"""The pictures that texts name: read from the project, known by what they hold, copied.

Whatever a page shows or links is served from the edition's own address. So a file counts as a
picture only if both its name and its first bytes say so: a drawing in SVG can hold scripts, and a
page of HTML may be called seal.png.
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from teikit.edition.records import Extracted, NamedPicture
from teikit.files import NotReadable, read_inside
from teikit.project import Project
from teikit.publish.files import SiteFiles
from teikit.publish.links import DOWNLOADS
from teikit.report import Finding

_LARGEST = 30_000_000  # bytes of a picture
_LARGEST_ALL = 1_000_000_000  # bytes of all
_SUFFIXES = {
    "png": (".png",),
    "jpeg": (".jpg", ".jpeg"),
    "gif": (".gif",),
    "webp": (".webp",),
    "tiff": (".tif", ".tiff"),
}
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # markers of JPEG that tell the size


@dataclass(frozen=True)
class Picture:
    """A picture of the edition."""

    data: bytes
    kind: str  # "png", "jpeg", "gif", "webp", or "tiff", which browsers do not show
    size: str = ""  # "640x480", where it is easily read

    @property
    def is_shown(self) -> bool:
        """Return whether browsers show it."""
        return self.kind != "tiff"


NO_PICTURES: Mapping[str, Picture] = {}


def read_pictures(
    project: Project, extracted: Iterable[Extracted]
) -> tuple[dict[str, Picture], list[Finding]]:
    """Return the pictures by path, and what there is to say about those that are none.

    Of one that is missing the check of pointers tells.
    """
    named: dict[str, NamedPicture] = {}
    for one in extracted:
        for picture in one.pictures:
            named.setdefault(picture.path, picture)
    found: dict[str, Picture] = {}
    findings: list[Finding] = []
    total = 0
    for path, name in sorted(named.items()):
        try:
            data = read_inside(str(project.folder), path, _LARGEST)
        except NotReadable as problem:
            if problem.kind != "missing":
                findings.append(_finding(name, problem.reason))
            continue
        kind = picture_kind(data)
        if not path.lower().endswith(_SUFFIXES.get(kind, ())):
            findings.append(_finding(name, _reason(data, kind)))
        elif total + len(data) > _LARGEST_ALL:
            findings.append(_finding(name, "all pictures together are too large"))
        else:
            total += len(data)
            found[path] = Picture(data, kind, _size(data, kind))
    return found, findings


def add_pictures(files: SiteFiles, pictures: Mapping[str, Picture]) -> None:
    """Take in the pictures, beside the TEI files that name them."""
    for path, picture in sorted(pictures.items()):
        files.add(f"{DOWNLOADS}{path}", picture.data, path)


def picture_kind(data: bytes) -> str:
    """Return what kind of picture the bytes hold, by how they begin; "" for none."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith((b"II*\x00", b"MM\x00*")):
        return "tiff"
    return ""


def _finding(named: NamedPicture, reason: str) -> Finding:
    return Finding(
        named.place,
        "publish:picture",
        f"{named.path} is not shown: {reason}",
        "warning",
        "Pages show PNG, JPEG, GIF and WebP, and link to TIFF.",
    )


def _reason(data: bytes, kind: str) -> str:
    if kind:
        return f"it is {kind.upper()}, but its name does not end so"
    if b"<svg" in data[:4096]:
        return "it is SVG, which may hold scripts; save it as PNG"
    return "it is no picture that a page may show"


def _size(data: bytes, kind: str) -> str:
    """Return the size as "640x480", or "" where it is not easily read."""
    try:
        width, height = _SIZES[kind](data)
    except (KeyError, struct.error, ValueError):
        return ""
    return f"{width}x{height}" if 0 < width < 100_000 and 0 < height < 100_000 else ""


def _size_of_png(data: bytes) -> tuple[int, int]:
    return struct.unpack_from(">II", data, 16)


def _size_of_gif(data: bytes) -> tuple[int, int]:
    return struct.unpack_from("<HH", data, 6)


def _size_of_jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    for _ in range(200):  # segments before the frame
        mark, marker, length = struct.unpack_from(">BBH", data, at)
        if mark != 0xFF:
            break
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + length
    raise ValueError("no frame")


def _size_of_webp(data: bytes) -> tuple[int, int]:
    form = data[12:16]
    if form == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        return width, height
    if form == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("another form")


_SIZES = {
    "png": _size_of_png,
    "gif": _size_of_gif,
    "jpeg": _size_of_jpeg,
    "webp": _size_of_webp,
}
