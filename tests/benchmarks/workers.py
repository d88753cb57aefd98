"""What worker processes cost: 1,000 small files checked in one, and in this process.

Run as a program it checks the files of a folder; a benchmark runs it once for each way.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
SIZE = 5_000
FRAME = f"""<TEI xmlns="{TEI[1:-1]}"><teiHeader><fileDesc>
<titleStmt><title/></titleStmt><publicationStmt><p>none</p></publicationStmt>
<sourceDesc><p>none</p></sourceDesc></fileDesc></teiHeader><text><body/></text></TEI>"""


def write_letters(source: Path, folder: Path, count: int) -> None:
    """Write COUNT letters of some 5 kB to FOLDER: those of SOURCE, cut short, again and again."""
    letters = [cut_short(path.read_bytes()) for path in sorted(source.glob("*.xml"))]
    for number in range(count):
        (folder / f"{number:04}.xml").write_bytes(letters[number % len(letters)])


def cut_short(data: bytes) -> bytes:
    """Return a letter with the title, and as much of the content as has room."""
    given = etree.fromstring(data)
    root = etree.fromstring(FRAME)
    title = next(root.iter(TEI + "title"))
    title.text = next(given.iter(TEI + "title")).text
    body = next(root.iter(TEI + "body"))
    for element in next(given.iter(TEI + "body")).iter(TEI + "p"):
        if len(etree.tostring(root)) + len(etree.tostring(element)) < SIZE:
            paragraph = etree.SubElement(body, TEI + "p")
            paragraph.text, paragraph[:] = element.text, list(element)
    for number in range(1, 100):  # short letters say it again
        if len(etree.tostring(root)) > SIZE * 0.9:
            break
        etree.SubElement(body, TEI + "p").text = f"{number}: {title.text}"
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def calls(folder: Path, schema: str, cache: str) -> Iterator[tuple]:
    """Yield the arguments of the job `check` for each file."""
    from teikit.check.records import CheckSettings

    settings = CheckSettings(schema, folder=str(folder), cache=cache)
    for path in sorted(folder.glob("*.xml")):
        yield path.read_bytes(), path.name, settings


def main() -> None:
    """Check the files of a folder: WAY FOLDER SCHEMA CACHE."""
    from teikit.safety.worker import Here, Workers

    way, folder, schema, cache = sys.argv[1:]
    with Here() if way == "here" else Workers(count=1) as jobs:
        results = jobs.run_all("check", calls(Path(folder), schema, cache))
    print(len(results), sum(len(result.findings) for result in results))


if __name__ == "__main__":
    main()
