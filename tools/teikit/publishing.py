"""How an edition wants to be published: the table [publish] of edition.toml."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from teikit.settings import Tables

VIEWS = ("reading", "original", "source", "apparatus")
SPLIT = 100  # kilobytes of words on a page
_MOST = 10_000


@dataclass(frozen=True)
class Loss:
    """Words, ids or links that a page may lack, since the editors say why."""

    text: str  # path of the text; may hold * and ?
    kind: str
    reason: str


@dataclass(frozen=True)
class Publishing:
    """What [publish] says. Paths are relative to the edition's folder, with `/`."""

    stylesheet: str = ""  # of the pages of texts; imports teikit:html.xsl
    plain_stylesheet: str = ""  # of the plain text; imports teikit:text.xsl
    parameters: tuple[tuple[str, str], ...] = ()  # of the first, by name
    templates: str = "templates"  # folder of the edition's own templates and static files
    split: int = SPLIT  # kilobytes of words after which a text goes on on another page; 0: never
    views: tuple[str, ...] = ()  # those of VIEWS that pages offer, the first at first; (): all
    # texts in Chinese or Japanese are set from top to bottom at first; False: never; None: on wish
    vertical: bool | None = None
    search: bool = True
    # paths (may hold * and ?) of files in which one xml:id of a register's entry means one thing
    shared_ids: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()


NO_WISHES = Publishing()


def read_publishing(read: "Tables", table: dict[str, Any]) -> Publishing:
    """Return what the table [publish] says; raise BadSettings where it says what cannot be."""
    read.only(
        table,
        "publish.",
        "stylesheet",
        "plain-stylesheet",
        "parameters",
        "templates",
        "split",
        "views",
        "vertical",
        "search",
        "shared-ids",
        "losses",
    )
    return Publishing(
        stylesheet=read.inside(table, "publish.stylesheet"),
        plain_stylesheet=read.inside(table, "publish.plain-stylesheet"),
        parameters=_parameters(read, table),
        templates=read.inside(table, "publish.templates") or "templates",
        split=int(read.number(table, "publish.split", SPLIT, (0, _MOST))),
        views=_views(read, table),
        vertical=_is_on(read, table, "vertical", otherwise=False) if "vertical" in table else None,
        search=_is_on(read, table, "search", otherwise=True),
        shared_ids=_patterns(read, table, "shared-ids"),
        losses=_losses(read, table),
    )


def _views(read: "Tables", table: dict[str, Any]) -> tuple[str, ...]:
    views = table.get("views", [])
    if not isinstance(views, list) or not all(one in VIEWS for one in views):
        known = ", ".join(f'"{one}"' for one in VIEWS)
        raise read.wrong("publish.views", f"must be a list of these: {known}")
    return tuple(dict.fromkeys(views))


def _patterns(read: "Tables", table: dict[str, Any], name: str) -> tuple[str, ...]:
    patterns = table.get(name, [])
    if not isinstance(patterns, list) or not all(isinstance(one, str) for one in patterns):
        raise read.wrong(f"publish.{name}", 'must be a list of paths: ["letters/*.xml"]')
    return tuple(patterns)


def _is_on(read: "Tables", table: dict[str, Any], name: str, *, otherwise: bool) -> bool:
    value = table.get(name, otherwise)
    if not isinstance(value, bool):
        raise read.wrong(f"publish.{name}", "must be true or false")
    return value


def _parameters(read: "Tables", table: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    parameters = table.get("parameters", {})
    if not isinstance(parameters, dict) or not all(
        isinstance(one, str) for one in parameters.values()
    ):
        raise read.wrong("publish.parameters", 'must be a table of texts: {notes = "no"}')
    return tuple(sorted(parameters.items()))


def _losses(read: "Tables", table: dict[str, Any]) -> tuple[Loss, ...]:
    losses = table.get("losses", [])
    if not isinstance(losses, list) or not all(isinstance(one, dict) for one in losses):
        raise read.wrong("publish.losses", "must be tables: [[publish.losses]]")
    return tuple(_loss(read, one) for one in losses)


def _loss(read: "Tables", table: dict[str, Any]) -> Loss:
    read.only(table, "publish.losses.", "text", "kind", "reason")
    loss = Loss(
        *(read.text(table, f"publish.losses.{name}") for name in ("text", "kind", "reason"))
    )
    for name in ("text", "kind", "reason"):
        if not getattr(loss, name).strip():
            raise read.wrong(
                f"publish.losses.{name}", "must be said: a loss is allowed by name only"
            )
    return loss
