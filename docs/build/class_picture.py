"""Take the picture of a report on a made-up class, for the page on what a class learnt.

Run it with ``make picture``; it needs a Chromium.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from jupyterlab import CHROMIUM, FLAGS  # noqa: E402

from coursekit.cli import app  # noqa: E402

PICTURE = ROOT / "docs" / "images" / "class_report.png"
STUDENTS, SEED = 60, 1


def main():
    """Take it."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder, "report")
        command = ["class", f"{folder}/records", f"--to={report}"]
        CliRunner().invoke(app, [*command, f"--simulate={STUDENTS}", f"--seed={SEED}"])
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1000, "height": 800})
        page.goto((report / "instructor.html").as_uri())
        box = page.locator("figure").first.bounding_box()
        area = {"x": 0, "y": 0, "width": 1000, "height": box["y"] + box["height"] + 8}
        page.screenshot(path=PICTURE, clip=area, full_page=True)
        browser.close()


if __name__ == "__main__":
    main()
