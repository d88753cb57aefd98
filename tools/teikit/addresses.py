"""Where an address in a document leads: to a file of the project, or out of it."""

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DRIVE = re.compile(r"[A-Za-z]:([\\/]|$)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Address:
    """A file of the project (`path`), an address in the network (`url`), or neither.

    The path of a folder ends with a slash. `problem` says why it is neither, for the scholar:
    "it leads out of the folder".
    """

    path: str = ""
    url: str = ""
    problem: str = ""


def find_address(reference: str, base: Address) -> Address:
    """Return what REFERENCE, written in a file or under an xml:base at BASE, leads to.

    It has no fragment. An empty reference leads to BASE itself.
    """
    reference = reference.strip(" \t\r\n")
    if base.problem:
        return base
    if not reference:
        return base
    if _CONTROL.search(unquote(reference)):
        return Address(problem="it holds a control character")
    if _DRIVE.match(reference) or "\\" in reference:
        return Address(problem=r"it is a path of Windows: write a relative one, with / and not \ ")
    try:
        scheme = urlsplit(reference).scheme.lower()
    except ValueError:
        return Address(problem="it is no address")
    if scheme == "file":
        return Address(problem="it is the address of a file on one machine: write a relative path")
    if _SCHEME.match(reference) or reference.startswith("//"):
        return Address(url=reference)
    if base.url:
        return Address(url=urljoin(base.url, reference))
    if unquote(reference).startswith("/"):
        return Address(problem="it is a path from the root of one machine: write a relative one")
    joined = posixpath.join(posixpath.dirname(base.path), unquote(reference))
    path = posixpath.normpath(joined)
    if path == ".." or path.startswith("../"):
        return Address(problem="it leads out of the folder that teikit may read")
    is_folder = joined.rpartition("/")[2] in ("", ".", "..")
    return Address(path + "/" if is_folder else path)
