"""Build the course's JupyterLite site: JupyterLab and Python in the browser, with no server.

Pyodide loads by itself what a notebook imports, if its lock file names it. So the lock file of the
site has the course in it, and no notebook needs a cell that installs anything. What is pure Python
lies on the site; what is compiled comes from Pyodide's own address. ``make lite`` runs this.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from email.parser import HeaderParser
from fnmatch import fnmatch
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BUILD = HERE / "_build"
MADE = BUILD / "made"
CORE = ROOT / "node_modules" / "pyodide"
LOCK = "pyodide-lock.json"
KERNEL = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension"
# The kernel asks for them by name.
ASKED = {"jedi", "micropip"}
# What students work with. The releases have no solutions.
FILES = {"notebooks": "*.ipynb", "exercises/release": "**/*"}


def surroundings(lock: dict) -> dict:
    """Give the environment markers of the Python that a lock file is for."""
    python = lock["info"]["python"]
    return {
        **{"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix"},
        **{"implementation_name": "cpython", "platform_python_implementation": "CPython"},
        **{"platform_machine": "wasm32", "platform_version": "", "platform_release": ""},
        **{"python_full_version": python, "implementation_version": python, "extra": ""},
        "python_version": python.rpartition(".")[0],
    }


def pins(text: str) -> dict:
    """Read the version of each package from a file of requirements; of several the newest."""
    found = re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


def wanted(requirements: list[str], where: dict) -> dict:
    """Choose by name the requirements that hold in an environment."""
    needs = [Requirement(one) for one in requirements]
    held = [need for need in needs if not need.marker or need.marker.evaluate(where)]
    return {canonicalize_name(need.name): need for need in held}


def misfits(needs: dict, lock: dict, known: dict) -> list[str]:
    """Say of each requirement that the site would not meet what it would have instead."""
    found = []
    for name, need in needs.items():
        has = lock["packages"].get(name, {}).get("version") or known.get(name)
        if not has or not need.specifier.contains(has, prereleases=True):
            found.append(f"{need} is needed, the site would have {has or 'none'}")
    return found


def pure(package: dict) -> bool:
    """Tell whether a package of a lock file needs no compiler."""
    return package["file_name"].endswith("-none-any.whl")


def requirements(wheel: Path) -> list[str]:
    """Read what a wheel needs."""
    with zipfile.ZipFile(wheel) as file:
        name = next(name for name in file.namelist() if fnmatch(name, "*.dist-info/METADATA"))
        return HeaderParser().parsestr(file.read(name).decode()).get_all("Requires-Dist", [])


def modules(wheel: Path) -> list[str]:
    """List the modules that a wheel brings."""
    with zipfile.ZipFile(wheel) as file:
        tops = {name.partition("/")[0] for name in file.namelist() if name.endswith(".py")}
    return sorted(top.removesuffix(".py") for top in tops if not top.endswith(".data"))


def digest(wheel: Path) -> str:
    """Sum up a wheel as a lock file does."""
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def entry(wheel: Path, where: dict) -> dict:
    """Describe a wheel as a lock file does."""
    name, version, *_ = parse_wheel_filename(wheel.name)
    return {
        **{"name": name, "version": str(version), "file_name": wheel.name},
        **{"install_dir": "site", "package_type": "package", "unvendored_tests": False},
        **{"imports": modules(wheel), "depends": sorted(wanted(requirements(wheel), where))},
        "sha256": digest(wheel),
    }


def fetch(pinned: list[str], to: Path, python: str) -> None:
    """Download wheels of pure Python from the package index."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(to)]
    target = ["--only-binary=:all:", "--python-version", python, "--platform=any", "--abi=none"]
    if pinned:
        subprocess.run([*command, *target, *sorted(pinned)], check=True)


def collect(lock: dict, known: dict, own: list[Path], to: Path) -> None:
    """Enter into a lock file what wheels of one's own need, and lay into a folder what is pure.

    Parameters
    ----------
    lock : dict
        Pyodide's lock file; it is changed.
    known : dict of str to str
        The version to take of each package that Pyodide does not have.
    own : list of pathlib.Path
        The wheels of the course and of the kernel.
    to : pathlib.Path
        The folder.
    """
    where, packages, wrong = surroundings(lock), lock["packages"], []
    mine = {parse_wheel_filename(wheel.name)[0]: wheel for wheel in own}
    packages |= {name: entry(wheel, where) for name, wheel in mine.items()}
    for wheel in own:
        shutil.copy(wheel, to)
    seen, todo = set(), ASKED | set(mine)
    while todo := todo - seen:
        seen |= todo
        versions = {name: packages.get(name, {}).get("version") or known[name] for name in todo}
        others = todo - set(mine)
        laid = {name for name in others if name not in packages or pure(packages[name])}
        fetch([f"{name}=={versions[name]}" for name in laid], to, where["python_version"])
        here = {parse_wheel_filename(wheel.name)[0]: wheel for wheel in to.glob("*.whl")}
        for name in laid:
            # What Pyodide says of its own packages is right for Pyodide.
            told = packages.get(name) or entry(here[name], where)
            packages[name] = {**told, "file_name": here[name].name, "sha256": digest(here[name])}
        for name in todo & set(here):
            wrong += misfits(wanted(requirements(here[name]), where), lock, known)
        if wrong:
            raise SystemExit("\n".join(wrong))
        todo = {canonicalize_name(need) for name in todo for need in packages[name]["depends"]}


def outside(lock: dict, address: str) -> None:
    """Give packages that are not laid on the site the address where Pyodide has them."""
    for package in lock["packages"].values():
        if not (MADE / "static" / "pyodide" / package["file_name"]).is_file():
            package["file_name"] = f"{address}/{package['file_name']}"


def trusted(notebook: Path) -> bytes:
    """Mark the cells of a notebook as trusted: it comes from the site's own address.

    JupyterLab would ask before it starts the page, for there is no server that could sign it.
    """
    read = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in read["cells"]:
        if cell["cell_type"] == "code":
            cell["metadata"]["trusted"] = True
    return json.dumps(read, ensure_ascii=False, indent=1).encode()


def dress(site: Path) -> None:
    """Give the site the style of the course's pages, as `coursekit lab` gives it to JupyterLab."""
    shutil.copy(ROOT / "coursekit" / "widgets" / "page" / "custom.css", site / "course.css")
    page = site / "lab" / "index.html"
    text = page.read_text(encoding="utf-8")
    link = '<link rel="stylesheet" href="../course.css"></head>'
    page.write_text(text.replace("</head>", link, 1), encoding="utf-8")


def main() -> None:
    """Build the site into ``lite/_build/site``."""
    from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL, PYODIDE_VERSION

    has = json.loads((CORE / "package.json").read_text(encoding="utf-8"))["version"]
    if has != PYODIDE_VERSION:
        raise SystemExit(f"The kernel is made for Pyodide {PYODIDE_VERSION}; npm brought {has}.")
    # Also what it remembers of the last time: it would leave out a step whose result is gone.
    shutil.rmtree(MADE, ignore_errors=True)
    place = MADE / "static" / "pyodide"
    shutil.copytree(CORE, place, ignore=shutil.ignore_patterns("*.map", "*.ts", "*.html", "*.md"))
    for folder, pattern in FILES.items():
        for path in (ROOT / folder).glob(pattern):
            if path.is_file():
                to = MADE / "files" / path.relative_to(ROOT)
                to.parent.mkdir(parents=True, exist_ok=True)
                to.write_bytes(trusted(path) if path.suffix == ".ipynb" else path.read_bytes())
    settings = ROOT / "coursekit" / "jupyterlab" / "labconfig" / "default_setting_overrides.json"
    shutil.copy(settings, MADE / "overrides.json")
    for name in ("jupyter-lite.json", "jupyter_lite_config.json"):
        shutil.copy(HERE / name, MADE)
    lock = json.loads((place / LOCK).read_text(encoding="utf-8"))
    known = pins((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    kernel = (Path(sys.prefix) / KERNEL / "static" / "pypi").glob("*.whl")
    # Of the two for the front end of widgets, the one for version 7 is not wanted.
    own = [wheel for wheel in kernel if not wheel.name.startswith("widgetsnbextension-3")]
    collect(lock, known, [*own, *(BUILD / "dist").glob("*.whl")], place)
    outside(lock, PYODIDE_CDN_URL)
    (place / LOCK).write_text(json.dumps(lock), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "jupyter", "lite", "build"], cwd=MADE, check=True)
    dress(MADE / "site")
    shutil.rmtree(BUILD / "site", ignore_errors=True)
    (MADE / "site").rename(BUILD / "site")


if __name__ == "__main__":
    main()
