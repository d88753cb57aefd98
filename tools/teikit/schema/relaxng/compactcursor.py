"""Going through the tokens of the compact syntax, and past its annotations."""

from teikit.schema.relaxng.compacttokens import Token
from teikit.schema.relaxng.errors import BadGrammar, Position


class Cursor:
    """A place among the tokens."""

    def __init__(self, tokens: list[Token], uri: str):
        self.tokens, self.uri, self.next = tokens, uri, 0

    # -- tokens -------------------------------------------------------------------------------

    @property
    def token(self) -> Token:
        """Return the next token."""
        return self.tokens[self.next]

    def take(self) -> Token:
        """Return the next token and go past it; the end is never passed."""
        token = self.tokens[self.next]
        if token.kind != "end":
            self.next += 1
        return token

    def sees(self, *signs: str) -> bool:
        """Return whether one of the signs comes next."""
        return self.token.kind == "sign" and self.token.text in signs

    def is_word(self, *words: str) -> bool:
        """Return whether one of the keywords comes next."""
        return self.token.kind == "name" and self.token.plain and self.token.text in words

    def skip(self, sign: str) -> bool:
        """Go past the sign where it comes next; return whether it did."""
        if self.sees(sign):
            self.next += 1
            return True
        return False

    def need(self, sign: str) -> None:
        """Go past the sign; raise BadGrammar where something else comes."""
        if not self.skip(sign):
            raise self.bad(f"{sign} is expected here, not {self.shown()}")

    def shown(self) -> str:
        """Return the next token as a message quotes it."""
        return "the end of the file" if self.token.kind == "end" else repr(self.token.text)

    def bad(self, reason: str) -> BadGrammar:
        """Return the exception for what stands here."""
        return BadGrammar(self.here(), reason)

    def here(self) -> Position:
        """Return where the next token stands."""
        return Position(self.uri, self.token.line)

    def identifier(self) -> str:
        """Return the name that comes next."""
        token = self.take()
        if token.kind != "name":
            raise self.bad(f"a name is expected before {self.shown()}")
        return token.text

    def literal(self) -> str:
        """Return the text in quotation marks that comes next, joined by ~."""
        if self.token.kind != "literal":
            raise self.bad(f"a text in quotation marks is expected, not {self.shown()}")
        text = self.take().text
        while self.skip("~"):
            text += self.literal()
        return text

    # -- annotations --------------------------------------------------------------------------

    def skip_annotations(self) -> None:
        """Go over [annotations] that stand before something."""
        while self.sees("["):
            self.skip_brackets()

    def skip_brackets(self) -> None:
        """Go past one annotation and everything in it."""
        depth = 0
        while True:
            if self.sees("["):
                depth += 1
            elif self.sees("]"):
                depth -= 1
            elif self.token.kind == "end":
                raise self.bad("an annotation is not closed by ]")
            self.next += 1
            if depth == 0:
                return

    def skip_following(self) -> None:
        """Go over >> annotations [...] that stand after something."""
        while self.skip(">>"):
            self.take()
            self.skip_brackets()

    def is_annotation_element(self) -> bool:
        """Return whether an annotation stands here as an element of its own: a:name [ ... ]."""
        after = self.tokens[min(self.next + 1, len(self.tokens) - 1)]
        return self.token.kind in ("cname", "name") and after.kind == "sign" and after.text == "["
