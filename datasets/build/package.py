"""Bring ``datapackage.json`` and the codebook up to date with the tables.

Run it with ``make data`` after a table has changed: it writes each file's size and checksum into
the data package and generates ``datasets/README.md`` from it. With ``COURSEKIT_CONTENT`` set it
does so for another course.
"""

import json

from coursekit.checksums import checksum
from coursekit.content import folder
from coursekit.escaping import markdown

DATASETS = folder("datasets")


def refresh(package):
    """Write the size and the checksum of each file into the package."""
    for resource in package["resources"]:
        path = DATASETS / resource["path"]
        resource["bytes"] = path.stat().st_size
        resource["hash"] = checksum(path)
    return package


def codebook(package):
    """Write the codebook as Markdown."""
    lines = [
        f"# {package['title']}",
        "",
        "This page is made from `datapackage.json` by `make data`. Load a table with "
        '`coursekit.data.load("members")`. An empty cell means that the figure is not known or '
        "does not exist. Nothing is interpolated.",
        "",
        "| table | what it holds | version |",
        "|---|---|---|",
    ]
    for resource in package["resources"]:
        name = resource["name"]
        lines.append(f"| [{name}](#{name}) | {resource['description']} | {resource['version']} |")
    for resource in package["resources"]:
        lines += ["", f"## {resource['name']}", "", f"**{resource['title']}.**"]
        lines[-1] += f" {resource['description']}"
        fields = resource.get("schema", {}).get("fields", [])
        if fields:
            lines += ["", "| column | type | unit | meaning |", "|---|---|---|---|"]
        lines += [
            f"| `{f['name']}` | {f['type']} | {f.get('unit', '')} | {f['description']} |"
            for f in fields
        ]
        lines += ["", "*Caveats*", "", *[f"- {caveat}" for caveat in resource["caveats"]]]
        lines += ["", "*Sources*", ""]
        lines += [f"- {markdown(s['title'])} <{s['path']}>" for s in resource["sources"]]
        licences = "; ".join(f"[{item['title']}]({item['path']})" for item in resource["licenses"])
        lines += ["", f"*Licence:* {licences}"]
    return "\n".join(lines) + "\n"


def main():
    """Update both files."""
    path = DATASETS / "datapackage.json"
    package = refresh(json.loads(path.read_text(encoding="utf-8")))
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    (DATASETS / "README.md").write_text(codebook(package), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
