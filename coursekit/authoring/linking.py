"""Write the links of the course into its README, and print those that stand elsewhere."""

from collections.abc import Iterator
from pathlib import Path

from coursekit.authoring import links
from coursekit.authoring.links import START, Home
from coursekit.errors import CourseError
from coursekit.record.lines import replace


def parts(root: Path, home: Home) -> dict[str, str]:
    """Make what the README has between its marks."""
    return {
        "badges": links.badges(home),
        "browser": links.browser(home),
        "course map": links.course_map(links.pages(root), home),
    }


def link(root: Path, address="", lite="", hub="", students="") -> Iterator[str]:
    """Write the links and say which; with a hub and no address only say that of the class."""
    home = links.home_of(root)
    known = address or home.repository or links.remote(root)
    hub_link = _for_hub(hub, students, known)
    if hub_link:
        yield f"Hub: {hub_link}"
    if hub_link and not address and not lite:
        return
    if known and (known, lite or home.lite) != (home.repository, home.lite):
        links.set_home(root, known, lite or home.lite)
        home = links.home_of(root)
    readme = root / "README.md"
    replace(readme, links.rewrite(readme.read_text(encoding="utf-8"), parts(root, home)).encode())
    if not known:
        yield (
            "README.md: without links, since git knows no address on GitHub. Give it: "
            "python -m coursekit links https://github.com/you/your-copy"
        )
        return
    yield f"README.md: links for {home.repository}, version {home.tag}"
    yield f"Binder: {links.binder(home, START)}"
    yield f"Colab: {links.colab(home, START)}"
    if home.lite:
        yield f"JupyterLite: {links.jupyterlite(home, START)}"
    if not links.git(root, "rev-parse", "--verify", "--quiet", f"refs/tags/{home.tag}"):
        yield (
            f"The links open version {home.tag}, which git does not know yet: "
            f"git tag {home.tag} && git push origin {home.tag}"
        )


def _for_hub(hub, students, known):
    if not hub:
        return ""
    if not students or students.rstrip("/").removesuffix(".git") == known:
        raise CourseError(
            "A link for a hub copies a whole repository to each student, and this one holds the "
            "solutions. Give the address of the students' copy too: --students "
            "https://github.com/you/students. `python -m coursekit students-copy` makes it."
        )
    return links.nbgitpuller(hub, students, START)
