"""The command `teikit`. Nothing else imports this package."""

import sys


def main() -> None:
    """Run the command line; `--version` is answered without loading anything."""
    if sys.argv[1:] == ["--version"]:
        from teikit import __version__

        print(f"teikit {__version__}")
        return
    from teikit.cli.commands import teikit

    teikit(prog_name="teikit")
