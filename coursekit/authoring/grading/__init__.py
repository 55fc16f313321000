"""Grade submissions side by side, each shut in by itself; nbgrader keeps the grades."""
