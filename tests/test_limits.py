"""The limits of edition.toml: they hold, options go before them, no stranger can lift them."""

import sys

import pytest
from click.testing import CliRunner

from hostile import document, validate, write_project
from teikit.check.schemas import check_schema
from teikit.cli.commands import teikit
from teikit.schema.state import SchemaState


def test_limits_of_the_settings_hold_unless_options_say_otherwise(tmp_path):
    heavy = document("<p><hi/></p>" * 400_000)
    folder = write_project(tmp_path / "e", {"m": heavy}, "[limits]\nseconds = 0.2\n")
    (finding,) = validate(folder)["texts/m.xml"]
    assert finding["message"].endswith("it took more than 0.2 seconds")
    assert validate(folder, "--timeout", "60") == {}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory limits hold on Linux only")
def test_the_limit_of_memory_can_be_set(tmp_path):
    heavy = document(f"<p>{'x' * 9_000_000}</p>" * 4)
    folder = write_project(tmp_path / "e", {"m": heavy}, "[limits]\nmemory = 128\n")
    (finding,) = validate(folder)["texts/m.xml"]
    assert finding["rule"] in ("safety:memory", "safety:crash")
    assert validate(folder, "--memory", "2000") == {}


@pytest.mark.parametrize(
    "limits", ["seconds = 1e9", "seconds = 0", 'memory = "1"', "memory = 9999"]
)
def test_a_stranger_s_edition_cannot_lift_the_limits(tmp_path, limits):
    folder = write_project(tmp_path / "e", {}, f"[limits]\n{limits}\n")
    done = CliRunner().invoke(teikit, ["validate", str(folder)])
    assert done.exit_code == 2
    assert "limits." in done.stderr
    assert "must be a number from" in done.stderr


@pytest.mark.parametrize(("reason", "option"), [
    ("time", "more seconds with --timeout"), ("memory", "more megabytes with --memory"),
    ("crash", "more megabytes with --memory"), ("complex", "made to take long"),
])  # fmt: skip
def test_a_schema_that_hits_a_limit_says_which_option_gives_more(reason, option):
    finding = check_schema(SchemaState("tei_all.rng", "it took too much", reason), "tei_all.rng")
    assert option in finding.hint
    assert ("made to take long" in finding.hint) == (reason == "complex")
