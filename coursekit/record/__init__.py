"""The learner's record: what a student answered, predicted, rated, noted and checked."""

from coursekit.record.dataframe import to_frame
from coursekit.record.evidence import examine, examine_statements, in_words
from coursekit.record.export import export_record, import_record, read_export
from coursekit.record.store import Record, record
from coursekit.record.xapi import VERBS, activity_of, verb_of

__all__ = ["VERBS", "Record", "activity_of", "examine", "examine_statements", "export_record"]
__all__ += ["import_record", "in_words", "read_export", "record", "to_frame", "verb_of"]
