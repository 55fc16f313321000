"""Other browsers than Chromium, by the protocols that they bring: nothing else is installed.

Firefox listens to WebDriver BiDi by itself; WebKit has a driver that speaks plain WebDriver. Both
take the same lists of actions, so keys and clicks are real ones.
"""

import base64
import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from io import BytesIO
from pathlib import Path

import websocket
from jupyterlab import PATIENCE
from PIL import ImageGrab
from playwright.sync_api import Error
from serving import answer, free_port

SIZE = {"width": 1300, "height": 1000}
KEYS = {
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "End": "\ue010",
    "Home": "\ue011",
    "ArrowLeft": "\ue012",
}
# What a Debian package brings without putting it on the PATH.
MINI_BROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"


def wait(what, holds):
    """Wait until a function gives something true, give it, or say what was waited for.

    What it stumbles over may not be there yet, or be drawn anew: only what stays is told.
    """
    end, trouble = time.monotonic() + PATIENCE / 1000, ""
    while True:
        try:
            if found := holds():
                return found
            trouble = ""
        except (AssertionError, Error) as problem:
            trouble = f" ({problem})"
        assert time.monotonic() < end, f"Waited {PATIENCE // 1000} s in vain: {what}{trouble}"
        time.sleep(0.05)


class Page:
    """What a test does in any browser."""

    def goto(self, address):
        """Open an address."""
        raise NotImplementedError

    def run(self, function, *given):
        """Call a function of JavaScript, async or not, and give its result by way of JSON."""
        raise NotImplementedError

    def act(self, sources):
        """Perform actions of keys and pointer."""
        raise NotImplementedError

    def picture(self):
        """Take a screenshot, as the bytes of a PNG."""
        raise NotImplementedError

    def until(self, what, function, *given):
        """Wait until a function in the page gives something true, and give it."""
        return wait(what, lambda: self.run(function, *given))

    def click(self, function, *given):
        """Click into the middle of the element that a function gives, once it is there.

        A page that is still being drawn may move between the look and the click: what was not hit
        is looked for and clicked again.
        """
        wait(f"a click that hits: {function} {given}", lambda: self._click(function, *given))

    def _click(self, function, *given):
        place = self.until(
            f"an element at a place that stays: {function} {given}",
            f"""async (...given) => {{
                const found = ({function})(...given);
                if (!found) return false;
                found.scrollIntoView({{ block: "center" }});
                const frame = () => new Promise(next => setTimeout(next, 30));
                await frame();
                const [a, _, b] = [found.getBoundingClientRect(), await frame(),
                    found.getBoundingClientRect()];
                if (a.x !== b.x || a.y !== b.y || !a.width) return false;
                const place = [a.x + a.width / 2, a.y + a.height / 2].map(Math.round);
                const met = document.elementFromPoint(...place);
                if (!found.contains(met)) return false;
                window.hit = false;
                window.addEventListener("pointerdown", ({{ target }}) => {{
                    window.hit = found.contains(target);
                }}, {{ capture: true, once: true }});
                return place;
            }}""",
            *given,
        )
        pointer = [
            {"type": "pointerMove", "x": place[0], "y": place[1], "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"pointerType": "mouse"}
        self.act([{"type": "pointer", "id": "mouse", "parameters": mouse, "actions": pointer}])
        return self.run("() => window.hit")

    def press(self, *keys):
        """Press keys together, such as ``press("Shift", "Enter")``."""
        down = [{"type": "keyDown", "value": KEYS.get(key, key)} for key in keys]
        up = [{"type": "keyUp", "value": KEYS.get(key, key)} for key in reversed(keys)]
        self.act([{"type": "key", "id": "keys", "actions": [*down, *up]}])

    def type(self, text):
        """Press the keys of a text one after the other."""
        strokes = [{"type": kind, "value": c} for c in text for kind in ("keyDown", "keyUp")]
        self.act([{"type": "key", "id": "keys", "actions": strokes}])


class Firefox(Page):
    """Firefox, which listens to WebDriver BiDi."""

    def __init__(self, program):
        self.folder = tempfile.mkdtemp(prefix="firefox-")
        port = free_port()
        command = [program, "--headless", "--no-remote", f"--remote-debugging-port={port}"]
        command += ["--profile", self.folder, "about:blank"]
        self.process = subprocess.Popen(
            command,
            env={**os.environ, "HOME": self.folder},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.numbers = itertools.count()
        end = time.monotonic() + PATIENCE / 1000
        while True:
            try:
                address = f"ws://127.0.0.1:{port}/session"
                self.wire = websocket.create_connection(
                    address, timeout=PATIENCE / 1000, suppress_origin=True
                )
                break
            except (OSError, websocket.WebSocketException):
                assert self.process.poll() is None and time.monotonic() < end, "No Firefox answers."
                time.sleep(0.2)
        self.tell("session.new", capabilities={})
        self.tab = self.tell("browsingContext.create", type="tab")["context"]
        self.tell("browsingContext.setViewport", context=self.tab, viewport=SIZE)

    def tell(self, method, **params):
        """Send a command, and give the answer to it."""
        number = next(self.numbers)
        self.wire.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            said = json.loads(self.wire.recv())
            if said.get("id") == number:
                assert said["type"] == "success", said
                return said["result"]

    def goto(self, address):
        """Open an address."""
        self.tell("browsingContext.navigate", context=self.tab, url=address, wait="interactive")

    def run(self, function, *given):
        """Call a function of JavaScript."""
        call = f"async () => JSON.stringify(await ({function})(...{json.dumps(given)}) ?? null)"
        done = self.tell(
            "script.callFunction",
            functionDeclaration=call,
            target={"context": self.tab},
            awaitPromise=True,
        )
        assert done["type"] == "success", done["exceptionDetails"]["text"]
        return json.loads(done["result"]["value"])

    def act(self, sources):
        """Perform actions of keys and pointer."""
        self.tell("input.performActions", context=self.tab, actions=sources)

    def picture(self):
        """Take a screenshot."""
        return base64.b64decode(
            self.tell("browsingContext.captureScreenshot", context=self.tab)["data"]
        )

    def close(self):
        """End the browser."""
        self.wire.close()
        self.process.terminate()
        self.process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)


class WebKit(Page):
    """WebKitGTK's small browser, by its driver, on a screen that nobody sees."""

    def __init__(self, program):
        read, write = os.pipe()
        size = f"{SIZE['width']}x1200x24"
        screen = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.processes = [subprocess.Popen(screen, pass_fds=[write], **quiet)]
        os.close(write)
        with os.fdopen(read) as told:
            self.display = f":{told.readline().strip()}"
        port = free_port()
        environment = {
            **os.environ,
            "DISPLAY": self.display,
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
        }
        self.processes.append(
            subprocess.Popen([program, f"--port={port}"], env=environment, **quiet)
        )
        self.address = f"http://127.0.0.1:{port}"
        answer(f"{self.address}/status", self.processes[-1])
        small = str(next(Path("/").glob(MINI_BROWSERS[1:])))
        options = {"binary": small, "args": ["--automation"]}
        wanted = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}
        started = self.tell("/session", capabilities={"alwaysMatch": wanted})
        self.address += f"/session/{started['sessionId']}"
        self.tell("/timeouts", script=PATIENCE)
        self.tell("/window/rect", x=0, y=0, **SIZE)

    def tell(self, path, **given):
        """Send a command, and give the answer to it."""
        asked = urllib.request.Request(
            self.address + path,
            data=json.dumps(given).encode() if given is not None else None,
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE / 1000) as reply:
                return json.load(reply)["value"]
        except urllib.error.HTTPError as problem:
            raise AssertionError(problem.read().decode()) from None

    def goto(self, address):
        """Open an address."""
        self.tell("/url", url=address)

    def run(self, function, *given):
        """Call a function of JavaScript."""
        script = f"""const done = arguments[arguments.length - 1];
            (async () => ({function})(...{json.dumps(given)}))().then(
                found => done(JSON.stringify(found ?? null)),
                problem => done(JSON.stringify({{ problem: String(problem) }})));"""
        found = json.loads(self.tell("/execute/async", script=script, args=[]))
        assert not (isinstance(found, dict) and "problem" in found), found
        return found

    def act(self, sources):
        """Perform actions of keys and pointer."""
        self.tell("/actions", actions=sources)

    def picture(self):
        """Take a picture of the screen: the driver's own waits for ever on one like this."""
        taken = BytesIO()
        ImageGrab.grab(xdisplay=self.display).save(taken, "PNG")
        return taken.getvalue()

    def close(self):
        """End the browser and its screen."""
        asked = urllib.request.Request(self.address, method="DELETE")
        try:
            urllib.request.urlopen(asked, timeout=20).close()
        finally:
            for process in reversed(self.processes):
                process.terminate()
                process.wait(timeout=20)


class Chromium(Page):
    """The browser of the other tests."""

    def __init__(self, browser):
        self.context = browser.new_context(viewport=SIZE)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)

    def goto(self, address):
        """Open an address."""
        self.page.goto(address, wait_until="domcontentloaded")

    def run(self, function, *given):
        """Call a function of JavaScript."""
        return self.page.evaluate(f"(given) => ({function})(...given)", list(given))

    def act(self, sources):
        """Perform actions of keys and pointer."""
        names = {value: name for name, value in KEYS.items()}
        for action in sources[0]["actions"]:
            match action["type"]:
                case "pointerMove":
                    self.page.mouse.move(action["x"], action["y"])
                case "pointerDown":
                    self.page.mouse.down()
                case "pointerUp":
                    self.page.mouse.up()
                case "keyDown":
                    self.page.keyboard.down(names.get(action["value"], action["value"]))
                case "keyUp":
                    self.page.keyboard.up(names.get(action["value"], action["value"]))

    def picture(self):
        """Take a screenshot."""
        return self.page.screenshot()

    def close(self):
        """Close the page."""
        self.context.close()
