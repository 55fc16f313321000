"""All that knows this essay: NATO's enlargement, what was said about it, its maps and labs."""
