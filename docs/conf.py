"""Settings of the site. Build it with ``make docs``; nothing is fetched from the network."""

import re
import sys
import tomllib
from pathlib import Path

from coursekit.authoring import links

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "docs" / "_ext"))

about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
project = re.search(r"^# (.+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)[1]
author = about["authors"][0]["name"]
project_copyright = author
release = about["version"]
# Empty until somebody has put the address in: a link would lead nowhere.
repository = links.home_of(ROOT).repository
language = "en_GB"
default_role = "py:obj"

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "myst_nb",
    "course_pages",
    "public_names",
    "accessible_pages",
    "explained_pages",
    "living_pages",
]
exclude_patterns = ["_build", "_ext", "build"]

# The outputs are those stored in the notebooks, which the tests compare with a fresh run.
nb_execution_mode = "off"
nb_ipywidgets_js = {}
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]

autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_default_options = {"members": True}
napoleon_google_docstring = False
napoleon_use_param = False
napoleon_use_rtype = False

html_theme = "furo"
html_title = project
html_favicon = "_static/icon.svg"
html_static_path = ["_static"]
html_css_files = ["course.css"]
html_js_files = ["course.js"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
COLOURS = ("brand-primary", "brand-content", "brand-visited", "api-name", "api-pre-name")
html_theme_options = {
    "light_css_variables": dict.fromkeys([f"color-{each}" for each in COLOURS], "#00695c"),
    "dark_css_variables": dict.fromkeys([f"color-{each}" for each in COLOURS], "#5cc8b8"),
}
