"""Ports on this machine."""

import socket

FIRST, LAST = 8888, 8907


def in_use(port: int) -> bool:
    """Whether a program on this machine listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free() -> int | None:
    """Find the first port that JupyterLab can have."""
    return next((port for port in range(FIRST, LAST + 1) if not in_use(port)), None)
