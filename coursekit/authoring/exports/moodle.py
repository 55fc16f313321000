"""Moodle XML, as Moodle's question bank imports it."""

import xml.etree.ElementTree as ET

from coursekit.authoring.exports.common import add, general_feedback, in_order, written


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
    root = ET.Element("quiz")
    category = add(add(root, "question", type="category"), "category")
    # A single slash would open a category inside a category.
    title = f"{bank.notebook} {bank.title}".replace("/", "//")
    add(category, "text", f"$course$/top/{title}")
    for question in bank.questions:
        kind, write = _TYPES[question.type]
        node = add(root, "question", type=kind)
        add(add(node, "name"), "text", f"{question.id} {question.objective}")
        unit = f"\n\nUnit: {question.unit}" if question.unit else ""
        _add_text(node, "questiontext", question.stem + unit)
        _add_text(node, "generalfeedback", "\n\n".join(general_feedback(question)))
        settings = {"defaultgrade": 1, "penalty": 0, "hidden": 0, "idnumber": question.id}
        _settings(node, **settings)
        write(node, question)
    return written(root).decode("utf-8")


def _add_text(parent, tag, text, **attributes):
    node = add(parent, tag, format="plain_text", **attributes)
    add(node, "text", text)
    return node


def _settings(node, **values):
    for name, value in values.items():
        add(node, name, value)


def _choice(node, question):
    rights = sum(option.right for option in question.options)
    wrongs = len(question.options) - rights
    several = question.type == "multiple"
    _settings(node, single=not several, shuffleanswers=True, answernumbering="none")
    for option in question.options:
        fraction = 100 / rights if option.right else (-100 / wrongs if several else 0)
        answer = _add_text(node, "answer", option.text, fraction=fraction)
        _add_text(answer, "feedback", option.why)


def _numerical(node, question):
    answer = add(node, "answer", fraction=100, format="plain_text")
    # In full: seven digits would change a large number.
    add(answer, "text", repr(question.answer))
    add(answer, "tolerance", repr(question.tolerance))
    _add_text(answer, "feedback", question.explanation)


def _ordering(node, question):
    _settings(node, layouttype="VERTICAL", selecttype="ALL", selectcount=0)
    # Counts, for each item, the items that rightly stand before and after it: Kendall's pairs.
    add(node, "gradingtype", "RELATIVE_ALL_PREVIOUS_AND_NEXT")
    _settings(node, showgrading="SHOW", numberingstyle="none")
    for place, option in enumerate(in_order(question), start=1):
        _add_text(node, "answer", option.text, fraction=place)


def _matching(node, question):
    add(node, "shuffleanswers", True)
    options = {option.key: option.text for option in question.options}
    lines = [(pair.text, options[pair.match]) for pair in question.pairs]
    # A choice that fits no line is an answer without a question.
    used = {pair.match for pair in question.pairs}
    lines += [("", text) for key, text in options.items() if key not in used]
    for text, answer in lines:
        add(add(_add_text(node, "subquestion", text), "answer"), "text", answer)


def _essay(node, question):
    _add_text(node, "graderinfo", question.model_answer)
    lines = {"responserequired": 1, "responsefieldlines": 10, "attachments": 0}
    _settings(node, responseformat="plain", **lines)


_TYPES = {
    "single": ("multichoice", _choice),
    "multiple": ("multichoice", _choice),
    "numeric": ("numerical", _numerical),
    "order": ("ordering", _ordering),
    "match": ("matching", _matching),
    "short": ("essay", _essay),
}
