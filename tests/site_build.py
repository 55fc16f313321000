"""Build the site once for all tests, also when several processes run them."""

import os
import subprocess
import sys
from html.parser import HTMLParser

from filelock import FileLock

# What a browser fetches by itself; other links wait for a click.
LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}


def built_site(root, tmp_path_factory):
    """Build the site as ``make docs`` does, and return its folder."""
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    folder = base / "site"
    folder.mkdir(exist_ok=True)
    log = folder / "failed.txt"
    with FileLock(folder / "lock"):
        if not (folder / "html" / "index.html").exists() and not log.exists():
            command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
            command += ["-d", folder / "doctrees", root / "docs", folder / "html"]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                log.write_text(done.stdout + done.stderr, encoding="utf-8")
    assert not log.exists(), log.read_text(encoding="utf-8")
    return folder / "html"


class Page(HTMLParser):
    """What the tests ask of a page."""

    def __init__(self, path):
        super().__init__()
        self.links, self.loaded, self.pictures, self.places = [], [], [], set()
        self.text, self.folded, self.depth, self.open_text = "", 0, 0, ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        """Note what the tag points to."""
        about = dict(attrs)
        self.places |= {about[key] for key in ("id", "name") if about.get(key)}
        if tag == "a" and about.get("href"):
            self.links.append(about["href"])
        if tag == "link" and LOADED_LINKS & set(about.get("rel", "").split()):
            self.loaded.append(about["href"])
        if tag != "a" and about.get("src"):
            self.loaded.append(about["src"])
        if tag == "img":
            self.pictures.append(about)
        if tag == "details" and "hide" in about.get("class", "").split() and "open" not in about:
            self.folded += 1
        self.depth += tag == "details"

    def handle_endtag(self, tag):
        """Note the end of a part that opens with a click."""
        self.depth -= tag == "details"

    def handle_data(self, data):
        """Gather the text, without the tags of the colouring; once more without what is folded."""
        self.text += data
        self.open_text += data * (self.depth == 0)
