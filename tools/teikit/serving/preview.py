"""What the preview answers: the files of a site, and nothing else.

The files come from memory, so no address can lead to a file of the disk. Other programs on the
computer, and pages of other sites in the reader's browser, are kept out by the Host header
(a name that was made to lead to 127.0.0.1 is refused) and by headers that keep pages of other
sites from taking the answers in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from urllib.parse import unquote_to_bytes, urlsplit

TOUCHED = "/-teikit/version"  # says which build is shown
SCRIPT = "/-teikit/reload.js"  # asks for that, and loads the page again
_KINDS = {
    "bib": "text/plain; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
    "png": "image/png",
    "ris": "text/plain; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "webp": "image/webp",
    "xml": "application/xml; charset=utf-8",
}
_OTHER = "application/octet-stream"
_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(")')
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True)
class Shown:
    """What is shown at the moment: the files of the site, and the number of the build."""

    files: Mapping[str, bytes] = field(repr=False)
    number: int = 0


@dataclass(frozen=True)
class Answer:
    """An answer over HTTP."""

    status: int
    body: bytes = field(repr=False, default=b"")
    kind: str = "text/plain; charset=utf-8"
    location: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of the answer."""
        own = {"Content-Type": self.kind, "Content-Length": str(len(self.body))}
        return _HEADERS | own | ({"Location": self.location} if self.location else {})


def answer(shown: Shown, address: str, host: str, port: int) -> Answer:
    """Return the answer to a request for ADDRESS whose Host header is HOST."""
    if not is_ours(host, port):
        return Answer(421, b"This preview is for this computer only.\n")
    path = urlsplit(address).path
    if path == TOUCHED:
        return Answer(200, str(shown.number).encode())
    if path == SCRIPT:
        return Answer(200, read_script(), _KINDS["js"])
    try:
        name = unquote_to_bytes(path).decode("utf-8").removeprefix("/")
    except UnicodeDecodeError:
        return _missing(path)
    if not name or name.endswith("/"):
        name += "index.html"
    elif name not in shown.files and f"{name}/index.html" in shown.files:
        return Answer(301, location=f"{path}/")
    if name not in shown.files:
        return _missing(path)
    kind = _KINDS.get(name.rpartition(".")[2].lower(), _OTHER)
    body = shown.files[name]
    return Answer(
        200, with_reload(body, shown.number) if kind.startswith("text/html") else body, kind
    )


def is_ours(host: str, port: int) -> bool:
    """Return whether the Host header is one by which the preview is called."""
    return host.lower() in {f"{name}:{port}" for name in ("127.0.0.1", "localhost")} | (
        {"127.0.0.1", "localhost"} if port == 80 else set()
    )


def with_reload(page: bytes, number: int) -> bytes:
    """Return the page with a script that loads it again after the next build, and may run."""
    page = _POLICY.sub(_allowing, page, count=1)
    tag = f'<script src="{SCRIPT}" data-build="{number}" defer></script>\n'.encode()
    head, end, rest = page.partition(b"</head>")
    return head + tag + end + rest if end else page


def _allowing(match: re.Match) -> bytes:
    """Return the policy of a page with leave to run and to ask this server."""
    rules = {
        name: values
        for name, *values in (rule.split() for rule in match[2].decode().split(";") if rule.strip())
    }
    for name in ("script-src", "connect-src"):
        rules[name] = list(dict.fromkeys([*rules.get(name, []), "'self'"]))
    policy = "; ".join(" ".join((name, *values)) for name, values in rules.items())
    return match[1] + policy.encode() + match[3]


def _missing(path: str) -> Answer:
    return Answer(404, f"There is no page {path[:200]} in this edition.\n".encode())


@cache
def read_script() -> bytes:
    """Return the script that loads a page again."""
    return files("teikit.serving").joinpath("reload.js").read_bytes()
