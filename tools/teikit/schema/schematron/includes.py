"""What a Schematron file takes in from others: include, and extends with an href.

Only files of the schema's own folder and of the project's are read, not too many of them, and
none that includes itself.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from lxml import etree

from teikit.document import XML_ID, safe_parser
from teikit.schema.relaxng.errors import BadGrammar
from teikit.schema.relaxng.resolving import folder_resolver
from teikit.schema.schematron.values import SCH, BadRules
from teikit.unreadable import say_plainly

_S = f"{{{SCH}}}"
_MOST_FILES = 200
_DEEPEST = 50
_MOST_ELEMENTS = 200_000  # in all that is included or extended, each time it is
Reader = Callable[[str], bytes]  # from a URI to the bytes there; raises BadRules


def read_from(*folders: Path) -> Reader:
    """Return a reader of the files inside FOLDERS."""
    resolvers = [folder_resolver(folder) for folder in folders]

    def read(uri: str) -> bytes:
        problem: BadGrammar | None = None
        for resolve in resolvers:
            try:
                return resolve(uri)
            except BadGrammar as error:
                problem = problem or error
        raise BadRules(_in_words(uri, folders, problem.reason if problem else "")) from problem

    return read


def refuse(uri: str) -> bytes:
    """Raise BadRules: the schema is all there is."""
    raise BadRules(f"{uri}: this schema may not include other files")


def _in_words(uri: str, folders: tuple[Path, ...], reason: str) -> str:
    name = uri
    for folder in folders:
        name = name.removeprefix(folder.resolve().as_uri() + "/")
    return f"{name}: cannot be included: {reason}"


def read_xml(data: bytes, name: str) -> etree._Element:
    """Return the root of DATA; raise BadRules where it is not well-formed."""
    try:
        return etree.fromstring(data, safe_parser())
    except etree.XMLSyntaxError as error:
        said, _ = say_plainly(error.msg or "")
        raise BadRules(f"{name}:{error.lineno}: not well-formed: {said}") from error


@dataclass
class Budget:
    """How much may still be added to a schema."""

    elements: int = _MOST_ELEMENTS

    def take(self, element: etree._Element) -> None:
        """Count ELEMENT and all in it; raise BadRules where that is too much."""
        self.elements -= sum(1 for _ in element.iter())
        if self.elements < 0:
            raise BadRules("the schema takes in more than any schema holds: does it repeat itself?")


@dataclass
class Includer:
    """Puts in place what a schema takes in."""

    read: Reader
    budget: Budget
    files: dict[str, etree._Element] = field(default_factory=dict)

    def fill(self, root: etree._Element, base: str) -> None:
        """Replace each include and extends/@href inside ROOT, the file at BASE."""
        self.files[base] = root
        self._fill(root, base, ())

    def _fill(self, element: etree._Element, base: str, above: tuple[str, ...]) -> None:
        for child in list(element):
            href = child.get("href") if isinstance(child.tag, str) else None
            if href is None or child.tag not in (f"{_S}include", f"{_S}extends"):
                self._fill(child, base, above)
                continue
            for part in self._parts(child, base, above):
                child.addprevious(part)
            child.tail = None
            element.remove(child)

    def _parts(
        self, child: etree._Element, base: str, above: tuple[str, ...]
    ) -> list[etree._Element]:
        """Return what is to stand in the place of CHILD, filled itself."""
        href = child.get("href", "")
        uri = urljoin(base, href)
        if uri in above or len(above) > _DEEPEST:
            raise BadRules(f"{href}: is included in itself")
        file, fragment = urldefrag(uri)
        target = self._find(self._file(file), fragment, href)
        self.budget.take(target)
        holder = etree.Element("holder")
        holder.extend(deepcopy(part) for part in (target if child.tag.endswith("s") else [target]))
        for part in holder:
            part.tail = None
        self._fill(holder, file, (*above, uri))
        return list(holder)

    def _find(self, root: etree._Element, fragment: str, href: str) -> etree._Element:
        if not fragment:
            return root
        for element in root.iter(etree.Element):
            if fragment in (element.get("id"), element.get(XML_ID)):
                return element
        raise BadRules(f"{href}: there is no such id")

    def _file(self, uri: str) -> etree._Element:
        if uri not in self.files:
            if len(self.files) >= _MOST_FILES:
                raise BadRules(f"the schema includes more than {_MOST_FILES} files")
            self.files[uri] = read_xml(self.read(uri), uri.rpartition("/")[2])
        return self.files[uri]
