"""Games that need the tables or figures of this course: pure rules, one module each."""
