"""A kernel with the course stays about as small as one without."""

import psutil
import pytest
from jupyter_client.manager import start_new_kernel

pytestmark = pytest.mark.slow

USED = """
import coursekit as ck
explorer = ck.enlargement_explorer()
explorer._repr_mimebundle_()
for _ in range(20):
    for chip in explorer.rounds.values():
        chip.value = not chip.value
    for year in range(1949, 2026, 7):
        explorer.year.value = year
explorer._repr_mimebundle_()
"""


def resident(code):
    """Memory of a kernel after it has run some code, in bytes."""
    manager, client = start_new_kernel()
    try:
        reply = client.execute_interactive(code, timeout=120, output_hook=lambda message: None)
        assert reply["content"]["status"] == "ok"
        return psutil.Process(manager.provisioner.process.pid).memory_info().rss
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_using_the_explorer_needs_at_most_a_quarter_more_memory(monkeypatch):
    # A kernel that is forked shares its memory with the process it comes from.
    monkeypatch.delenv("JUPYTER_PATH", raising=False)
    plain = resident("import pandas, matplotlib.pyplot, ipywidgets")
    used = resident(USED)
    assert used <= 1.25 * plain, f"{used / 1e6:.0f} MB against {plain / 1e6:.0f} MB"
