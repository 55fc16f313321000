"""Toys that need the tables of this course."""
