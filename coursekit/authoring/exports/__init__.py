"""Question banks for learning platforms: Moodle XML and IMS QTI 2.1."""

from coursekit.authoring.exports.moodle import to_moodle_xml
from coursekit.authoring.exports.qti import to_qti

__all__ = ["to_moodle_xml", "to_qti"]
