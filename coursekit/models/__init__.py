"""Models of the security dilemma: pure functions on numbers and arrays."""
