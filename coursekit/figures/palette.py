"""Colours and hatching. Colour never carries meaning alone, and no two sides are red and blue."""

PAPER = "#f3f7fa"
INK = "#1c2733"
OUTLINE = "#ffffff"
LAND = "#eeeeea"

# Face, hatching and colour of the hatching, by status.
STATUS = {
    "member": ("#00695c", "", "#00695c"),
    "promised": ("#f2b233", "////", "#6b4700"),
    "partner": ("#eadf9f", "", "#8a7f45"),
    "neutral": ("#a9cfe6", "---", "#2f5d7c"),
    "csto": ("#a67bb0", "\\\\\\\\", "#4b2757"),
    "warsaw_pact": ("#a67bb0", "xxxx", "#4b2757"),
    "other": ("#adada9", "", "#77776f"),
}

# The same, by where a state is a member in a comparison of two scenarios.
DIFFERENCE = {
    "both": ("#00695c", "", "#00695c"),
    "only_first": ("#f2b233", "////", "#6b4700"),
    "only_second": ("#a67bb0", "\\\\\\\\", "#4b2757"),
    "neither": ("#dcdcd8", "", "#77776f"),
}

# Face and marker by category of event.
CATEGORY = {
    "enlargement": ("#00695c", "o"),
    "institution": ("#2f5d7c", "s"),
    "statement": ("#8a5a00", "^"),
    "arms-control": ("#5d8c2a", "D"),
    "crisis": ("#7d4f8a", "P"),
    "war": ("#1c2733", "X"),
}
