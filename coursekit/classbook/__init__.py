"""What a class has learnt, read from its exported records; and a made-up class to try it on."""
