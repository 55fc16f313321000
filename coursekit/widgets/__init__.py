"""Interactive views: thin layers over pure functions."""
