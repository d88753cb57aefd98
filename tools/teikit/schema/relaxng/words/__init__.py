"""What the words of a finding are made of: what the schema says, what is usual, what is near."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from teikit.schema.relaxng.errors import BadGrammar
from teikit.schema.relaxng.grammar import Grammar

if TYPE_CHECKING:  # loaded once something is wrong in a document
    from teikit.schema.relaxng.words.facts import Facts
    from teikit.schema.relaxng.words.glosses import Glosses


class SchemaWords:
    """What can be told of one schema; each part is found when it is first needed."""

    def __init__(self, grammar: Grammar, schema: Path | None = None, language: str = "en"):
        self.grammar = grammar
        self._schema, self._language = schema, language

    @cached_property
    def facts(self) -> "Facts":
        """Return what may stand where."""
        from teikit.schema.relaxng.words.facts import Facts

        return Facts(self.grammar)

    @cached_property
    def has_ids(self) -> bool:
        """Return whether the schema says which attributes are IDs, without contradicting itself."""
        try:
            return bool(self.grammar.id_types)
        except BadGrammar:
            return False

    @cached_property
    def glosses(self) -> "Glosses":
        """Return what the schema says its elements, attributes and values are for."""
        from teikit.schema.relaxng.words.glosses import Glosses, read_glosses

        if self._schema is None:
            return Glosses(self._language)
        uris = [uri for uri, _digest in self.grammar.sources]
        return read_glosses(self._schema, uris, self._language)
