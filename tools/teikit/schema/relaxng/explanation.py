"""A Problem in words for the scholar: what is wrong, and what may stand there instead."""

import difflib
from collections.abc import Iterable

from teikit.document import TEI, XML, Document
from teikit.report import Finding
from teikit.schema.relaxng import problems as kinds
from teikit.schema.relaxng.problems import Problem

_SHOWN = 8  # names or values that a hint lists
_LONGEST = 40  # characters of a text or value that a message quotes


def explain(document: Document, problem: Problem) -> Finding:
    """Return the finding for one problem, placed at the element that it is about."""
    message, hint = _WORDS[problem.kind](document, problem)
    near = _nearest(problem)
    return Finding(
        document.place(problem.element),
        f"relaxng:{problem.kind}",
        message,
        hint=f"Did you mean {near[0]}?" if near else hint,
        expected=tuple(dict.fromkeys((*near, *map(plain_name, problem.expected)))),
        ordinal=document.ordinal(problem.element),
    )


def plain_name(name: str) -> str:
    """Return a name as a scholar writes it: TEI's without a namespace, others with it."""
    namespace, _, local = name.rpartition("}")
    if namespace in ("", f"{{{TEI}"):
        return local
    return f"xml:{local}" if namespace == f"{{{XML}" else f"{local} (of {namespace[1:]})"


def _unknown_element(document: Document, problem: Problem) -> tuple[str, str]:
    return (f"the schema knows no element {plain_name(problem.name)}", _allowed(problem))


def _misplaced(document: Document, problem: Problem) -> tuple[str, str]:
    inside = f" in {plain_name(problem.parent)}" if problem.parent else ""
    message = f"{plain_name(problem.name)} is not allowed here{inside}"
    if problem.lacking is not None:
        return message, f"It is missing at {document.place(problem.lacking)}: move it there."
    return message, _allowed(problem)


def _missing(document: Document, problem: Problem) -> tuple[str, str]:
    names = _listed(map(plain_name, problem.expected))
    return (
        f"before {plain_name(problem.name)} something is missing: {names}",
        "Put it before this element.",
    )


def _text(document: Document, problem: Problem) -> tuple[str, str]:
    return (
        f"{plain_name(problem.name)} must not contain text directly: “{_quoted(problem.found)}”",
        _allowed(problem, "Put it into an element, such as"),
    )


def _unknown_attribute(document: Document, problem: Problem) -> tuple[str, str]:
    return (
        f"{plain_name(problem.name)} has no attribute {plain_name(problem.found)}",
        _allowed(problem, "Its attributes here are"),
    )


def _missing_attribute(document: Document, problem: Problem) -> tuple[str, str]:
    names = _listed((plain_name(name) for name in problem.expected), "or")
    return (f"{plain_name(problem.name)} lacks the attribute {names}", "Add it.")


def _bad_value(document: Document, problem: Problem) -> tuple[str, str]:
    value = _quoted(problem.found)
    if problem.attribute:
        message = (
            f'{plain_name(problem.attribute)}="{value}" is not allowed on '
            f"{plain_name(problem.name)}"
        )
    else:
        message = f"“{value}” is not allowed as the content of {plain_name(problem.name)}"
    return message, _allowed(problem)


def _incomplete(document: Document, problem: Problem) -> tuple[str, str]:
    names = _listed((plain_name(name) for name in problem.expected), "or")
    lacks = names or "something that the schema asks for"
    return (f"{plain_name(problem.name)} is incomplete: it still needs {lacks}", "Add it.")


def _id(document: Document, problem: Problem) -> tuple[str, str]:
    return f"the id {_quoted(problem.found)} comes twice or leads nowhere", ""


_WORDS = {
    kinds.UNKNOWN_ELEMENT: _unknown_element,
    kinds.MISPLACED_ELEMENT: _misplaced,
    kinds.MISSING_ELEMENT: _missing,
    kinds.TEXT_NOT_ALLOWED: _text,
    kinds.UNKNOWN_ATTRIBUTE: _unknown_attribute,
    kinds.MISSING_ATTRIBUTE: _missing_attribute,
    kinds.BAD_VALUE: _bad_value,
    kinds.INCOMPLETE_CONTENT: _incomplete,
    kinds.DUPLICATE_ID: _id,
    kinds.UNKNOWN_ID: _id,
}


def _nearest(problem: Problem) -> tuple[str, ...]:
    """Return the expected names or values that look like what was written, best first."""
    written = {
        kinds.UNKNOWN_ELEMENT: problem.name,
        kinds.UNKNOWN_ATTRIBUTE: problem.found,
        kinds.BAD_VALUE: problem.found,
    }.get(problem.kind)
    if not written or len(written) > 200:
        return ()
    names = list(map(plain_name, problem.expected))
    return tuple(difflib.get_close_matches(plain_name(written), names, 3, 0.7))


def _allowed(problem: Problem, words: str = "Allowed here:") -> str:
    names = _listed(map(plain_name, problem.expected))
    if not names:
        return (
            "Nothing is allowed here."
            if problem.kind != kinds.BAD_VALUE
            else "The schema's documentation says which form it must have."
        )
    return f"{words} {names}{', or text' * problem.text_allowed}."


def _listed(names: Iterable[str], last: str = "") -> str:
    found = list(dict.fromkeys(names))
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    if last and 1 < len(found) <= _SHOWN:
        return f"{', '.join(found[:-1])} {last} {found[-1]}"
    return ", ".join(found[:_SHOWN]) + more


def _quoted(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= _LONGEST else f"{folded[: _LONGEST - 1]}…"
