"""The instructor's side: exercise sets, their release, and grading with nbgrader."""
