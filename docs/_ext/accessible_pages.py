"""Give a name and a level to what the theme and MyST-NB leave without, for screen readers."""

REPAIRS = {
    # A heading in the menu has a level.
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
    # A folded cell is called what stands on it.
    '<summary aria-label="Toggle hidden content">': "<summary>",
}


def repair(app, name, template, context, doctree):
    """Change the parts of a page before they are put together."""
    for part in ("body", "furo_navigation_tree"):
        for found, better in REPAIRS.items():
            if context.get(part):
                context[part] = context[part].replace(found, better)


def setup(app):
    """Register the extension with Sphinx."""
    # After the theme has made its menu.
    app.connect("html-page-context", repair, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
