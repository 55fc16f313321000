"""Whether a page fits its window."""

# A window at 200 % has half as many pixels for the page, so 400, 800 and 1300 also stand for 800,
# 1600 and 2600 of them at that zoom, and 650 for 1300.
WIDTHS = [400, 650, 800, 1300, 1920]

# Only tables may be wider than the page, and charts, whose letters would be too small, if they say
# so; both scroll within themselves. So many letters fit into a line of prose; few lines are full.
LETTERS = 85

MEASURE = """([letters]) => {
    const page = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook');
    const outer = page.querySelector('.jp-WindowedPanel-outer') ?? page;
    const scrolls = (node) => ['auto', 'scroll'].includes(getComputedStyle(node).overflowX);
    const hides = (node) => ['hidden', 'clip'].includes(getComputedStyle(node).overflowX);
    const told = (node) => getComputedStyle(node, '::after').content.includes('move it sideways');
    const edge = outer.getBoundingClientRect().left + outer.clientWidth + 1;
    const wide = (node) => node.clientWidth && node.scrollWidth > node.clientWidth + 1;
    const named = (node) => `${node.className.baseVal ?? node.className} `
        + node.textContent.trim().slice(0, 60);
    const found = wide(outer) ? [`the page: ${outer.scrollWidth} of ${outer.clientWidth}`] : [];
    const walk = (node) => {
        if (node !== outer && (scrolls(node) || hides(node))) return;
        const { right, width } = node.getBoundingClientRect();
        if (width && right > edge) found.push(`sticks out by ${right - edge}: ${named(node)}`);
        else for (const child of node.children) walk(child);
    };
    walk(outer);
    for (const node of page.querySelectorAll('*'))
        if (wide(node) && scrolls(node) && !node.querySelector('table') && !told(node))
            found.push(`scrolls: ${named(node)}`);
    for (const node of page.querySelectorAll('.widget-label'))
        if (wide(node)) found.push(`cut off: ${named(node)}`);
    const pen = document.createElement('canvas').getContext('2d');
    for (const node of page.querySelectorAll('.jp-RenderedMarkdown > :is(p, ul, ol)')) {
        pen.font = getComputedStyle(node).font;
        const words = node.textContent;
        const fit = node.clientWidth / (pen.measureText(words).width / words.length);
        if (fit > letters) found.push(`${Math.round(fit)} letters in a line: ${named(node)}`);
    }
    return found;
}"""

# Cells out of sight are not laid out, so all are made to be.
SHOW_ALL = """() => {
    const style = document.createElement('style');
    style.id = 'all-cells';
    style.textContent = '.jp-Notebook .jp-Cell { content-visibility: visible !important; }';
    document.head.append(style);
}"""


def too_wide(notebook, widths=WIDTHS):
    """List what does not fit, by width of the window; the window is given back its size."""
    size = notebook.page.viewport_size
    notebook.fold_sidebar()
    notebook.page.evaluate(SHOW_ALL)
    found = {}
    for width in widths:
        notebook.resize(width, 1000)
        if wide := notebook.page.evaluate(MEASURE, [LETTERS]):
            found[width] = wide
    notebook.page.evaluate("() => document.getElementById('all-cells').remove()")
    notebook.resize(**size)
    return found
