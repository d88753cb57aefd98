"""The XML catalog of an edition: which of its files the address of a schema stands for."""

import os
import shutil
import subprocess
import time

import pytest

from teikit.addresses import Address
from teikit.check.choosing import choose_schemas
from teikit.check.edition import validate_files
from teikit.check.records import CheckSettings
from teikit.document import TEI, read_document
from teikit.errors import TeikitError
from teikit.formatting.files import format_files
from teikit.project import Project, read_project
from teikit.safety.worker import Here, Limits, Workers
from teikit.schema.catalog import Catalog, find_entry
from teikit.schema.catalog_reading import CATALOG, catalog_job

RNG = "http://relaxng.org/ns/structure/1.0"
GRAMMAR = f'<element name="TEI" ns="{TEI}" xmlns="{RNG}"><text/></element>'
ALL = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"
ENTRIES = """
<uri name="https://x.org/a.rng" uri="schema/a.rng"/>
<uri name="https://x.org/a.rng" uri="schema/second.rng"/>
<uri name="https://x.org/b/exact.rng" uri="schema/exact.rng"/>
<uri name="https://x.org/&#x4E66;.rng" uri="schema/book.rng"/>
<uri name="https://x.org/space.rng" uri="schema/a%20b.rng"/>
<uri name="urn:x:letters" uri="schema/letters.rng"/>
<rewriteURI uriStartString="https://x.org/b/" rewritePrefix="schema/"/>
<rewriteURI uriStartString="https://x.org/b/c/" rewritePrefix="deep/"/>
<group xml:base="schema/more/"><uri name="https://x.org/e.rng" uri="../e.rng"/>
<uri name="https://x.org/f.rng" uri="f.rng" xml:base="g/"/></group>
<system systemId="https://x.org/sys.rng" uri="schema/sys.rng"/>
<public publicId="-//x" uri="schema/pub.rng"/>
<nextCatalog catalog="more/catalog.xml"/>
"""
MORE = """<uri name="https://x.org/more.rng" uri="more.rng"/>
<uri name="https://x.org/a.rng" uri="other.rng"/>"""


def catalog(entries: str, attributes: str = "") -> str:
    return f'<catalog xmlns="{CATALOG}" {attributes}>{entries}</catalog>'


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "edition"
    for name in ("schema", "texts", "more"):
        (root / name).mkdir(parents=True)
    (root / "schema/tei.rng").write_text(GRAMMAR)
    (root / "edition.toml").write_text("")
    (tmp_path / "secret.rng").write_text(GRAMMAR)
    return root


def write(folder, entries: str, attributes: str = "") -> None:
    (folder / "catalog.xml").write_text(catalog(entries, attributes), encoding="utf-8")


def text(folder, href: str = ALL) -> None:
    content = f'<?xml-model href="{href}"?>\n<TEI xmlns="{TEI}"><p/></TEI>'
    (folder / "texts/a.xml").write_text(content, encoding="utf-8")


def found(folder) -> list:
    project = read_project(folder)
    return list(validate_files(project, project.files, Here(), whole=True).report.findings)


# -- how an address is resolved, with xmlcatalog (libxml2) as the judge ---------------------------

ADDRESSES = {
    "https://x.org/a.rng": "schema/a.rng",
    "https://x.org/b/exact.rng": "schema/exact.rng",
    "https://x.org/b/q.rng": "schema/q.rng",
    "https://x.org/b/c/q.rng": "deep/q.rng",
    "https://x.org/e.rng": "schema/e.rng",
    "https://x.org/f.rng": "schema/more/g/f.rng",
    "https://x.org/more.rng": "more/more.rng",
    "https://x.org/space.rng": "schema/a b.rng",
    "urn:x:letters": "schema/letters.rng",
    "https://x.org/no.rng": None,
    "https://x.org/pub": None,
    "http://x.org/a.rng": None,
}


@pytest.fixture
def whole(folder) -> Catalog:
    write(folder, ENTRIES)
    (folder / "more/catalog.xml").write_text(catalog(MORE))
    state = catalog_job("catalog.xml", str(folder), False)
    assert state.problem == ""
    return state.catalog


@pytest.mark.parametrize(("address", "path"), ADDRESSES.items())
def test_an_address_stands_for_the_file_that_the_catalog_says(whole, folder, address, path):
    entry = find_entry(whole, address)
    assert (entry and entry[1]) == (path and Address(path))
    if shutil.which("xmlcatalog") is None:
        pytest.skip("xmlcatalog (libxml2-utils) is not installed")
    ran = subprocess.run(["xmlcatalog", str(folder / "catalog.xml"), address],
                         capture_output=True, encoding="utf-8", timeout=60)  # fmt: skip
    theirs = [line for line in ran.stdout.splitlines() if not line.startswith("No entry")]
    assert theirs == ([str(folder / path).replace(" ", "%20")] if path else [])


def test_a_catalog_that_names_the_first_one_again_is_read_once(folder):
    """libxml2 gives up here."""
    write(folder, ENTRIES)
    (folder / "more/catalog.xml").write_text(
        catalog(MORE + "<nextCatalog catalog='../catalog.xml'/>")
    )
    state = catalog_job("catalog.xml", str(folder), False)
    assert state.problem == ""
    assert find_entry(state.catalog, "https://x.org/more.rng")[1].path == "more/more.rng"


def test_what_libxml2_leaves_out_is_resolved_as_oasis_says(whole, folder):
    assert find_entry(whole, "https://x.org/书.rng")[1].path == "schema/book.rng"
    assert find_entry(whole, "https://x.org/%E4%B9%A6.rng")[1].path == "schema/book.rng"
    assert find_entry(whole, "https://x.org/sys.rng") is None, "of DTDs and entities only"
    write(folder, '<uriSuffix uriSuffix="all.rng" uri="schema/a.rng"/>'
                  '<uriSuffix uriSuffix="/tei_all.rng" uri="schema/b.rng"/>')  # fmt: skip
    suffixes = catalog_job("catalog.xml", str(folder), False).catalog
    assert find_entry(suffixes, ALL)[1].path == "schema/b.rng"


def test_xmllint_finds_the_schema_by_the_same_catalog(folder):
    if shutil.which("xmllint") is None:
        pytest.skip("xmllint (libxml2-utils) is not installed")
    text(folder)
    write(folder, f'<rewriteURI uriStartString="{ALL[:-11]}" rewritePrefix="schema/"/>')
    (folder / "schema/tei_all.rng").write_text(GRAMMAR)
    ran = subprocess.run(
        ["xmllint", "--nonet", "--noout", "--relaxng", ALL, str(folder / "texts/a.xml")],
        capture_output=True, encoding="utf-8", timeout=60,
        env=os.environ | {"XML_CATALOG_FILES": str(folder / "catalog.xml")},
    )  # fmt: skip
    assert "Did not expect element p there" in ran.stderr, ran.stderr
    assert [one.rule for one in found(folder)] == ["relaxng:unknown-element"]


# -- in the check ---------------------------------------------------------------------------------


def test_a_schema_named_by_its_address_is_taken_from_the_edition(folder):
    text(folder)
    assert [one.rule for one in found(folder)] == ["schema:remote"]
    write(folder, f'<uri name="{ALL}" uri="schema/tei.rng"/>')
    assert [one.rule for one in found(folder)] == ["relaxng:unknown-element"]


def test_edition_toml_can_name_another_catalog(folder):
    text(folder)
    (folder / "edition.toml").write_text('[schema]\ncatalog = "more/my.xml"\n')
    with pytest.raises(TeikitError, match=r"my\.xml: there is no such catalog"):
        found(folder)
    entry = f'<uri name="{ALL}" uri="../schema/tei.rng"/>'
    (folder / "more/my.xml").write_text(catalog(entry))
    assert [one.rule for one in found(folder)] == ["relaxng:unknown-element"]
    (folder / "edition.toml").write_text('[schema]\ncatalog = "../my.xml"\n')
    with pytest.raises(TeikitError, match=r"schema\.catalog must be a path inside"):
        found(folder)


def test_a_worker_gets_the_catalog_too(folder):
    text(folder)
    write(folder, f'<group xml:base="schema/"><uri name="{ALL}" uri="tei.rng"/></group>')
    project = read_project(folder)
    with Workers(Limits()) as jobs:
        report = validate_files(project, project.files, jobs, whole=True).report
    assert [one.rule for one in report.findings] == ["relaxng:unknown-element"]


def test_a_single_file_is_checked_by_the_catalog_beside_it(folder):
    (folder / "a.xml").write_text(f'<?xml-model href="{ALL}"?><TEI xmlns="{TEI}"><p/></TEI>')
    write(folder, f'<uri name="{ALL}" uri="schema/tei.rng"/>')
    report = validate_files(Project(folder), ["a.xml"], Here(), whole=False).report
    assert [one.rule for one in report.findings] == ["relaxng:unknown-element"]


def test_the_address_of_the_edition_s_own_schema_is_no_other_schema(folder):
    (folder / "edition.toml").write_text('[schema]\nrelaxng = "schema/tei.rng"\n')
    text(folder, "https://my.org/letters")
    (folder / "texts/a.xml").write_text(
        f'<?xml-model href="https://my.org/letters" schematypens="{RNG}"?><TEI xmlns="{TEI}"/>'
    )
    assert [one.rule for one in found(folder)] == ["schema:other"]
    write(folder, '<uri name="https://my.org/letters" uri="schema/tei.rng"/>')
    assert found(folder) == []


def test_a_relative_address_is_never_changed_by_a_catalog(folder):
    write(folder, '<uriSuffix uriSuffix="tei.rng" uri="schema/no.rng"/>')
    text(folder, "../schema/tei.rng")
    assert [one.rule for one in found(folder)] == ["relaxng:unknown-element"]


def test_the_layout_follows_the_schema_that_the_catalog_names(folder):
    figure = "<figure>  <head>a</head></figure>"
    content = f'<?xml-model href="{ALL}"?>\n<TEI xmlns="{TEI}">\n{figure}\n</TEI>\n'
    (folder / "texts/a.xml").write_text(content)
    (folder / "schema/any.rnc").write_text("start = any any = element * { (text | any)* }")
    project = read_project(folder)
    ((_, laid_out),) = format_files(project, ["texts/a.xml"], Here(), {})
    assert figure.encode() not in laid_out.data, "what the TEI says of it"
    write(folder, f'<uri name="{ALL}" uri="schema/any.rnc"/>')
    ((_, laid_out),) = format_files(project, ["texts/a.xml"], Here(), {})
    assert figure.encode() in laid_out.data, "by the schema, white space may be text here"
    write(folder, "<uri")
    with pytest.raises(TeikitError, match="this catalog was not used"):
        list(format_files(project, ["texts/a.xml"], Here(), {}))


# -- what is wrong --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "rule", "says"),
    [
        ("schema/no.rng", "schema:missing", "catalog.xml leads to schema/no.rng, and there is no"),
        ("../secret.rng", "schema:outside", "where catalog.xml leads: it leads out of the folder"),
        ("file:///etc/passwd", "schema:outside", "the address of a file on one machine"),
        ("/etc/passwd", "schema:outside", "from the root of one machine"),
        ("schema/link.rng", "schema:outside", "a link leads out of the folder"),
        ("https://other.org/x.rng", "schema:remote", "no schema from the network"),
    ],
)
def test_an_entry_that_leads_nowhere_is_told_where_the_schema_is_named(folder, target, rule, says):
    (folder / "schema/link.rng").symlink_to(folder.parent / "secret.rng")
    write(folder, f'<uri name="{ALL}" uri="{target}"/>')
    text(folder)
    (finding,) = found(folder)
    assert (finding.rule, finding.place.path, finding.place.line) == (rule, "texts/a.xml", 1)
    assert says in finding.message
    assert ("catalog.xml" in finding.hint) and str(folder) not in str(finding)


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (catalog("\n<uri"), 2, ""),
        (catalog("\n<nextCatalog catalog='../x.xml'/>"), 2, "leads out of the folder"),
        (catalog("\n<nextCatalog catalog='http://x/'/>"), 2, "no catalog from the network"),
        (catalog("\n<nextCatalog catalog='no.xml'/>"), 0, "there is no such file"),
        (catalog("<nextCatalog catalog='texts/a.xml'/>"), 2, "outermost element is not catalog"),
        (catalog("<uri name='a' uri='b'/>" * 2001), 0, "more than 2000 entries"),
        (f"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>{catalog('&e;')}", 1, ""),
    ],
)
def test_a_catalog_that_cannot_be_used_is_one_finding(folder, content, line, says):
    (folder / "catalog.xml").write_text(content)
    (folder / "texts/b.xml").write_text(f'<?xml-model href="{ALL}"?><TEI xmlns="{TEI}"/>')
    text(folder)
    bad = [one for one in found(folder) if one.rule == "schema:catalog"]
    assert [(one.severity, one.place.line) for one in bad] == [("warning", line)]
    assert says in bad[0].message
    assert {one.rule for one in found(folder)} == {"schema:catalog", "schema:remote"}


@pytest.mark.parametrize("content", [f'<TEI xmlns="{TEI}"/>', "<catalog/>", "<catalog>", "书"])
def test_a_file_of_that_name_that_is_no_catalog_is_left_alone(folder, content):
    text(folder)
    (folder / "catalog.xml").write_text(content, encoding="utf-8")
    assert [one.rule for one in found(folder)] == ["schema:remote"]
    (folder / "edition.toml").write_text('[schema]\ncatalog = "catalog.xml"\n')
    assert "schema:catalog" in [one.rule for one in found(folder)]


def test_a_long_base_does_not_grow_with_every_entry(folder):
    base = "schema/" * 100_000
    entries = "".join(f'<uri name="https://x.org/{n}" uri="{n}.rng"/>' for n in range(2000))
    write(folder, entries, f'xml:base="{base}"')
    started = time.process_time()
    state = catalog_job("catalog.xml", str(folder), True)
    assert state.problem == "its addresses are too long" and state.catalog.files == ((),)
    assert time.process_time() - started < 5


def test_a_catalog_that_a_link_brings_in_is_not_read(folder):
    outside = folder.parent / "catalog.xml"
    outside.write_text(catalog(f'<uri name="{ALL}" uri="schema/tei.rng"/>'))
    (folder / "catalog.xml").symlink_to(outside)
    text(folder)
    assert [one.rule for one in found(folder)] == ["schema:catalog", "schema:remote"]


def test_catalogs_that_name_one_another_end(folder):
    for number in range(80):
        entries = f'<nextCatalog catalog="{number + 1}.xml"/><nextCatalog catalog="0.xml"/>'
        (folder / f"{number}.xml").write_text(catalog(entries))
    write(folder, '<nextCatalog catalog="0.xml"/>')
    state = catalog_job("catalog.xml", str(folder), True)
    assert "more than 50 catalogs" in state.problem


def test_a_large_catalog_and_many_schemas_take_no_time(folder):
    write(folder, "".join(f'<rewriteURI uriStartString="https://x.org/{n}/" rewritePrefix="s/"/>'
                          for n in range(2000)))  # fmt: skip
    state = catalog_job("catalog.xml", str(folder), True)
    settings = CheckSettings(folder=str(folder), catalog=state.catalog)
    data = '<?xml-model href="https://x.org/7/a.rng"?>' * 500 + f'<TEI xmlns="{TEI}"/>'
    started = time.process_time()
    choose_schemas(read_document(data.encode(), "x.xml"), settings)
    assert time.process_time() - started < 5
