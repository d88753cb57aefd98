"""Editions for tests of harm: two good texts around it, which must be checked all the same."""

import json
import os
from pathlib import Path

from click.testing import CliRunner

from teikit.cli.commands import teikit
from teikit.document import TEI

GOOD = ("texts/a-good.xml", "texts/z-good.xml")


def document(body: str, before: str = "", header: str = "") -> str:
    return (
        f'{before}<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>t</title></titleStmt>'
        "<publicationStmt><p>x</p></publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc>"
        f"{header}</teiHeader><text><body>{body}</body></text></TEI>"
    )


def write_project(folder: Path, documents: dict[str, str | bytes], settings: str = "") -> Path:
    (folder / "texts").mkdir(parents=True)
    (folder / "edition.toml").write_text(settings)
    twice = document('<p xml:id="a"/><p xml:id="a"/>')
    for path in GOOD:
        (folder / path).write_text(twice)
    for name, data in documents.items():
        content = data if isinstance(data, bytes) else data.encode("utf-8")
        (folder / f"texts/{name}.xml").write_bytes(content)
    return folder


def validate(folder: Path, *options: str) -> dict[str, list[dict]]:
    """Return the findings by file; those of the good files must be there."""
    command = ["validate", str(folder), "--format", "json", "--ignore", "schema:none"]
    done = CliRunner().invoke(teikit, [*command, *options])
    assert done.exit_code == 1, done.output
    found: dict[str, list[dict]] = {}
    for finding in json.loads(done.stdout)["findings"]:
        path = (
            Path(os.path.abspath(finding["file"])).relative_to(os.path.abspath(folder)).as_posix()
        )
        found.setdefault(path, []).append(finding)
    for path in GOOD:
        assert [one["rule"] for one in found.pop(path)] == ["ids:duplicate"]
    return found
