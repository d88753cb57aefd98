"""The tokens of markdown-it, which only say where something opens and closes, as nodes."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Node:
    """Something that opens and closes, or stands alone, and what is in it."""

    kind: str  # "paragraph", "em", "text"
    token: Any  # the one that opens it
    children: list["Node"] = field(default_factory=list)
    line: int = 0  # of the source, from 1; 0: not known

    def get(self, name: str) -> str:
        """Return what its attribute says; empty where it has none."""
        return str(self.token.attrs.get(name) or "")


def build_nodes(tokens: list[Any]) -> list[Node]:
    """Return the nodes of a whole file, or of one inline token."""
    top: list[Node] = []
    open_nodes: list[Node] = []
    line = 0
    for token in tokens:
        siblings = open_nodes[-1].children if open_nodes else top
        line = token.map[0] + 1 if token.map else line
        if token.nesting == 1:
            node = Node(token.type.removesuffix("_open"), token, line=line)
            siblings.append(node)
            open_nodes.append(node)
        elif token.nesting == -1:
            if open_nodes:
                open_nodes.pop()
        else:
            siblings.append(Node(token.type, token, line=line))
    return top
