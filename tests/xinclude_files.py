"""Documents of several files, for the tests of XInclude."""

import re
from pathlib import Path

from lxml import etree

from teikit.document import ORDINAL, TEI
from teikit.xinclude import read_whole
from teikit.xinclude.names import XI

START = f'<TEI xmlns="{TEI}" xmlns:xi="{XI}"><teiHeader/><text><body>'
END = "</body></text></TEI>"
DIV = f'<div xmlns="{TEI}" xmlns:xi="{XI}"'


class Files:
    """A folder with files, and the documents in it."""

    def __init__(self, folder: Path):
        self.folder = folder

    def put(self, **files: str | bytes) -> "Files":
        """Write files; two underscores in a name stand for a slash."""
        for name, content in files.items():
            path = self.folder / (name.replace("__", "/") + ".xml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def read(self, body: str, path: str = "main.xml"):
        """Read a document with BODY, and keep what was found."""
        self.data = (START + body + END).encode()
        whole = read_whole(self.data, path, str(self.folder))
        self.document, self.findings, self.paths = whole
        return whole

    def said(self, body: str, path: str = "main.xml") -> list[tuple[str, str]]:
        """Return rule and severity of what is found in a document with BODY."""
        self.read(body, path)
        return [(finding.rule, finding.severity) for finding in self.findings]

    def body(self) -> str:
        """Return the body of the document as it is in the end."""
        body = next(self.document.clean_tree().getroot().iter(f"{{{TEI}}}body"))
        etree.cleanup_namespaces(body)
        return re.sub(r' xmlns(:\w+)?="[^"]*"', "", etree.tostring(body, encoding="unicode"))


def check_places(document, folder: Path, own: bytes) -> set[str]:
    """Assert that each element is where it is said to be; return the files that were met."""
    met, texts = set(), {document.path: own.decode()}
    elements = list(document.root.iter(etree.Element))
    assert [element.get(ORDINAL) for element in elements] == [str(n) for n in range(len(elements))]
    for element in elements:
        place = document.place(element)
        met.add(place.path)
        if place.path not in texts:
            texts[place.path] = (folder / place.path).read_text(encoding="utf-8")
        line = re.split(r"\r\n|\r|\n", texts[place.path])[place.line - 1]
        name = etree.QName(element).localname
        assert re.match(rf"<([\w.-]+:)?{name}[\s/>]", line[place.column - 1 :] + " "), place
        start, end = document.extent(element)
        whole = document.source_of(document.ordinal(element)).utf8[start:end].decode()
        assert whole.startswith("<") and whole.endswith(("/>", f"{name}>"))
    return met
