"""A job whose result is to be kept: what it gave, packed, and which files it looked at."""

from dataclasses import dataclass

from teikit.looks import Look, noting_looks
from teikit.safety.wire import pack, unpack


@dataclass(frozen=True)
class Noted:
    """The result of a job as a message, and the files on which it depends."""

    result: bytes
    looks: tuple[Look, ...] = ()


def noted_job(name: str, arguments: bytes) -> Noted:
    """Return what the job NAME makes of the packed arguments, and at which files it looked."""
    from teikit.jobs import get_argument_kinds, get_function

    message = unpack(arguments)
    values = [
        message.as_kind(kind, plain)
        for kind, plain in zip(get_argument_kinds(name), message.plain, strict=True)
    ]
    with noting_looks() as looks:
        result = get_function(name)(*values)
    return Noted(pack([result]), tuple(sorted(looks)))
