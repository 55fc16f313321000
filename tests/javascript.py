"""Run functions of the course's JavaScript as they stand, in the browser's own engine.

Playwright brings a Node for it.
"""

import base64
import json
import os
import subprocess
from pathlib import Path

import playwright

NODE = Path(playwright.__file__).parent / "driver" / ("node.exe" if os.name == "nt" else "node")
SERVE = """
const module = import("data:text/javascript;base64," + process.argv[1]);
require("node:readline").createInterface({ input: process.stdin }).on("line", async (line) => {
  const [name, given, each] = JSON.parse(line);
  const call = (await module)[name];
  console.log(JSON.stringify(each ? each.map((one) => call(...given, one)) : call(...given)));
});
"""


class Module:
    """A file of JavaScript whose exported functions can be called."""

    def __init__(self, path):
        code = base64.b64encode(Path(path).read_bytes()).decode("ascii")
        self.process = subprocess.Popen(
            [NODE, "-e", SERVE, code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def call(self, name, *given, each=None):
        """Call a function, with what JSON can carry; with `each` once for every last argument."""
        self.process.stdin.write(json.dumps([name, given, each]) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, f"{name} failed in JavaScript; the error stands above."
        return json.loads(answer)

    def close(self):
        """End the process."""
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


class Painter:
    """The rules of a live figure, followed by the browser's own code."""

    def __init__(self, module):
        self.module = module

    def looks(self, live):
        """Give by artist the look that the controls call for, and whether it is marked."""
        found = self.module.call("chosen", live.rules, live.positions())
        return {
            artist: (rule["look"], rule.get("changed", False)) for artist, rule in found.items()
        }

    def numbers(self, live, values=None):
        """Give the numbers that the browser works out by itself, by name."""
        return self.module.call("numbersOf", live.numbers, live.rules, values or live.positions())
