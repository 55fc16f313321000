"""All that knows this essay: NATO's enlargement, what was said about it, its maps and labs."""

from coursekit.on_demand import on_demand

__getattr__ = on_demand(__name__)
