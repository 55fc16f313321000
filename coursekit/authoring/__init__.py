"""What makes, runs, stores and releases the course: the author's wing."""
