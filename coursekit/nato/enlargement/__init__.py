"""NATO's rounds of enlargement: who was in, who was not, and what follows from membership."""

from coursekit.nato.enlargement.measures import Measures, measure
from coursekit.nato.enlargement.presets import preset, presets
from coursekit.nato.enlargement.scenario import (
    FIRST_DAY,
    LAST_DAY,
    ROUNDS,
    Round,
    Scenario,
    status_by_year,
    status_spells,
)

__all__ = ["FIRST_DAY", "LAST_DAY", "ROUNDS", "Measures", "Round", "Scenario", "measure"]
__all__ += ["preset", "presets", "status_by_year", "status_spells"]
