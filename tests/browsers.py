"""Chromium for tests, where it is found; what is done where it is not."""

import os
import shutil

import pytest


def absent(what: str) -> None:
    """Skip, or fail where everything must be there."""
    if os.environ.get("TEIKIT_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{what}, but TEIKIT_REQUIRE_BROWSER=1 says that it must be here")
    pytest.skip(what)


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        absent("Chromium is not installed (Debian: apt-get install chromium fonts-noto-cjk)")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield started
        started.close()
