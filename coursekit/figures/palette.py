"""Colours and hatching. Colour never carries meaning alone, and no two sides are red and blue."""

__all__ = ["INK", "LAND", "OUTLINE", "PAPER", "STATUS"]

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
    "other": ("#cfcfcb", "", "#77776f"),
}
