"""Stylesheets: compiled and run so that they can neither read nor write anything else.

libxslt checks no `xsl:import`, so imports go through a resolver that knows two kinds:
`teikit:html.xsl`, the stylesheets that come with teikit, and files in the folder of the
stylesheet itself. What a stylesheet does when it runs (document(), exsl:document ...) goes
through an access control that denies everything.
"""

import functools
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from teikit.errors import TeikitError
from teikit.shipped import shipped
from teikit.transform.rendering import Stylesheet

_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_OURS = "teikit:"  # as an edition writes it: teikit:html.xsl
_OURS_BASE = "teikit:///"  # as libxml2 can resolve relative addresses against it
_BESIDE = "beside:/"  # what we call the folder of a project's stylesheet
_WHERE = re.compile(r"(?:compilation|runtime) error, element '([^']*)'")
_NO_MEMORY = re.compile(r"(?i)memory allocation|out of memory|copy failed")
_SAYS_NOTHING = frozenset(("error", "unknown error", "XPath evaluation returned no result."))
_LARGEST = 10_000_000  # bytes of a stylesheet


class BadStylesheet(TeikitError):
    """A stylesheet cannot be compiled, or stopped while it ran; says where."""

    def __init__(self, name: str, line: int, reason: str):
        super().__init__(f"{name}:{line}: {reason}" if line else f"{name}: {reason}")
        self.name, self.line, self.reason = name, line, reason


@dataclass(frozen=True, eq=False)
class Compiled:
    """A stylesheet ready to run, and whether it builds on ours."""

    transform: etree.XSLT
    name: str
    uses_ours: bool
    version: str = "1.0"
    is_ours: bool = False  # and nobody has changed it


@functools.cache
def compile_shipped(name: str) -> Compiled:
    """Return the stylesheet NAME ("html.xsl") that comes with teikit, compiled once a process."""
    data = _read_ours(name) or b""
    return replace(_compile(data, _OURS_BASE + name, name, _Resolver()), is_ours=True)


def compile_stylesheet(stylesheet: Stylesheet) -> Compiled:
    """Return the stylesheet ready to run; raise BadStylesheet where it cannot be.

    It is compiled once a process where it is known what it may import.
    """
    if stylesheet.digest or not stylesheet.folder:
        return _compile_once(stylesheet)
    return _compile_own(stylesheet)


@functools.lru_cache(maxsize=8)
def _compile_once(stylesheet: Stylesheet) -> Compiled:
    return _compile_own(stylesheet)


def _compile_own(stylesheet: Stylesheet) -> Compiled:
    resolver = _Resolver(Path(os.path.realpath(stylesheet.folder)) if stylesheet.folder else None)
    return _compile(
        stylesheet.data, _BESIDE + "." + Path(stylesheet.name).suffix, stylesheet.name, resolver
    )


def run(
    compiled: Compiled, tree: etree._ElementTree, parameters: Mapping[str, str] | None = None
) -> tuple[etree._XSLTResultTree, list[str]]:
    """Return the result of the stylesheet, and the messages it gave."""
    quoted = {name: etree.XSLT.strparam(value) for name, value in (parameters or {}).items()}
    try:
        result = compiled.transform(tree, **quoted)
    except etree.XSLTApplyError as error:
        said = " ".join(one.message for one in compiled.transform.error_log)
        if _NO_MEMORY.search(said) or (compiled.is_ours and "recursion" not in said):
            raise MemoryError from error  # which libxslt tells of wherever it is at that moment
        raise _problem(
            compiled.name, compiled.transform.error_log, error, compiled.version
        ) from error
    log = compiled.transform.error_log
    return result, [entry.message for entry in log if entry.type == etree.ErrorTypes.ERR_OK]


class _Resolver(etree.Resolver):
    """Gives our stylesheets and those beside the project's own; remembers what it refused."""

    def __init__(self, folder: Path | None = None):
        self.folder, self.refused, self.gave_ours = folder, "", False

    def resolve(self, url, public_id, context):
        if url.startswith(_OURS):
            self.gave_ours = True
            url = _OURS_BASE + url.removeprefix(_OURS).lstrip("/")
        data = self._find(url)
        if data is None:
            self.refused = self.refused or url
            data = b""
        return self.resolve_string(data, context, base_url=url)

    def _find(self, url: str) -> bytes | None:
        if url.startswith(_OURS_BASE):
            return _read_ours(url.removeprefix(_OURS_BASE))
        if self.folder is None or not url.startswith(_BESIDE):
            return None
        relative = unquote(urlsplit(url).path).lstrip("/")
        path = Path(os.path.realpath(self.folder / relative))
        if "\0" in relative or not path.is_relative_to(self.folder) or not path.is_file():
            return None
        return path.read_bytes() if path.stat().st_size <= _LARGEST else None


def _read_ours(name: str) -> bytes | None:
    """Return the shipped stylesheet NAME, if there is one."""
    if not re.fullmatch(r"(?:[a-z0-9-]+/)?[a-z0-9-]+\.xsl", name):
        return None
    path = shipped("xslt") / name
    return path.read_bytes() if path.is_file() else None


def _compile(data: bytes, url: str, name: str, resolver: _Resolver) -> Compiled:
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False)
    parser.resolvers.add(resolver)
    try:
        tree = etree.fromstring(data, parser, base_url=url).getroottree()
    except etree.XMLSyntaxError as error:
        raise BadStylesheet(name, error.lineno or 0, f"not well-formed XML: {error.msg}") from error
    root = tree.getroot()
    if not root.tag.startswith(_XSL) and root.get(_XSL + "version") is None:
        raise BadStylesheet(name, root.sourceline or 0, "is no XSLT stylesheet")
    version = root.get("version") or root.get(_XSL + "version") or "1.0"
    control = etree.XSLTAccessControl(
        read_file=False, write_file=False, create_dir=False, read_network=False, write_network=False
    )
    try:
        transform = etree.XSLT(tree, access_control=control)
    except (etree.XSLTParseError, etree.XMLSyntaxError) as error:
        if resolver.refused:
            raise BadStylesheet(
                name,
                _import_line(root, resolver.refused),
                _refusal(resolver.refused, resolver.folder),
            ) from error
        raise _problem(name, error.error_log, error, version) from error
    return Compiled(transform, name, resolver.gave_ours, version)


def _refusal(url: str, folder: Path | None) -> str:
    if url.startswith(_OURS):
        return f"imports {url.replace(_OURS_BASE, _OURS)}, which does not come with teikit"
    shown = url.removeprefix(_BESIDE)
    where = "from its own folder or from teikit:" if folder else "from teikit:"
    return f"imports {shown}: a stylesheet may import only {where}, and the file must exist"


def _import_line(root: etree._Element, url: str) -> int:
    for element in root.iterchildren(_XSL + "import", _XSL + "include"):
        href = element.get("href", "")
        if href and url.endswith(href.lstrip("./")):
            return element.sourceline or 0
    return 0


def _problem(name: str, log: etree._ListErrorLog, error: Exception, version: str) -> BadStylesheet:
    """Return what went wrong first, with the stylesheet's line.

    libxslt says in one entry where it was, and before and after it what was wrong.
    """
    entries = [one for one in log if one.level >= etree.ErrorLevels.ERROR]
    at = next((one for one in entries if one.line and _WHERE.search(one.message)), None)
    said = [" ".join(one.message.split()) for one in entries if not _WHERE.search(one.message)]
    said = [one for one in dict.fromkeys(said) if one not in _SAYS_NOTHING]
    reason = "; ".join(said[:2]) or " ".join(str(error).split())
    reason = reason.partition(" You can adjust xsltMaxDepth")[0]
    if at is not None:
        reason += f" (in xsl:{_WHERE.search(at.message)[1]})"
    if version not in ("1.0", "1.1"):
        reason += f" (it says version {version}; teikit runs XSLT 1.0)"
    file = (at.filename or "") if at is not None else ""
    if file.startswith(_OURS) or (file.startswith(_BESIDE) and not file.startswith(_BESIDE + ".")):
        name = file.replace(_OURS_BASE, _OURS).removeprefix(_BESIDE)
    return BadStylesheet(name, at.line if at is not None else 0, reason)
