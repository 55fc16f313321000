"""Run functions of the course's JavaScript as they stand, in the Node that Playwright brings."""

import base64
import json
import os
import subprocess
from pathlib import Path

import playwright

from coursekit.widgets.live_figure import position

NODE = Path(playwright.__file__).parent / "driver" / ("node.exe" if os.name == "nt" else "node")
SERVE = """
const module = import("data:text/javascript;base64," + process.argv[1]);
require("node:readline").createInterface({ input: process.stdin }).on("line", async (line) => {
  const [name, given] = JSON.parse(line);
  console.log(JSON.stringify((await module)[name](...given)));
});
"""


class Module:
    """A file of JavaScript whose exported functions can be called."""

    def __init__(self, path):
        code = base64.b64encode(Path(path).read_bytes()).decode("ascii")
        self.process = subprocess.Popen(
            [NODE, "-e", SERVE, code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def call(self, name, *given):
        """Call a function, with what JSON can carry there and back."""
        self.process.stdin.write(json.dumps([name, given]) + "\n")
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
        state = {
            name: position(control)
            for name, control in live.inputs.items()
            if name not in live.presets
        }
        found = self.module.call("chosen", live.rules, state)
        return {
            artist: (rule["look"], rule.get("changed", False)) for artist, rule in found.items()
        }
