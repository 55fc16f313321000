"""Ports and answers of servers that tests start."""

import random
import socket
import time
import urllib.request

# Below those that a system hands out by itself: a kernel of another test could take one of these
# between the moment it is found free and the moment the server listens.
PORTS = range(20_000, 32_000)


def free_port():
    """Find a port that nobody listens on."""
    while True:
        port = random.SystemRandom().choice(PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


def answer(address, process, seconds=180):
    """Read an address as soon as the server answers; give up when its process has ended."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as reply:
                return reply.read()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.2)
