"""The renderings as jobs: bytes and settings in, frozen values out.

What a document includes is read in the folder that the settings name; messages on that come first.
"""

from dataclasses import replace

from teikit.assembling import Assembled, assemble
from teikit.transform.render import render_header, render_html, render_text, run_stylesheet
from teikit.transform.rendering import Produced, Rendered, RenderSettings, Stylesheet
from teikit.xinclude import read_whole


def html_job(data: bytes, path: str, settings: RenderSettings) -> Rendered:
    """Return the text as an HTML fragment."""
    whole = assemble(data, path, settings.folder)
    return _with_notes(render_html(whole.document, settings), whole)


def header_job(data: bytes, path: str, settings: RenderSettings) -> Rendered:
    """Return the teiHeader as an HTML fragment."""
    whole = assemble(data, path, settings.folder)
    return _with_notes(render_header(whole.document, settings), whole)


def text_job(data: bytes, path: str, form: str, folder: str = "") -> Rendered:
    """Return the plain text in the form "reading" or "source"."""
    whole = assemble(data, path, folder)
    return _with_notes(render_text(whole.document, form), whole)


def stylesheet_job(data: bytes, path: str, settings: RenderSettings) -> Produced:
    """Return what the stylesheet in the settings makes of the document.

    One that does not name ours gets pointers and xml:base as they are written.
    """
    stylesheet = settings.stylesheet or Stylesheet(b"")
    if b"teikit:" in stylesheet.data:
        whole = assemble(data, path, settings.folder)
        document, findings = whole.document, whole.findings
    else:
        document, findings, _ = read_whole(data, path, settings.folder)
    content, messages = run_stylesheet(document, stylesheet, settings=settings)
    return Produced(content, (*findings, *messages))


def _with_notes(rendered: Rendered, whole: Assembled) -> Rendered:
    return replace(rendered, messages=(*whole.findings, *rendered.messages))
