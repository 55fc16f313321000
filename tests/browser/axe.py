"""axe-core, the accessibility checker: fetched by npm, of one version, run in the page."""

import base64
import hashlib
import subprocess
import tarfile

from programs import npm

VERSION = "4.14.1"
# SHA-512, as the registry states it for this version; another file is not run.
INTEGRITY = (
    "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
)
GRAVE = {"serious", "critical"}
COLOURS = ["color-contrast", "link-in-text-block"]


def source(folder):
    """Fetch the checker into a folder and read it."""
    command = [npm("check accessibility"), "pack", f"axe-core@{VERSION}", "--silent"]
    command += [f"--pack-destination={folder}"]
    subprocess.run(command, check=True, cwd=folder, timeout=120, capture_output=True)
    archive = folder / f"axe-core-{VERSION}.tgz"
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    assert digest == INTEGRITY
    with tarfile.open(archive) as opened:
        return opened.extractfile("package/axe.min.js").read().decode("utf-8")


def grave_violations(parts, checker, theme="Light"):
    """Check all elements of a locator, and list what is serious or critical."""
    found = _checked(parts, checker, theme)
    assert any(one["read"] for one in found), "axe-core has not looked at any text"
    return [violation for one in found for violation in one["violations"]]


def of_each(parts, checker, theme="Light"):
    """Check all elements of a locator, each of which has text, and list the same for each.

    At each run axe-core measures all that the page has, which takes most of the time.
    """
    found = _checked(parts, checker, theme)
    assert all(one["read"] for one in found), "axe-core has not looked at the text of each"
    return [one["violations"] for one in found]


def _checked(parts, checker, theme):
    # Of all rules in the light theme; in the dark one, which changes nothing but colours, of those
    # that look at colours.
    page = parts.page
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(checker + "\n;null")
    each = parts.evaluate_all(
        """async (include, rules) => {
            // JupyterLab's body hides what overflows and has no height, since all in it is placed
            // by itself: axe-core would take every text for clipped and check the contrast of none.
            const before = document.body.style.height;
            document.body.style.height = '100vh';
            const options = { elementRef: true };
            if (rules) options.runOnly = rules;
            const found = await window.axe.run({ include }, options);
            document.body.style.height = before;
            const { violations, passes, incomplete } = found;
            const looked = [...violations, ...passes, ...incomplete]
                .filter(({ id }) => id === 'color-contrast').flatMap(({ nodes }) => nodes);
            return include.map(part => ({
                read: looked.some(({ element }) => part.contains(element)),
                violations: violations.map(({ id, impact, help, nodes }) => ({ id, impact, help,
                    nodes: nodes.filter(({ element }) => part.contains(element))
                        .map((n) => `${n.html.slice(0, 160)} ${n.any[0]?.message ?? ''}`),
                })).filter(({ nodes }) => nodes.length),
            }));
        }""",
        None if theme == "Light" else COLOURS,
    )
    for found in each:
        found["violations"] = [one for one in found["violations"] if one["impact"] in GRAVE]
    return each
