"""What plain texts become is valid TEI, by jing: against all of TEI, and the schema of `new`."""

import pytest

from jing import complaints
from shared_data import PROJECT, SHARED, TEI_ALL, needs
from test_import_layouts import FORMS, POEM
from test_import_plain import LAYOUTS, import_text, real_texts

_SMALL = {
    "pages": "before\n\n[p. 12]\n\nwent on.\nso. wo[p. 13]rd Next\n\n[p. 14]\n[p. 15]\n\n"
    "Chapter 1\n\nNew.\n",
    "empty-pages": "\f\fa\f\fb\f\f",
    "verse": POEM,
    "letter": "Paris, 12 May 1888\n\nDear Anna,\n\nI was unex-\npectedly late.\n",
}  # fmt: skip


@needs(SHARED)
@pytest.mark.parametrize(
    "schema", [TEI_ALL, PROJECT / "starter/schema/edition.rng"], ids=["tei_all", "starter"]
)
def test_what_is_imported_is_valid(schema, tmp_path):
    made = {f"{name}-{kind}": import_text(text, sentences=True, hyphens=kind)
            for name, text in _SMALL.items() for kind in ("weak", "maybe", "keep")}  # fmt: skip
    for number, text in enumerate(real_texts()[::4]):
        for name, form in {**LAYOUTS, **FORMS}.items():
            made[f"{number}-{name.replace(' ', '-')}"] = import_text(form(text[:6000]))
    for name, one in made.items():
        assert not one.problem
        (tmp_path / f"{name}.xml").write_bytes(one.tei)
    files = sorted(tmp_path.glob("*.xml"))
    assert len(files) > 40
    said = complaints(schema, files)
    assert {name: found for name, found in said.items() if found} == {}
