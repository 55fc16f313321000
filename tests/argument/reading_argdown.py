"""How the tests read the Argdown that the course writes."""

import re

import yaml

STATEMENT = re.compile(r"^\[([^\]]+)\](?:: (.*?))? \{\n(.*?)^\}$", re.MULTILINE | re.DOTALL)


def statements(text):
    """Text and metadata of each statement, by its title."""
    return {
        id: (re.sub(r"\\(.)", r"\1", said), yaml.safe_load(data))
        for id, said, data in STATEMENT.findall(text)
    }
