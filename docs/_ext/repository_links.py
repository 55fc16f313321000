"""Turn links between files of the repository into links between pages of the site.

The texts are written to be read in the repository as well. There a link to a notebook, a table or
a piece of code leads to the file. On the site it leads to the page made from the file, or, if
there is none, to the file in the public repository; without an address its name stays as text.
No file is ever copied into the site because a text links to it.
"""

import os
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

PAGES = {"README.md": "index", "datasets/README.md": "codebook", "CHANGELOG.md": "changelog"}


def page_of(path):
    """Find the page made from a file.

    Parameters
    ----------
    path : str
        The file, relative to the checkout.

    Returns
    -------
    str or None
        The page, relative to ``docs/`` and without suffix.
    """
    stem = Path(path).stem
    if path in PAGES:
        return PAGES[path]
    if path.startswith("notebooks/") and path.endswith(".ipynb"):
        return f"course/{stem}"
    if path.startswith("exercises/release/") and path.endswith(".ipynb"):
        return f"exercises/{stem}"
    if path.startswith("docs/") and path.endswith(".md"):
        return path.removeprefix("docs/").removesuffix(".md")
    return None


def origin(page, root):
    """Find the folder of the file that a page was made from.

    Parameters
    ----------
    page : pathlib.Path
        The source of the page, or of the part of it that was included.
    root : pathlib.Path
        The checkout.

    Returns
    -------
    pathlib.Path
        The folder to which the links on the page are relative.
    """
    if page.parent == root / "docs" / "course" and page.suffix == ".ipynb":
        return root / "notebooks"
    if page.parent == root / "docs" / "exercises":
        return root / "exercises" / "release" / page.stem
    return page.parent


class RepositoryLinks(SphinxTransform):
    """Resolve every link to a file of the repository."""

    default_priority = 500

    def apply(self):
        """Replace the links on one page."""
        root = Path(self.app.srcdir).parent
        found = [addnodes.download_reference, addnodes.pending_xref]
        for link in [each for kind in found for each in self.document.findall(kind)]:
            if link.get("reftype") == "myst" and (file := self.target(link, root)):
                anchor = link.get("reftargetid") or link["reftarget"].partition("#")[2]
                link.replace_self(self.replaced(link, file.relative_to(root).as_posix(), anchor))

    def target(self, link, root):
        """Find the file of the repository that a link leads to, unless it is a page already."""
        if link.get("refdomain") == "doc":
            # MyST takes a file of the repository for a page wherever it stands.
            known = link["reftarget"] in self.env.found_docs
            base, suffixes = Path(self.app.srcdir), [] if known else self.config.source_suffix
            names = [link["reftarget"] + suffix for suffix in suffixes]
        else:
            base = origin(Path(link.source or self.env.doc2path(self.env.docname)), root)
            names = [name] if (name := link["reftarget"].partition("#")[0]) else []
        files = [Path(os.path.normpath(base / name)) for name in names]
        return next((each for each in files if each.is_relative_to(root) and each.exists()), None)

    def replaced(self, link, path, anchor):
        """Make what stands in the place of a link to a file."""
        if page := page_of(path):
            goal = {"refdomain": "doc", "reftarget": page, "reftargetid": anchor or None}
            new = addnodes.pending_xref("", **{**link.attributes, **goal})
        elif self.config.repository:
            kind = "tree" if (Path(self.app.srcdir).parent / path).is_dir() else "blob"
            address = f"{self.config.repository.rstrip('/')}/{kind}/HEAD/{path}"
            new = nodes.reference("", refuri=address + (f"#{anchor}" if anchor else ""))
        else:
            new = nodes.inline()
        new.source, new.line = link.source, link.line
        new += [child.deepcopy() for child in link.children]
        return new


def setup(app):
    """Register the extension with Sphinx."""
    app.add_config_value("repository", "", "env", str)
    app.add_transform(RepositoryLinks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
