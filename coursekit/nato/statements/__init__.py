"""Official statements: quotations, denials, phrases and versions of texts."""
