"""What edition.toml names is there: the texts of its witnesses, the main one, any text at all."""

import difflib
import os
from collections.abc import Iterator

from teikit.place import Place
from teikit.project import Project
from teikit.report import Finding
from teikit.settings import SETTINGS


def check_named_files(project: Project) -> Iterator[Finding]:
    """Yield a finding for each text that edition.toml names and that is not there."""
    if not os.path.isfile(project.folder / SETTINGS):
        return
    if not project.files:
        yield Finding(
            Place(SETTINGS),
            "file:no-texts",
            "this edition has no texts: there are no TEI files in texts/ and registers/",
            severity="warning",
            hint="Move your TEI files into texts/; `teikit import` makes them of other texts.",
        )
    named = [("main", project.main), ("introduction", project.introduction)]
    named += [("[[witness]] text", witness.text) for witness in project.witnesses]
    for setting, path in dict.fromkeys(named):
        if path and path not in project.files:
            near = difflib.get_close_matches(path, project.files, 1)
            yield Finding(
                Place(SETTINGS),
                "file:not-there",
                f"{setting} names {path}, and no text of the edition is called so",
                hint=(f"Did you mean {near[0]}? " if near else "")
                + "Correct the name"
                + (
                    ", or take the [[witness]] out."
                    if "witness" in setting
                    else ", or take it out."
                ),
                expected=tuple(near),
            )
