"""Widgets of this course alone."""
