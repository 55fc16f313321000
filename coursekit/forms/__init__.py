"""Forms without widgets: what is asked, kept and printed."""
