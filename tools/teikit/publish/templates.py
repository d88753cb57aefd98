"""The templates of the pages: ours, and those of an edition before them."""

import os
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.environment import TemplateModule
from jinja2.sandbox import SandboxedEnvironment

from teikit.errors import TeikitError
from teikit.files import NotReadable, read_inside

_LARGEST = 1_000_000  # bytes of a template

# modules whose objects may be asked for what they hold: values, and what templates themselves make
_VALUES = (
    "builtins.",
    "collections.",
    "markupsafe.",
    "jinja2.runtime.",
    "jinja2.utils.",
    "teikit.",
)
# what goes wrong in a template of an edition is a mistake of the edition
_MISTAKES = (
    ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, OSError,
    RecursionError, TypeError, ValueError,
)  # fmt: skip

TEMPLATES = (
    "base.html",
    "head.html",
    "index.html",
    "text.html",
    "part.html",
    "contents.html",
    "texts.html",
    "registers.html",
    "register.html",
    "entity.html",
    "statements.html",
    "about.html",
    "downloads.html",
    "moved.html",
)


class _Sandbox(SandboxedEnvironment):
    """Closed to all but values: with a Path that it meets, a template could write any file."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may ask OBJ for this attribute."""
        kind = type(obj)
        known = isinstance(obj, TemplateModule) or (
            f"{kind.__module__}.".startswith(_VALUES)
            and not isinstance(obj, Environment | ModuleType | type)
        )
        return known and super().is_safe_attribute(obj, attr, value)


def site_environment(ours: Path, theirs: Path | None) -> Environment:
    """Return the templates' environment: an edition's own folder first, ours as shipped/.

    An edition's templates are a stranger's, and run in a sandbox; ours alone need none.
    """
    loader = FileSystemLoader(ours)
    own = [FunctionLoader(partial(_load, theirs))] if theirs else []
    kind = _Sandbox if theirs else Environment
    return kind(
        loader=ChoiceLoader([*own, loader, PrefixLoader({"shipped": loader})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def compile_templates(environment: Environment) -> None:
    """Compile the templates of the site's pages, so that rendering need not."""
    for name in TEMPLATES:
        get_template(environment, name)


def _load(folder: Path, name: str) -> tuple[str, str, None] | None:
    """Return a template of the edition, which may not be a link that leads out of its folder."""
    if not os.path.isfile(folder / name):  # also where no file can be called so
        return None
    try:
        data = read_inside(str(folder), name, _LARGEST)
        return data.decode("utf-8"), str(folder / name), None
    except NotReadable as problem:
        raise BadTemplate(f"templates/{name}: {problem.reason}") from None
    except UnicodeDecodeError:
        raise BadTemplate(f"templates/{name}: is not UTF-8: save it as UTF-8") from None


class BadTemplate(TeikitError):
    """A template cannot be followed; says where."""


def get_template(environment: Environment, name: str) -> Template:
    """Return the template NAME, compiled; raise BadTemplate where it is none."""
    try:
        return environment.get_template(name)
    except TemplateSyntaxError as error:
        raise BadTemplate(
            f"templates/{error.name or name}:{error.lineno}: {error.message}"
        ) from None
    except (TemplateNotFound, OSError) as error:
        raise BadTemplate(f"templates/{name}: cannot be read: {error}") from None
    except _MISTAKES as error:
        if not isinstance(environment, SandboxedEnvironment):
            raise
        raise BadTemplate(f"templates/{name}: cannot be followed: {_said(error)}") from None


def render_template(environment: Environment, name: str, /, **values: Any) -> str:
    """Return what the template makes of the values; raise BadTemplate where it cannot.

    Whatever goes wrong in a template of an edition is a mistake of the edition. Ours alone have
    bugs only, and a bug keeps its traceback.
    """
    template = get_template(environment, name)
    if not isinstance(environment, SandboxedEnvironment):
        return template.render(**values)
    try:
        made = template.render(**values)
        made.encode("utf-8")  # half a character would be written by nobody
        return made
    except TeikitError:
        raise
    except RecursionError:
        raise BadTemplate(f"templates/{name}: extends or includes itself without end") from None
    except TemplateSyntaxError as error:
        raise BadTemplate(
            f"templates/{error.name or name}:{error.lineno}: {error.message}"
        ) from None
    except TemplateNotFound as error:
        raise BadTemplate(f"templates/{name}: there is no template {error.name}") from None
    except (TemplateError, *_MISTAKES) as error:
        where = _where(environment, error) or f"templates/{name}"
        raise BadTemplate(f"{where}: {_said(error)}") from None


def _said(error: BaseException) -> str:
    """Return what is wrong, where Python itself says it or not."""
    if isinstance(error, RecursionError):
        return "it lies too deep in itself"
    return str(error) or (
        "it asks for too much memory" if isinstance(error, MemoryError) else type(error).__name__
    )


def _where(environment: Environment, error: BaseException) -> str:
    """Return the template and line in which the error arose, or an empty string."""
    found, frame = "", error.__traceback__
    while frame is not None:
        path = Path(frame.tb_frame.f_code.co_filename)
        if path.suffix == ".html":
            found = f"templates/{path.name}:{frame.tb_lineno}"
        frame = frame.tb_next
    return found
