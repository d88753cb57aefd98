"""The steps of a tutorial in docs/: its Markdown read as a person who follows it would.

<!-- file: NAME -->      the fenced block below is saved as NAME
<!-- change: NAME -->    in NAME, the lines with - in the fenced block become those with +
<!-- ends with: 1 -->    the command below ends with this exit code, and not with 0
<!-- see: NAME -->       the reader is told to open NAME, so it must be there
```console               `$ ` begins a command; what it prints stands below, `...` for gaps
"""

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(
    r"(?:^[ ]*<!-- (?P<what>file|change|ends with|see): (?P<value>.*?) -->\n)?"
    r"(?:^(?P<indent>[ ]*)```(?P<kind>\w*)\n(?P<body>.*?)^[ ]*```$)?",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Save:
    """A file that the reader saves."""

    name: str
    content: str


@dataclass(frozen=True)
class Change:
    """Lines of a file that the reader writes anew."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Run:
    """A command that the reader gives, and what the tutorial says that it prints."""

    command: str
    output: tuple[str, ...]
    code: int


@dataclass(frozen=True)
class See:
    """A file that the reader opens."""

    name: str


def read_steps(markdown: str) -> list[Save | Change | Run | See]:
    """Return the steps of a tutorial, in order."""
    steps: list[Save | Change | Run | See] = []
    for block in _BLOCK.finditer(markdown):
        what, value, body = block["what"], block["value"], block["body"]
        if what == "see":
            steps.append(See(value))
        elif what == "file":
            steps.append(Save(value, body))
        elif what == "change":
            steps.append(_change(value, body))
        elif block["kind"] == "console":
            steps.extend(_runs(body, int(value) if what else 0))
    return steps


def _change(name: str, body: str) -> Change:
    def lines(mark: str) -> str:
        return "".join(line[1:] + "\n" for line in body.splitlines() if line[:1] in (mark, " ", ""))

    return Change(name, lines("-"), lines("+"))


def _runs(body: str, code: int) -> list[Run]:
    found: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return [Run(command, tuple(output), code) for command, output in found]


class Follower:
    """Somebody who follows a tutorial in a folder of their own."""

    def __init__(self, folder: Path, environment: dict[str, str]):
        self.folder, self.environment = folder, environment

    def follow(self, step: Save | Change | Run | See) -> None:
        """Do what the step says; an AssertionError says what is not as the tutorial has it."""
        if isinstance(step, Save):
            (self.folder / step.name).write_text(step.content, encoding="utf-8", newline="\n")
        elif isinstance(step, Change):
            file = self.folder / step.name
            text = file.read_text(encoding="utf-8")
            assert text.count(step.old) == 1, (
                f"{step.name} has {text.count(step.old)} times:\n{step.old}"
            )
            file.write_text(text.replace(step.old, step.new), encoding="utf-8", newline="\n")
        elif isinstance(step, See):
            assert (self.folder / step.name).is_file(), step.name
        else:
            self._run(step)

    def _run(self, step: Run) -> None:
        words = shlex.split(step.command)
        if words[0] == "cd":
            self.folder /= words[1]
            return
        if words[0] == "teikit":
            words[:1] = [sys.executable, "-P", "-m", "teikit"]
        elif words[0] in ("python", "python3", "py"):
            words[0] = sys.executable
        done = subprocess.run(
            words, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == step.code, f"{step.command}\n{done.stdout}"
        problem = differs(step.output, done.stdout.splitlines())
        assert not problem, f"{step.command}: {problem}\n{done.stdout}"


def differs(shown: tuple[str, ...], printed: list[str]) -> str:
    """Return what is shown and was not printed; empty where all is as shown.

    A line `...` stands for any number of lines; what is not shown at the end may follow.
    """
    at, free = 0, False
    for line in shown:
        if line.strip() == "...":
            free = True
            continue
        while free and at < len(printed) and printed[at].rstrip() != line.rstrip():
            at += 1
        if at == len(printed) or printed[at].rstrip() != line.rstrip():
            return f"“{line}” was not printed there"
        at, free = at + 1, False
    return ""
