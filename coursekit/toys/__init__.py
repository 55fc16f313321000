"""Games that a student plays before a theory is named: pure rules, one module each."""
