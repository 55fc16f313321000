"""IMS QTI 2.1 packages, as many learning platforms import them."""

import io
import xml.etree.ElementTree as ET
import zipfile

from coursekit.authoring.exports.common import add, general_feedback, written

_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
# Without a date of its own the same bank always gives the same bytes.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def to_qti(bank):
    """Write a bank as a QTI 2.1 package.

    One file a question, a test that lists them in order, and a manifest. The points follow the
    same rules as `score`, with two exceptions: ``order`` earns all or nothing, because QTI 2.1
    cannot count pairs of items, and ``short`` is left to the instructor, who sees the model
    answer.

    Parameters
    ----------
    bank : Bank
        The questions.

    Returns
    -------
    bytes
        A zip file.

    Examples
    --------
    >>> from coursekit.quiz import bank
    >>> zipfile.ZipFile(io.BytesIO(to_qti(bank("02")))).namelist()[:3]
    ['imsmanifest.xml', 'test.xml', '02-q1.xml']
    """
    files = {"imsmanifest.xml": _manifest(bank), "test.xml": _test(bank)}
    files |= {f"{question.id}.xml": _item(question) for question in bank.questions}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, root in files.items():
            package.writestr(zipfile.ZipInfo(name, _NO_DATE), written(root), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _root(tag, namespace, schema, **attributes):
    names = {"xmlns": namespace, "xmlns:xsi": _SCHEMA_INSTANCE}
    names["xsi:schemaLocation"] = f"{namespace} {schema}"
    return ET.Element(tag, names | attributes)


def _identifier(question):
    """Name a question in the package: identifiers may not begin with a digit."""
    return f"q{question.id}"


def _manifest(bank):
    schema = "http://www.imsglobal.org/xsd/imscp_v1p1.xsd"
    root = _root("manifest", _PACKAGE, schema, identifier=f"quiz-{bank.notebook}")
    metadata = add(root, "metadata")
    add(metadata, "schema", "QTIv2.1 Package")
    add(metadata, "schemaversion", "1.0.0")
    add(root, "organizations")
    resources = add(root, "resources")
    test = _resource(resources, "test", "imsqti_test_xmlv2p1", "test.xml")
    for question in bank.questions:
        add(test, "dependency", identifierref=_identifier(question))
        _resource(resources, _identifier(question), "imsqti_item_xmlv2p1", f"{question.id}.xml")
    return root


def _resource(resources, identifier, kind, href):
    resource = add(resources, "resource", identifier=identifier, type=kind, href=href)
    add(resource, "file", href=href)
    return resource


def _qti(tag, **attributes):
    schema = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
    return _root(tag, _QTI, schema, **attributes)


def _test(bank):
    title = f"{bank.notebook} {bank.title}"
    root = _qti("assessmentTest", identifier=f"quiz-{bank.notebook}", title=title)
    mode = {"navigationMode": "nonlinear", "submissionMode": "individual"}
    part = add(root, "testPart", identifier="part", **mode)
    section = add(part, "assessmentSection", identifier="section", title=title, visible=True)
    for question in bank.questions:
        place = {"identifier": _identifier(question), "href": f"{question.id}.xml"}
        add(section, "assessmentItemRef", **place)
    return root


def _item(question):
    about = {"identifier": _identifier(question), "title": f"{question.id} {question.objective}"}
    root = _qti("assessmentItem", **about, adaptive="false", timeDependent="false")
    cardinality, base, declare, body, process = _TYPES[question.type]
    kind = {"cardinality": cardinality, "baseType": base}
    response = add(root, "responseDeclaration", identifier="RESPONSE", **kind)
    declare(response, question)
    _outcome(root, "SCORE", "single", "float", normalMaximum=1)
    _outcome(root, "FEEDBACK", "multiple", "identifier")
    body(add(root, "itemBody"), question)
    processing = add(root, "responseProcessing")
    process(processing, question)
    shown = add(add(processing, "setOutcomeValue", identifier="FEEDBACK"), "multiple")
    add(shown, "baseValue", "all", baseType="identifier")
    if question.type in ("single", "multiple"):
        add(shown, "variable", identifier="RESPONSE")
        for option in question.options:
            _feedback(root, option.key, [option.why])
    if general := general_feedback(question):
        _feedback(root, "all", general)
    return root


def _outcome(root, identifier, cardinality, base, **attributes):
    kind = {"cardinality": cardinality, "baseType": base}
    add(root, "outcomeDeclaration", identifier=identifier, **kind, **attributes)


def _feedback(root, identifier, paragraphs):
    shown = {"outcomeIdentifier": "FEEDBACK", "identifier": identifier, "showHide": "show"}
    node = add(root, "modalFeedback", **shown)
    for text in paragraphs:
        add(node, "p", text)


def _right(response, values):
    correct = add(response, "correctResponse")
    for value in values:
        add(correct, "value", value)


def _points(response, points):
    mapping = add(response, "mapping", lowerBound=0, upperBound=1, defaultValue=0)
    for key, value in points.items():
        # In full: thirds cut to seven digits would not add up to 1.
        add(mapping, "mapEntry", mapKey=key, mappedValue=repr(value))


def _declare_choice(response, question):
    rights = [option.key for option in question.options if option.right]
    wrongs = [option.key for option in question.options if not option.right]
    _right(response, rights)
    points = dict.fromkeys(rights, 1 / len(rights))
    if question.type == "multiple":
        points |= dict.fromkeys(wrongs, -1 / len(wrongs))
    _points(response, points)


def _declare_number(response, question):
    _right(response, [repr(question.answer)])


def _declare_order(response, question):
    _right(response, question.order)


def _declare_match(response, question):
    pairs = [f"{pair.key} {pair.match}" for pair in question.pairs]
    _right(response, pairs)
    _points(response, dict.fromkeys(pairs, 1 / len(pairs)))


def _asked(body, question, kind, **attributes):
    """Ask a question in one of the kinds of interaction."""
    interaction = add(body, kind, responseIdentifier="RESPONSE", **attributes)
    add(interaction, "prompt", question.stem)
    return interaction


def _choices(body, question):
    most = 1 if question.type == "single" else 0
    interaction = _asked(body, question, "choiceInteraction", shuffle=True, maxChoices=most)
    for option in question.options:
        add(interaction, "simpleChoice", option.text, identifier=option.key)


def _field(body, question):
    add(body, "p", question.stem)
    line = add(body, "p")
    field = add(line, "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength=10)
    field.tail = f" {question.unit}"


def _items(body, question):
    interaction = _asked(body, question, "orderInteraction", shuffle=True)
    for option in question.options:
        add(interaction, "simpleChoice", option.text, identifier=option.key)


def _lines(body, question):
    most = len(question.pairs)
    interaction = _asked(body, question, "matchInteraction", shuffle=True, maxAssociations=most)
    # Each line has one partner; 0 lets an option be the partner of any number of lines.
    for parts, most in ((question.pairs, 1), (question.options, 0)):
        side = add(interaction, "simpleMatchSet")
        for part in parts:
            add(side, "simpleAssociableChoice", part.text, identifier=part.key, matchMax=most)


def _essay(body, question):
    rubric = add(body, "rubricBlock", view="scorer")
    add(rubric, "p", question.model_answer)
    _asked(body, question, "extendedTextInteraction", expectedLines=5)


def _mapped(processing, question):
    outcome = add(processing, "setOutcomeValue", identifier="SCORE")
    add(outcome, "mapResponse", identifier="RESPONSE")


def _near(processing, question):
    tolerance, limits = repr(question.tolerance), {"toleranceMode": "exact"}
    if question.tolerance:
        limits = {"toleranceMode": "absolute", "tolerance": f"{tolerance} {tolerance}"}
    _compared(processing, "equal", **limits)


def _same(processing, question):
    _compared(processing, "match")


def _compared(processing, operator, **attributes):
    """Give all points if the response and the right one compare as equal."""
    then = add(add(processing, "responseCondition"), "responseIf")
    comparison = add(then, operator, **attributes)
    add(comparison, "variable", identifier="RESPONSE")
    add(comparison, "correct", identifier="RESPONSE")
    outcome = add(then, "setOutcomeValue", identifier="SCORE")
    add(outcome, "baseValue", 1, baseType="float")


def _nothing(parent, question):
    """Leave a part of the item out."""


# What is stored of a response, how the right one is declared, what is shown, how it is scored.
_TYPES = {
    "single": ("single", "identifier", _declare_choice, _choices, _mapped),
    "multiple": ("multiple", "identifier", _declare_choice, _choices, _mapped),
    "numeric": ("single", "float", _declare_number, _field, _near),
    "order": ("ordered", "identifier", _declare_order, _items, _same),
    "match": ("multiple", "directedPair", _declare_match, _lines, _mapped),
    "short": ("single", "string", _nothing, _essay, _nothing),
}
