"""Which element an @xpointer means: by its id, or by counting (XPointer framework, element())."""

import re
from collections.abc import Mapping
from itertools import islice

from lxml import etree

from teikit.xinclude.requests import CannotInclude

_NAME = re.compile(r"[^\W\d][\w.\-·]*")
_ELEMENT = re.compile(r"(?P<id>[^\W\d][\w.\-·]*)?(?P<steps>(?:/[1-9]\d{0,8})*)")
_BY_ID = re.compile(r"""\s*id\(\s*(?:"([^"]*)"|'([^']*)')\s*\)\s*""")
_PART = re.compile(r"\s*([^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)\(")


def find_fragment(
    root: etree._Element, ids: Mapping[str, etree._Element], pointer: str, path: str
) -> etree._Element:
    """Return the element that the pointer means; raise CannotInclude where there is none.

    PATH is what the file with this ROOT is called.
    """
    if _NAME.fullmatch(pointer.strip()):
        return _or_missing(ids.get(pointer.strip()), pointer, path)
    understood = False
    for scheme, data in _parts(pointer):
        if scheme == "element" and (match := _ELEMENT.fullmatch(data.strip())) and match[0]:
            understood = True
            found = _by_steps(root, ids, match["id"], match["steps"])
        elif scheme == "xpointer" and (match := _BY_ID.fullmatch(data)):
            understood = True
            found = ids.get(match[1] if match[1] is not None else match[2])
        else:
            continue
        if found is not None:
            return found
    if understood:
        return _or_missing(None, pointer, path)
    raise CannotInclude(
        "xinclude:pointer",
        f'teikit does not follow xpointer="{pointer[:200]}"',
        'Give the element an xml:id and name it: xpointer="the-id"; or count: element(/1/2).',
    )


def _or_missing(element: etree._Element | None, pointer: str, path: str) -> etree._Element:
    if element is None:
        raise CannotInclude(
            "xinclude:pointer",
            f'{path} has no element for xpointer="{pointer[:200]}"',
            "Correct the pointer, or give the xml:id to the element that is meant.",
        )
    return element


def _parts(pointer: str) -> list[tuple[str, str]]:
    """Return the scheme and data of each part; what does not fit the syntax ends the list."""
    parts, at = [], 0
    while match := _PART.match(pointer, at):
        depth, data, at = 1, [], match.end()
        while at < len(pointer):
            character = pointer[at]
            at += 1
            if character == "^" and pointer[at : at + 1] in ("(", ")", "^"):
                data.append(pointer[at])
                at += 1
                continue
            depth += (character == "(") - (character == ")")
            if not depth:
                break
            data.append(character)
        if depth:
            break
        parts.append((match[1], "".join(data)))
    return parts


def _by_steps(
    root: etree._Element, ids: Mapping[str, etree._Element], name: str | None, steps: str
) -> etree._Element | None:
    numbers = [int(step) for step in steps.split("/")[1:]]
    if name:
        element = ids.get(name)
    else:
        element = root if numbers[0] == 1 else None
        numbers = numbers[1:]
    for number in numbers:
        if element is None:
            return None
        children = element.iterchildren(etree.Element)
        element = next(islice(children, number - 1, None), None)
    return element
