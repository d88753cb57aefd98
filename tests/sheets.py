"""What tests of sheets share: registers, and sheets edited as in a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from teikit.entities.columns import KINDS
from teikit.entities.edited import Edited
from teikit.entities.sheet import Rows, render_sheet
from teikit.entities.sheet_changes import Comparison, compare
from teikit.entities.sheet_jobs import edit_job, rows_job
from teikit.entities.sheet_reading import read_sheet

PEOPLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE TEI [<!ENTITY city "Old &amp; New Town">]>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>
<standOff>
  <listPerson>
    <!-- kept & as it is -->
    <person xml:id="anna"   sex='2'>
      <persName xml:lang="en" type="main">Anna &#x42;ell</persName>
      <persName type='short'>A. "B"</persName>
      <persName type="short">Bell</persName>
      <!-- her -->
      <birth when = '1801-02-03'/>
      <death   when="1888"
               cert='low'>in 1888</death>
      <note>She lived
        in &city;, it <!-- is --> said.</note>
      <note xml:lang="de">Sie wohnte
        am Ort.</note>
      <note type="evidence">See <ref target="x?a&amp;b">here</ref>.</note>
      <idno type="gnd">0118</idno>
    </person>
    <person xml:id="ben"><persName><forename>Ben</forename> <surname>Ōta</surname></persName>
      <occupation/></person>
    <person xml:id="cleo"/>
    <person>nameless</person>
  </listPerson>
  <listPlace>
    <place xml:id="wells"><placeName>Wells</placeName>
      <place xml:id="inner" type="settlement"><placeName>Inner</placeName>
        <location><geo>1.5 2</geo></location></place>
    </place>
  </listPlace>
  <listBibl><bibl xml:id="book"><author>Bell</author>, <title>Wells</title>, 1900.</bibl></listBibl>
  <listOrg/>
</standOff>
</TEI>
"""


def rows_in(text: str | bytes, path: str = "registers/people.xml") -> Rows:
    """Return the entries of a register as rows."""
    rows = rows_job(text if isinstance(text, bytes) else text.encode("utf-8"), path)
    assert rows.problem is None
    return rows


def values_of(rows: Rows, identifier: str) -> dict[str, str]:
    """Return what the cells of one entry hold."""
    row = next(one for one in rows.rows if one.id == identifier)
    return {cell.column: cell.value for cell in row.cells}


def shown_of(rows: Rows, identifier: str) -> dict[str, str]:
    """Return what is only shown of one entry."""
    row = next(one for one in rows.rows if one.id == identifier)
    return {cell.column: cell.value for cell in row.shown}


def edited_sheet(
    data: bytes, values: Iterable[tuple[str, str, str]], delimiter: str = ","
) -> bytes:
    """Return a sheet with other values (id, column, value); unknown ids and columns are added."""
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    head = table[0]
    for identifier, column, value in values:
        if column not in head:
            for row in table:
                row.append("")
            head[-1] = column
        row = next((one for one in table[1:] if one[head.index("id")] == identifier), None)
        if row is None:
            row = [""] * len(head)
            row[head.index("id")] = identifier
            table.append(row)
        row[head.index(column)] = value
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(table)
    return stream.getvalue().encode("utf-8-sig")


def compared(
    text: str | bytes, *values: tuple[str, str, str], exported: str | bytes | None = None
) -> Comparison:
    """Return what a sheet with these values changes in a register; EXPORTED is its old version."""
    sheet = edited_sheet(render_sheet([rows_in(text if exported is None else exported)]), values)
    return compare(read_sheet(sheet, "people.csv"), "people.csv", [rows_in(text)], KINDS)


def rules_of(comparison: Comparison) -> list[str]:
    """Return the rules of what stands against a sheet."""
    return [one.rule for one in comparison.findings]


def applied(text: str | bytes, *values: tuple[str, str, str]) -> Edited:
    """Return the register with these values, which nothing may stand against before writing."""
    comparison = compared(text, *values)
    assert rules_of(comparison) == []
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    (changes,) = comparison.changes.values()
    return edit_job(data, "registers/people.xml", tuple(changes))


def changed_lines(old: str, new: bytes) -> tuple[list[str], list[str]]:
    """Return the lines that went, and those that came, without the space around them."""
    before, after = old.splitlines(), new.decode("utf-8").splitlines()
    went = [one.strip() for one in before if one not in after]
    return went, [one.strip() for one in after if one not in before]
