"""Small editions with registers, for the tests of `teikit entities`."""

from pathlib import Path

from click.testing import CliRunner, Result

from teikit.check.records import CheckSettings
from teikit.cli.commands import teikit
from teikit.entities.gathering import gather_entities, search_files
from teikit.entities.marking import mark_job
from teikit.entities.records import Choice, Marked, Search, Suggestion
from teikit.entities.usage import build_search
from teikit.project import read_project
from teikit.safety.worker import Here

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">{}</TEI>\n'
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt><publicationStmt><p/>"
    "</publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>{}</teiHeader>"
)
PREFIX = (
    '<encodingDesc><listPrefixDef><prefixDef ident="person" matchPattern="(.+)" '
    'replacementPattern="../registers/people.xml#$1"><p/></prefixDef></listPrefixDef>'
    "</encodingDesc>"
)
PEOPLE = """<standOff>
<listPerson>
<person xml:id="anna"><persName type="main">Anna Bell</persName>
<persName type="short">Anna</persName></person>
<person xml:id="bea"><persName>Bea</persName></person>
<person xml:id="other-bea"><persName>Bea</persName></person>
</listPerson>
<listPlace>
<place xml:id="beijing"><placeName xml:lang="zh">北京</placeName>
<placeName xml:lang="en">Beijing</placeName><placeName type="short">京</placeName></place>
<place xml:id="muenchen"><placeName>München</placeName></place>
</listPlace>
<listBibl><bibl xml:id="faust"><title>Faust</title></bibl></listBibl>
<listEvent><event xml:id="congress"><label>Congress of Vienna</label></event></listEvent>
</standOff>"""


def text(body: str, *, header: str = "") -> str:
    """Return a TEI document with the body."""
    return TEI.format(HEADER.format(header) + f"<text><body>\n{body}\n</body></text>")


def write_edition(folder: Path, *bodies: str, header: str = "", register: str = PEOPLE) -> Path:
    """Write an edition with texts/0.xml, texts/1.xml ... and registers/people.xml."""
    for name in ("texts", "registers"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "edition.toml").write_text('[edition]\ntitle = "T"\n')
    people = TEI.format(HEADER.format("") + register)
    (folder / "registers" / "people.xml").write_text(people, encoding="utf-8")
    for number, body in enumerate(bodies):
        content = text(body, header=header)
        (folder / "texts" / f"{number}.xml").write_text(content, encoding="utf-8", newline="\n")
    return folder


def search_of(folder: Path, shortest: int = 2) -> Search:
    """Return what the texts of an edition are searched for."""
    project = read_project(folder)
    gathered = gather_entities(project, project.files, Here())
    registers = project.registers
    return build_search(str(folder), gathered.entities, gathered.files, shortest, registers)


def suggestions(folder: Path, path: str = "texts/0.xml", shortest: int = 2) -> list[Suggestion]:
    """Return the suggestions for one file of an edition."""
    search = search_of(folder, shortest)
    return list(search_files(read_project(folder), [path], search, Here()).suggestions)


def mark_all(folder: Path, path: str = "texts/0.xml", check: CheckSettings | None = None) -> Marked:
    """Return a file with all that is clear marked; nothing is written."""
    search, data = search_of(folder), (folder / path).read_bytes()
    choices = tuple(
        Choice(one.number, one.candidates[0].uri)
        for one in suggestions(folder, path)
        if one.place.path == path
    )
    return mark_job(data, path, search, choices, check or CheckSettings())


def run(*arguments: object, stdin: str | None = None) -> Result:
    """Return what a command prints, with its exit code."""
    return CliRunner().invoke(teikit, ["entities", *map(str, arguments)], input=stdin)
