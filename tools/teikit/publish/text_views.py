"""Which views the page of a text offers: those that its words have something for."""

import re
from collections.abc import Collection
from dataclasses import dataclass

_CLASS = re.compile(r'class="([^"]*)"')
# classes on a page that static/signs.css is for
SIGNS = frozenset(
    "choice add del supplied unclear surplus secl damage restore ex am fw space milestone cb app "
    "listApp handShift addSpan delSpan damageSpan metamark transpose place-inline "
    "tk-outer".split()
)
# what is there twice, or is hidden, unless the text is read as it was written
_NAMES = {"reading": "text.reading", "original": "text.original", "source": "text.source"}
_TWO_SIDED = frozenset(("choice", "del", "add", "am", "ex", "fw"))


@dataclass(frozen=True)
class View:
    """One view that a reader may choose: the id of its switch, its name, whether it is on first."""

    id: str
    label: str  # key of its name among the words of the interface
    is_first: bool


@dataclass(frozen=True)
class TextViews:
    """The choices of a page; one that has nothing to choose from is empty."""

    words: tuple[View, ...] = ()  # as edited, as written, with the lines of the source
    apparatus: tuple[View, ...] = ()  # at the foot, beside the text, not at all


def classes_of(content: str) -> set[str]:
    """Return the classes of the elements in HTML that we made."""
    return {one for found in set(_CLASS.findall(content)) for one in found.split()}


def views_of(classes: Collection[str], wishes: tuple[str, ...]) -> TextViews:
    """Return the views of a page with elements of these CLASSES; `wishes` as in edition.toml."""
    has = {
        "reading": True,
        "original": not _TWO_SIDED.isdisjoint(classes),
        "source": "lb" in classes,
    }
    names = [name for name in (wishes or has) if has.get(name)]
    first = names[0] if names else ""
    words = tuple(
        View(f"tk-as-{name}", _NAMES[name], name == first) for name in has if name in names
    )
    if not (has["original"] or has["source"]):
        words = ()
    apparatus: tuple[View, ...] = ()
    if "tk-apparatus" in classes and (not wishes or "apparatus" in wishes):
        beside = wishes[:1] == ("apparatus",)
        apparatus = (
            View("tk-app-foot", "text.app-foot", not beside),
            View("tk-app-beside", "text.app-beside", beside),
            View("tk-app-none", "text.app-none", False),
        )
    return TextViews(words, apparatus)
