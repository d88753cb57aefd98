"""What a page asks of the edition while it is made: the facts on which it depends.

A page is made from something of its own (a text, an entity) and from what it asks of the site:
its title, the header of a text, who mentions an entity. Each question is noted with a hash of
its answer. When all are answered alike in a later run, the page that was kept is still right,
whatever else has changed, and whatever an edition's own template may have asked.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from teikit.keeping.keys import Digests

Question = tuple[Any, ...]  # about what, which attribute, how it is asked, more
_GONE = b"gone"


class Untraceable(Exception):
    """Something was asked, or answered, of which no hash can be made: the page is not kept."""


class Facts:
    """Answers questions about a site, each once, by a hash of the answer."""

    def __init__(self, subjects: Mapping[str, Any], digests: Digests):
        self.subjects, self._digests = subjects, digests
        self._answers: dict[Question, str] = {}

    def ask(self, question: Question) -> str:
        """Return the hash of the answer as it is now."""
        if question not in self._answers:
            self._answers[question] = self._digest(self._value(question))
        return self._answers[question]

    def note(self, question: Question, value: Any) -> str:
        """Return the hash of an answer that is known already."""
        if question not in self._answers:
            self._answers[question] = self._digest(value)
        return self._answers[question]

    def _value(self, question: Question) -> Any:
        about, name, way, *more = question
        value = self.subjects[about]
        try:
            value = getattr(value, name) if name else value
            if way == "call":
                return value(*more)
            return value[more[0]] if way == "item" else value
        except (AttributeError, LookupError):
            return _GONE

    def _digest(self, value: Any) -> str:
        try:
            return self._digests.of(value).hex()
        except (TypeError, ValueError) as error:
            raise Untraceable from error


class Trace:
    """The questions that were asked while one page was made."""

    def __init__(self, facts: Facts):
        self._facts = facts
        self._stand_ins: dict[str, Any] = {}
        self.asked: dict[Question, str] = {}
        self.is_complete = True

    def note(self, question: Question, value: Any) -> None:
        """Take note of a question and its answer."""
        if question not in self.asked:
            try:
                self.asked[question] = self._facts.note(question, value)
            except Untraceable:
                self.is_complete = False

    def subject(self, about: str) -> Any:
        """Return what stands for one of the subjects and notes what it is asked."""
        if about not in self._stand_ins:
            value = self._facts.subjects[about]
            self._stand_ins[about] = (
                _Entries(self, about, "", value)
                if isinstance(value, Mapping)
                else _Traced(self, about, value)
            )
        return self._stand_ins[about]

    def is_subject(self, name: str, value: Any) -> bool:
        """Return whether the value is the subject of this name."""
        return self._facts.subjects.get(name) is value


class _Traced:
    """Stands for an object: answers as it does, and notes each question."""

    def __init__(self, trace: Trace, about: str, value: Any):
        self._trace, self._about, self._value = trace, about, value

    def __getattr__(self, name: str) -> Any:
        about, trace = self._about, self._trace
        value = getattr(self._value, name)  # an AttributeError is the caller's
        if (about, name) in _UNTRACED:
            return value
        if (about, name) == ("site", "render"):  # what it reads of the site is asked through us
            return partial(type(self._value).render, self)
        if trace.is_subject(name, value):
            return trace.subject(name)
        if isinstance(value, Mapping):
            return _Entries(trace, about, name, value)
        if callable(value):
            return self._method(name, value)
        trace.note((about, name, "value"), value)
        return value

    def _method(self, name: str, method: Callable) -> Callable:
        def ask(*arguments: Any) -> Any:
            answer = method(*arguments)
            if all(isinstance(one, (str, int, bool, type(None))) for one in arguments):
                self._trace.note((self._about, name, "call", *arguments), answer)
            else:
                self._trace.is_complete = False
            return answer

        return ask


class _Entries(Mapping):
    """Stands for a mapping: notes which of its keys are looked up."""

    def __init__(self, trace: Trace, about: str, name: str, value: Mapping):
        self._trace, self._about, self._name, self._value = trace, about, name, value

    def __getitem__(self, key: Any) -> Any:
        question = (self._about, self._name, "item", key)
        if not isinstance(key, (str, int)):
            self._trace.is_complete = False
            return self._value[key]
        try:
            answer = self._value[key]
        except KeyError:
            self._trace.note(question, _GONE)
            raise
        self._trace.note(question, answer)
        return answer

    def __iter__(self) -> Iterator[Any]:
        self._note_all()
        return iter(self._value)

    def __len__(self) -> int:
        self._note_all()
        return len(self._value)

    def _note_all(self) -> None:
        self._trace.note((self._about, self._name, "all"), dict(self._value))


# what the key of a page stands for anyway: the templates and all words of the interface
_UNTRACED = frozenset({("site", "environment"), ("site", "strings"), ("site", "others")})
