"""The renderings as jobs: bytes and settings in, frozen values out."""

from teikit.document import read_document
from teikit.transform.render import render_header, render_html, render_text, run_stylesheet
from teikit.transform.rendering import Produced, Rendered, RenderSettings, Stylesheet


def html_job(data: bytes, path: str, settings: RenderSettings) -> Rendered:
    """Return the text as an HTML fragment."""
    return render_html(read_document(data, path), settings)


def header_job(data: bytes, path: str, settings: RenderSettings) -> Rendered:
    """Return the teiHeader as an HTML fragment."""
    return render_header(read_document(data, path), settings)


def text_job(data: bytes, path: str, form: str) -> Rendered:
    """Return the plain text in the form "reading" or "source"."""
    return render_text(read_document(data, path), form)


def stylesheet_job(data: bytes, path: str, settings: RenderSettings) -> Produced:
    """Return what the stylesheet in the settings makes of the document."""
    stylesheet = settings.stylesheet or Stylesheet(b"")
    content, messages = run_stylesheet(read_document(data, path), stylesheet, settings=settings)
    return Produced(content, messages)
