"""What the labs say of their models: worked examples, readouts, settings."""
