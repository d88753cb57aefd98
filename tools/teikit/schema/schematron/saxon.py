"""Running rules of XPath 2 and 3 in Saxon (the extra xslt3), which is closed to the outside.

Three locks, each of which would do: what leads out is refused before anything runs (closing.py);
Saxon's configuration allows no protocol, no extension function and no xsl:evaluate; and while it
runs the process can open no file and no socket, since it has no file descriptor left for one.

An assertion that fails for a node is told; a context that fails for a node does not match it, as
XSLT has it.
"""

import contextlib
import importlib.util
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from teikit.safety.serving import SAXON_RESERVES
from teikit.schema.schematron.hits import CannotRun, Hit, Source, parse_again
from teikit.schema.schematron.stylesheet import all_assertions, render_xslt3
from teikit.schema.schematron.values import Assertion, Pattern, Schema

_FEATURE = "http://saxon.sf.net/feature/"
_CLOSED = {
    "allowedProtocols": "none",
    "allow-external-functions": "off",
    "disableXslEvaluate": "on",
}
_CODE = re.compile(r"\b[A-Z]{4}[0-9]{4}\b\s*")  # XPST0003, before what it means
_WHERE = re.compile(r"\s+(?:on line \d+ column \d+ )?(?:of|in module|at) file:\S+")


def find_obstacle() -> str:
    """Return why Saxon cannot run, "" where it can."""
    if importlib.util.find_spec("saxonche") is None:
        return "missing"
    if sys.platform != "win32":
        import resource

        limit, _ = resource.getrlimit(resource.RLIMIT_AS)
        if limit not in (resource.RLIM_INFINITY, -1) and limit < SAXON_RESERVES:
            return "memory"
    return ""


@lru_cache(maxsize=1)
def _processor() -> Any:
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    for name, value in _CLOSED.items():
        processor.set_configuration_property(_FEATURE + name, value)
    return processor


@dataclass(frozen=True, eq=False)
class Compiled:
    """Patterns ready to run."""

    executable: Any
    assertions: tuple[Assertion, ...]

    def run(self, source: Source) -> Iterator[Hit]:
        """Yield where assertions are broken or fail; raise CannotRun where a let does."""
        from saxonche import PySaxonApiError

        try:
            with no_new_files():
                node = _processor().parse_xml(xml_text=source.xml, encoding="utf-8")
                result = self.executable.transform_to_string(xdm_node=node)
        except PySaxonApiError as error:
            raise CannotRun(_reason(error)) from error
        for node in parse_again(result.encode("utf-8")):
            assertion = self.assertions[int(node.get("number"))]
            yield Hit(assertion, int(node.get("at") or 0), node.text or "", "failed" in node.attrib)


def compile_there(schema: Schema, patterns: tuple[Pattern, ...]) -> Compiled:
    """Return PATTERNS ready to run; raise CannotRun where one of them is wrong."""
    from saxonche import PySaxonApiError

    try:
        text = etree.tostring(render_xslt3(schema, patterns), encoding="unicode")
        compiler = _processor().new_xslt30_processor()
        with no_new_files():
            executable = compiler.compile_stylesheet(stylesheet_text=text, encoding="utf-8")
    except (PySaxonApiError, ValueError) as error:
        raise CannotRun(_reason(error)) from error
    return Compiled(executable, tuple(all_assertions(patterns)))


def _reason(error: Exception) -> str:
    """Return what Saxon says in one line, without the paths of this machine."""
    text = " ".join(_WHERE.sub("", str(error)).split())
    coded = _CODE.split(text)
    return coded[1] if len(coded) > 1 else text


@contextlib.contextmanager
def no_new_files() -> Iterator[None]:
    """Keep this process from opening files and sockets meanwhile, where the system can."""
    if sys.platform == "win32":
        yield
        return
    import resource

    free = os.dup(2)
    os.close(free)  # every number below this one is taken
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(free, soft) if soft > 0 else free, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
