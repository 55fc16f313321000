"""Toys that play with the tables of the course on NATO: pure rules, one module each."""
