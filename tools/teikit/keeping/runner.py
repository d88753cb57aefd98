"""A runner that does not do again what an earlier run has done."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from teikit.files import NotReadable, read_inside
from teikit.keeping.job import Noted
from teikit.keeping.keys import Digests
from teikit.keeping.store import Store
from teikit.looks import Look, digest_of
from teikit.safety.wire import pack, unpack
from teikit.safety.worker import JobFailed, Runner

# The jobs that depend on nothing but their arguments, the files that `looks` notes, and what the
# runner is told beside them.
KEPT = frozenset(
    """check complete schema catalog ids unmarked
    extract register_entries piece plain merge index folding""".split()
)
_LARGEST_LOOK = 500_000_000


def _nothing(*_: object) -> None:
    pass


class KeepingRunner:
    """Runs jobs by another runner, and keeps what they give; what was kept is not run again.

    `tool` stands for what all results depend on; `beside`, by job, for what the results of one
    job depend on beside its arguments.
    """

    def __init__(self, inner: Runner, store: Store, tool: str, beside: Mapping[str, str]):
        self._inner, self.store = inner, store
        self.tool, self._beside = tool, beside
        self.digests = Digests()
        self._looked: dict[tuple[str, str], str] = {}

    @property
    def largest_document(self) -> int:
        """Return how many bytes a document may have."""
        return self._inner.largest_document

    def run(self, name: str, *arguments: Any) -> Any:
        """Return what the job NAME makes, or once made, of the arguments."""
        (result,) = self.run_all(name, [arguments])
        if isinstance(result, JobFailed):
            raise result
        return result

    def run_all(
        self,
        name: str,
        calls: Iterable[Sequence[Any]],
        on_done: Callable[[], None] = _nothing,
        on_result: Callable[[Sequence[Any], Any], None] = _nothing,
    ) -> list[Any]:
        """Return the results of many calls of one job, in order; a JobFailed stands for a loss."""
        if name not in KEPT:
            return self._inner.run_all(name, calls, on_done, on_result)
        from teikit.jobs import get_result_kind

        batch = _Batch(self, name, get_result_kind(name), on_done, on_result)
        self._inner.run_all("noted", batch.misses(calls), on_result=batch.done)
        return [batch.results[index] for index in range(len(batch.results))]

    def key(self, name: str, arguments: Sequence[Any]) -> bytes:
        """Return the key of a call."""
        return self.digests.of_call(name, arguments, self.tool + self._beside.get(name, ""))

    def find(self, key: bytes) -> bytes | None:
        """Return the packed result that was kept; None where there is none, or it is outdated."""
        kept = self.store.get(key)
        if kept is None:
            return None
        message = unpack(kept)
        noted = message.as_kind(Noted, message.plain)
        return noted.result if all(map(self._is_unchanged, noted.looks)) else None

    def keep(self, key: bytes, noted: Noted) -> None:
        """Keep the result of a job."""
        self.store.put(key, pack(noted))

    def _is_unchanged(self, look: Look) -> bool:
        at = look.folder, look.path
        if at not in self._looked:
            try:
                self._looked[at] = digest_of(read_inside(*at, _LARGEST_LOOK))
            except NotReadable:
                self._looked[at] = ""
        return self._looked[at] == look.digest


@dataclass(frozen=True)
class _Miss:
    """A call that must be run: its number, its key, its arguments, and those of `noted`."""

    index: int
    key: bytes
    arguments: Sequence[Any]
    noted: tuple[str, bytes]


class _Batch:
    """Many calls of one job: those that were kept are answered in passing."""

    def __init__(
        self, runner: KeepingRunner, name: str, kind: Any, on_done: Callable, on_result: Callable
    ):
        self._runner, self._name, self._kind = runner, name, kind
        self._on_done, self._on_result = on_done, on_result
        self._waiting: dict[int, _Miss] = {}  # by the id of the arguments of `noted`
        self.results: dict[int, Any] = {}

    def misses(self, calls: Iterable[Sequence[Any]]) -> Iterator[tuple[str, bytes]]:
        """Yield the calls that must be run; one thread at a time asks for the next."""
        for index, arguments in enumerate(calls):
            key = self._runner.key(self._name, arguments)
            kept = self._runner.find(key)
            if kept is not None:
                self._answer(index, arguments, self._read(kept))
                continue
            noted = self._name, pack(arguments)
            self._waiting[id(noted)] = _Miss(index, key, arguments, noted)
            yield noted

    def done(self, noted: tuple[str, bytes], result: Any) -> None:
        """Take the result of a call that was run."""
        miss = self._waiting.pop(id(noted))
        if isinstance(result, Noted):
            self._runner.keep(miss.key, result)
            result = self._read(result.result)
        self._answer(miss.index, miss.arguments, result)

    def _read(self, packed: bytes) -> Any:
        message = unpack(packed)
        value = message.as_kind(self._kind, message.plain[0])
        self._runner.digests.know(value, packed)
        return value

    def _answer(self, index: int, arguments: Sequence[Any], result: Any) -> None:
        self.results[index] = result
        self._on_result(arguments, result)
        self._on_done()
