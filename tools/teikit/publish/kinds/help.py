"""The page that explains the signs, marks and views of this edition: those that occur in it."""

from teikit.publish.kinds.adder import Adder
from teikit.publish.kinds.texts import MARKS
from teikit.publish.text_views import classes_of, views_of

# signs around words, in the order in which the page explains them
_AROUND = (
    "supplied omitted subaudible ex unclear surplus secl damage del rend-erased add restore "
    "retrace sic am fw cert"
).split()
# what is supplied has other signs for these reasons
_REASONS = {name: f'data-reason="{name}"' for name in ("omitted", "subaudible")}
# signs that stand for words, and what they look like
_ALONE = {"gap": "[…]", "space": ""}
_HELP = "help.html"


def add_help(add: Adder) -> None:
    """Take in the page of help."""
    classes: set[str] = set()
    for content in (part for piece in add.pieces.values() for part in piece.parts):
        classes |= classes_of(content)
        classes |= {name for name, mark in _REASONS.items() if mark in content}
    add.page(
        "help.html",
        _HELP,
        add.site.strings("help.title"),
        add.site.project.main,
        has_signs=True,
        classes=classes,
        views=views_of(classes, add.site.project.publishing.views),
        signs=[name for name in _AROUND if name in classes],
        reasons=_REASONS,
        alone=[(name, sign) for name, sign in _ALONE.items() if name in classes],
        marks=[name for name in MARKS if name in classes and name != "date"],
    )
