"""A slow laptop's browser, without taking the time from others.

Chromium's own throttle lets the page spin for the time that it may not use, so that a page which is
six times slower costs six times as much of the machine. Here its processes are stopped for that
time instead, so that others may work.
"""

import signal
import threading
from contextlib import suppress

import psutil

PERIOD = 0.03


class SlowLaptop:
    """Stops what draws the pages of a browser for all but a part of the time.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        Which runs on this machine.
    times : float
        How many times slower it is to be.
    """

    def __init__(self, browser, times):
        found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
        self.processes = [
            psutil.Process(one["id"]) for one in found["processInfo"] if one["type"] == "renderer"
        ]
        assert self.processes, "The browser has no process that draws a page."
        self.runs, self.rests = PERIOD / times, PERIOD - PERIOD / times
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._stop_and_go, daemon=True)

    def _tell(self, sign):
        for process in self.processes:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(sign)

    def _stop_and_go(self):
        while not self.over.wait(self.runs):
            self._tell(signal.SIGSTOP)
            self.over.wait(self.rests)
            self._tell(signal.SIGCONT)

    def __enter__(self):
        self.thread.start()

    def __exit__(self, *problem):
        self.over.set()
        self.thread.join()
