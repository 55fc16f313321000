"""Take the README's picture: the enlargement explorer in JupyterLab, with one round switched off.

Run it with ``make picture``; it needs a Chromium.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from jupyterlab import open_cells  # noqa: E402

PICTURE = ROOT / "docs" / "images" / "explorer.png"
CELL = "import coursekit as ck\n\nck.enlargement_explorer()"


def main():
    """Take it."""
    with open_cells([CELL], 1300, 1100) as opened:
        opened.show(".ck-lab")
        opened.page.locator(".ck-chip", has_text="2004").locator("input").click()
        opened.page.wait_for_selector(".ck-lab [data-pending='false']")
        opened.page.evaluate("() => document.activeElement.blur()")
        box = opened.page.locator(".ck-lab").first.bounding_box()
        area = {"x": box["x"] - 8, "y": box["y"] - 8}
        area |= {"width": box["width"] + 16, "height": box["height"] + 16}
        PICTURE.parent.mkdir(exist_ok=True)
        opened.page.screenshot(path=PICTURE, clip=area)


if __name__ == "__main__":
    main()
