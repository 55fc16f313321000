"""IMS QTI 2.1 packages, as many learning platforms import them."""

import io
import zipfile

from coursekit.authoring.exports.common import fill

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
    files = {"imsmanifest.xml": fill("manifest", bank=bank), "test.xml": fill("test", bank=bank)}
    for question in bank.questions:
        right, points = _key(question)
        files[f"{question.id}.xml"] = fill("item", question=question, right=right, points=points)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(zipfile.ZipInfo(name, _NO_DATE), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _key(question):
    """Give what is right, and the points for each part of a response where they add up."""
    match question.type:
        case "numeric":
            return [question.answer], {}
        case "order":
            return question.order, {}
        case "match":
            pairs = [f"{pair.key} {pair.match}" for pair in question.pairs]
            return pairs, dict.fromkeys(pairs, 1 / len(pairs))
        case "short":
            return [], {}
    rights = [option.key for option in question.options if option.right]
    wrongs = [option.key for option in question.options if not option.right]
    costs = -1 / len(wrongs) if question.type == "multiple" else 0
    points = dict.fromkeys(rights, 1 / len(rights)) | dict.fromkeys(wrongs, costs)
    return rights, {key: value for key, value in points.items() if value}
