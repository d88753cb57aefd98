"""From a schema as it was written to patterns of the simple syntax (section 4.5-4.21).

Names of definitions are followed (4.18), so what remains is one start pattern and the elements
that can be reached from it. The content of elements waits in a queue, because it may refer to
the element itself; whatever does so without an element between is an error (4.19).
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from teikit.schema.relaxng.datatypes import BadDatatype, Datatype, Prefixes, find_datatype
from teikit.schema.relaxng.errors import BadGrammar, Position
from teikit.schema.relaxng.patterns import Pattern, Pool
from teikit.schema.relaxng.syntaxtree import Node

_START = ""  # the name under which `start` is kept

Load = Callable[[str, str, Position], Node]  # URI, inherited namespace, who asks for it


@dataclass
class _Definition:
    """All that a grammar says of one name (4.17)."""

    parts: list[tuple[Node, tuple[str, ...]]] = field(default_factory=list)
    pattern: Pattern | None = None
    busy: bool = False

    def combine(self) -> str:
        """Return how the parts are combined; raise BadGrammar where they disagree."""
        plain = [node for node, _files in self.parts if not node.combine]
        ways = {node.combine for node, _files in self.parts if node.combine}
        last = self.parts[-1][0]
        what = f"{last.name} is defined" if last.name else "start is given"
        if len(plain) > 1:
            raise BadGrammar(plain[1].position, f"{what} twice without combine", "4.17")
        if len(ways) > 1:
            raise BadGrammar(last.position, f"{what} with two kinds of combine", "4.17")
        return ways.pop() if ways else ""


@dataclass
class _Grammar:
    """One `grammar` element: its definitions, and the grammar around it."""

    position: Position
    parent: "_Grammar | None"
    definitions: dict[str, _Definition] = field(default_factory=dict)


def simplify(root: Node, pool: Pool, load: Load) -> Pattern:
    """Return the start pattern of the schema; `load` reads the other files that it names."""
    return _Simplifier(pool, load).run(root)


class _Simplifier:
    """One run over a schema and the files that belong to it."""

    def __init__(self, pool: Pool, load: Load):
        self.pool = pool
        self.load = load
        self.datatypes: dict[tuple, Datatype] = {}
        self.waiting: deque[tuple[Pattern, Node, _Grammar | None, tuple[str, ...]]] = deque()
        self.grammars: deque[_Grammar] = deque()
        self.beyond = False  # whether what is left cannot be reached from the start

    def run(self, root: Node) -> Pattern:
        start = self._pattern(root, None, (root.position.source,))
        self._finish_elements()
        self.beyond = True
        while self.grammars:  # what nothing refers to may run in circles, but must be defined
            grammar = self.grammars.popleft()
            for name in grammar.definitions:
                self._definition(grammar, name, grammar.position)
            self._finish_elements()
        return start

    def _finish_elements(self) -> None:
        while self.waiting:
            element, node, grammar, files = self.waiting.popleft()
            element.content = self._all(node.children, grammar, files)

    def _all(
        self, nodes: Iterable[Node], grammar: _Grammar | None, files: tuple[str, ...]
    ) -> Pattern:
        """Return several patterns as a group (4.12)."""
        return self.pool.groups([self._pattern(node, grammar, files) for node in nodes])

    def _pattern(self, node: Node, grammar: _Grammar | None, files: tuple[str, ...]) -> Pattern:
        pool = self.pool
        match node.kind:
            case "ref" | "parentRef":
                return self._reference(node, grammar)
            case "element":
                element = pool.element(node.names, node.position)
                self.waiting.append((element, node, grammar, files))
                return element
            case "attribute":
                value = self._all(node.children, grammar, files) if node.children else pool.text
                return pool.attribute(node.names, value, node.position)
            case "choice":
                return pool.choice(
                    [self._pattern(child, grammar, files) for child in node.children]
                )
            case "interleave":
                return pool.interleave(
                    [self._pattern(child, grammar, files) for child in node.children]
                )
            case "group":
                return self._all(node.children, grammar, files)
            case "optional":
                return pool.optional(self._all(node.children, grammar, files))
            case "zeroOrMore":
                return pool.zero_or_more(self._all(node.children, grammar, files))
            case "oneOrMore":
                return pool.one_or_more(self._all(node.children, grammar, files))
            case "mixed":
                return pool.interleave((pool.text, self._all(node.children, grammar, files)))
            case "list":
                return pool.list_of(self._all(node.children, grammar, files))
            case "empty":
                return pool.empty
            case "text":
                return pool.text
            case "notAllowed":
                return pool.not_allowed
            case "data":
                return self._data(node, grammar, files)
            case "value":
                return self._value(node)
            case "externalRef":
                return self._external(node, files)
            case "grammar":
                return self._grammar(node, grammar, files)
        raise BadGrammar(node.position, f"{node.kind} is no pattern", "3")

    # -- datatypes ----------------------------------------------------------------------------

    def _datatype(self, node: Node) -> Datatype:
        key = (node.library, node.name, tuple(node.params))
        if key not in self.datatypes:
            try:
                self.datatypes[key] = find_datatype(*key, Prefixes(node.prefixes or {}))
            except BadDatatype as error:
                raise BadGrammar(node.position, str(error), "4.16") from error
        return self.datatypes[key]

    def _data(self, node: Node, grammar: _Grammar | None, files: tuple[str, ...]) -> Pattern:
        besides = None
        if node.children:
            besides = self.pool.choice(
                [self._pattern(child, grammar, files) for child in node.children]
            )
        return self.pool.data(self._datatype(node), besides)

    def _value(self, node: Node) -> Pattern:
        datatype = self._datatype(node)
        value = datatype.value(node.text, Prefixes(node.prefixes or {}))
        if value is None:
            raise BadGrammar(node.position, f"{node.text!r} is no {datatype.name}", "4.16")
        return self.pool.value_of(datatype, value, node.text)

    # -- other files --------------------------------------------------------------------------

    def _external(self, node: Node, files: tuple[str, ...]) -> Pattern:
        """Return the pattern in another file (4.6)."""
        self._refuse_circle(node, files)
        root = self.load(node.href, node.namespace, node.position)
        return self._pattern(root, None, (*files, node.href))

    def _refuse_circle(self, node: Node, files: tuple[str, ...]) -> None:
        if node.href in files:
            raise BadGrammar(
                node.position,
                f"{node.href} includes itself",
                "4.6" if node.kind == "externalRef" else "4.7",
            )

    def _included(
        self, node: Node, files: tuple[str, ...]
    ) -> Iterator[tuple[Node, tuple[str, ...]]]:
        """Yield what an include stands for: what it says itself, and what it leaves (4.7)."""
        self._refuse_circle(node, files)
        root = self.load(node.href, node.namespace, node.position)
        if root.kind != "grammar":
            raise BadGrammar(node.position, f"{node.href} is no grammar", "4.7")
        own = list(self._parts(node.children, files))
        replaced = {part.name for part, _files in own}
        missing = set(replaced)
        for part, its_files in self._parts(root.children, (*files, node.href)):
            missing.discard(part.name)
            if part.name not in replaced:
                yield part, its_files
        for name in sorted(missing):
            raise BadGrammar(
                node.position, f"{name or 'start'} is replaced, but {node.href} has none", "4.7"
            )
        yield from own

    def _parts(
        self,
        nodes: Iterable[Node],
        files: tuple[str, ...],
    ) -> Iterator[tuple[Node, tuple[str, ...]]]:
        """Yield each start and define, through divisions (4.11) and includes."""
        for node in nodes:
            if node.kind == "div":
                yield from self._parts(node.children, files)
            elif node.kind == "include":
                yield from self._included(node, files)
            else:
                yield node, files

    # -- definitions --------------------------------------------------------------------------

    def _grammar(self, node: Node, parent: _Grammar | None, files: tuple[str, ...]) -> Pattern:
        grammar = _Grammar(node.position, parent)
        for part, its_files in self._parts(node.children, files):
            definition = grammar.definitions.setdefault(part.name, _Definition())
            definition.parts.append((part, its_files))
        if _START not in grammar.definitions:
            raise BadGrammar(node.position, "the grammar has no start", "4.18")
        self.grammars.append(grammar)
        return self._definition(grammar, _START, node.position)

    def _reference(self, node: Node, grammar: _Grammar | None) -> Pattern:
        found = grammar
        if found is not None and node.kind == "parentRef":
            found = found.parent
        if found is None:
            raise BadGrammar(node.position, f"{node.name} is referred to outside a grammar", "4.18")
        return self._definition(found, node.name, node.position)

    def _definition(self, grammar: _Grammar, name: str, asked_from: Position) -> Pattern:
        definition = grammar.definitions.get(name)
        if definition is None:
            raise BadGrammar(asked_from, f"{name} is not defined", "4.18")
        if definition.pattern is None:
            if definition.busy and self.beyond:
                return self.pool.not_allowed
            if definition.busy:
                raise BadGrammar(
                    asked_from, f"{name} refers to itself without an element between", "4.19"
                )
            definition.busy = True
            combine = definition.combine()
            parts = [self._all(node.children, grammar, files) for node, files in definition.parts]
            definition.pattern = (
                self.pool.interleave(parts) if combine == "interleave" else self.pool.choice(parts)
            )
            definition.busy = False
        return definition.pattern
