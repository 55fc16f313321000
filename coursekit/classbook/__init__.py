"""What a class has learnt, read from its exported records; and a made-up class to try it on."""

from coursekit.classbook.reading import Class, read_class

__all__ = ["Class", "read_class"]
