"""A kernel with the course stays about as small as one without."""

import gc
import weakref

import ipywidgets as widgets
import psutil
import pytest
from jupyter_client.manager import start_new_kernel

import coursekit as ck

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
        reply = client.execute_interactive(code, output_hook=lambda message: None)
        assert reply["content"]["status"] == "ok"
        return psutil.Process(manager.provisioner.process.pid).memory_info().rss
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_using_the_explorer_needs_at_most_a_quarter_more_memory(monkeypatch):
    # A kernel that is forked shares its memory with the process it comes from.
    monkeypatch.delenv("JUPYTER_PATH", raising=False)
    plain = resident("import pandas, matplotlib.pyplot, ipywidgets")
    used = resident(USED)
    assert used <= 1.25 * plain, f"{used / 1e6:.0f} MB against {plain / 1e6:.0f} MB"


@pytest.mark.parametrize(
    "make",
    [
        *(ck.enlargement_explorer, ck.compare, ck.timeline, ck.rate_calculator, ck.progress),
        *(ck.statement_lab, ck.claim_sorter, ck.credences, ck.argument_map, ck.game_lab),
        lambda: ck.argument_map(mode="build"),
        lambda: ck.quiz("02"),
        lambda: ck.predict("02-members"),
        lambda: ck.note("02-note", "What do you make of it?"),
    ],
)
def test_a_closed_widget_is_let_go(make):
    # Whatever holds it would hold its pictures too, each time its cell is run.
    made = make()
    gone = weakref.ref(made)
    widgets.Widget.close_all()
    del made
    gc.collect()
    assert gone() is None
