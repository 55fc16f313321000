"""How the course comes to whoever uses it: a copy to work in, and updates that lose nothing."""
