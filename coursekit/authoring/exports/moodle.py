"""Moodle XML, as Moodle's question bank imports it."""

from coursekit.authoring.exports.common import fill


def to_moodle_xml(bank):
    """Write a bank as Moodle XML.

    The points follow the same rules as `score`, except that a short answer is left to the
    instructor, who sees the model answer. Questions of type ``order`` need Moodle 4.4, or the
    plugin ``qtype_ordering`` before. All texts are marked as plain text, so Moodle shows markup
    as it stands. Reasons that Moodle has no place for go into the general feedback.

    Parameters
    ----------
    bank : Bank
        The questions.

    Returns
    -------
    str
        A file to be saved in UTF-8.

    Examples
    --------
    >>> from coursekit.quiz import bank
    >>> to_moodle_xml(bank("02"))[:38]
    "<?xml version='1.0' encoding='utf-8'?>"
    """
    return fill("moodle", bank=bank, lines=_lines)


def _lines(question):
    """List the lines to be matched; a choice that fits none is an answer without a question."""
    options = {option.key: option.text for option in question.options}
    used = {pair.match for pair in question.pairs}
    lines = [(pair.text, options[pair.match]) for pair in question.pairs]
    return lines + [("", text) for key, text in options.items() if key not in used]
