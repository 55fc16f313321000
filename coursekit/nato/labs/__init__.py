"""What this course's labs say of its data."""
