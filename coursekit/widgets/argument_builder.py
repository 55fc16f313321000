"""A map of the argument that students build themselves and compare with the reference."""

import json
from collections.abc import Callable, Iterable
from html import escape

import ipywidgets as widgets

from coursekit.argument import Argument, Link, to_aif, to_argdown
from coursekit.argument.comparison import compare_maps, in_words, missing_steps, open_tasks
from coursekit.argument.words import named_step
from coursekit.errors import CourseError
from coursekit.figures.argument_map import draw_map
from coursekit.figures.base import CourseFigure
from coursekit.sentences import Sentences
from coursekit.widgets.controls import Choices, button, dropdown
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import reporting
from coursekit.widgets.map_figure import MapFigure, NarrowPage, step_names
from coursekit.widgets.panel import Panel

SAY = Sentences(__file__)
# What a reader can choose: words, relation, and whether premises are linked.
RELATIONS = {
    "supports on its own": ("supports", False),
    "supports, but only together": ("supports", True),
    "attacks": ("attacks", False),
    "limits": ("limits", False),
}
FORMATS: dict[str, Callable[[Argument], str]] = {
    "Argdown": to_argdown,
    "AIF (JSON)": lambda argument: json.dumps(to_aif(argument), indent=1, ensure_ascii=False),
}


def _first_link(argument: Argument) -> tuple[str, str]:
    """Choose what the menus show at first: the first premise and what it bears on."""
    links = {link.source: link.target for link in reversed(argument.links)}
    return next((id, links[id]) for id, node in argument.nodes.items() if node.kind == "premise")


class ArgumentBuilder(Lab):
    """Link the steps of the essay's argument, and compare the map with the reference."""

    def __init__(self, ask: str = ""):
        self.reference = Argument.essay()
        self.links: list[Link] = []
        steps = [(named_step(node), id) for id, node in self.reference.nodes.items()]
        first, to = _first_link(self.reference)
        self.source = _menu(steps, first, "From", SAY["source"])
        self.relation = _menu(list(RELATIONS), next(iter(RELATIONS)), "Link", SAY["relation"], 230)
        self.target = _menu(steps, to, "To", SAY["target"])
        self.add = button("Add link", SAY["add"])
        self.made = _menu([], None, "Your links", SAY["made"], 560)
        self.remove = button("Remove", SAY["remove"])
        self.reset = button("Start again", SAY["reset"])
        self.missing = button("What is missing?", SAY["missing"])
        self.compare = button("Compare with the reference", SAY["compare"])
        self.export = _menu(["…", *FORMATS], "…", "Write as", SAY["export"], 220)
        layout = widgets.Layout(width="100%", height="180px", display="none")
        style = {"layout": layout, "style": {"description_width": "auto"}}
        self.text = widgets.Textarea(description="Your map as text", tooltip=SAY["text"], **style)
        self.panel = Panel(lambda: ("", ""))
        rules = {
            id: [{"when": [], "look": "", "text": f"{node.kind}. {node.text}"}]
            for id, node in self.reference.nodes.items()
        }
        live = MapFigure(self.draw, self._stored, rules=rules, names=step_names())
        rows = [
            [self.source, self.relation, self.target, self.add],
            [self.made, self.remove, self.reset],
            [self.missing, self.compare, self.export],
        ]
        super().__init__(ask, rows, live)
        self.add_class("ck-argument")
        live.add_class("ck-map-part")
        narrow = NarrowPage(self, SAY["narrow"])
        self.children = (*self.children[:-1], self.panel, self.text, narrow, live)
        self.add.on_click(self._add_link)
        self.remove.on_click(self._remove_link)
        self.reset.on_click(self._reset)
        self.missing.on_click(self._name_missing)
        self.compare.on_click(self._compare_maps)
        self.export.observe(self._write, "value")
        self._show()

    @property
    def argument(self) -> Argument:
        """The student's map: the linked steps and the links."""
        linked = {id for link in self.links for id in (link.source, link.target)}
        nodes = self.reference.nodes
        return Argument([node for id, node in nodes.items() if id in linked], self.links)

    def draw(self) -> CourseFigure:
        """Draw the student's map."""
        figure = draw_map(Argument(self.reference.nodes.values(), self.links))
        figure.alt = SAY("alt", links=" ".join(self._said()) or SAY["none"])
        return figure

    def _said(self) -> list[str]:
        return [f"{in_words(link, self.reference.nodes)}." for link in self.links]

    def _stored(self) -> tuple[CourseFigure, str]:
        return self.draw(), "\n".join([SAY["title"], *(self._said() or [SAY["empty"]])])

    def _show(self) -> None:
        count = len(self.links)
        self.made.options = [(words.rstrip("."), k) for k, words in enumerate(self._said())]
        self.made.disabled = self.remove.disabled = not count
        if count:
            self.made.value = count - 1
        code = SAY("code", links=[tuple(vars(link).values())[:4] for link in self.links])
        self.live.show(self.draw(), code=code)
        self._write()
        head = f"{count} link{'s' * (count != 1)} in your map." if count else SAY["empty"]
        self.panel.tell(head, _items(self._said()))

    @reporting
    def _add_link(self, button: object) -> None:
        relation, linked = RELATIONS[self.relation.value]
        target = self.target.value
        link = Link(self.source.value, target, relation, f"{target}-1" if linked else "")
        try:
            Argument(self.reference.nodes.values(), [*self.links, link])
        except CourseError as problem:
            self.panel.tell(SAY("refused", problem=problem))
            return
        self.links.append(link)
        self._show()

    @reporting
    def _remove_link(self, button: object) -> None:
        del self.links[self.made.value]
        self._show()

    @reporting
    def _reset(self, button: object) -> None:
        self.links = []
        self._show()

    @reporting
    def _name_missing(self, button: object) -> None:
        tasks = open_tasks(self.argument, self.reference)
        missing = missing_steps(self.argument, self.reference)
        kinds: dict[str, list[str]] = {}
        for id in missing:
            kinds.setdefault(self.reference.nodes[id].kind, []).append(id)
        html = [f"<p>{escape(task)}</p>" for task in tasks or [SAY["complete"]]]
        if kinds:
            items = (f"{kind}: {', '.join(ids)}" for kind, ids in kinds.items())
            html.append(f"<h4>{SAY['unlinked']}</h4>{_items(items)}")
        self.panel.tell(SAY("not_linked", count=len(missing)), "".join(html))

    @reporting
    def _compare_maps(self, button: object) -> None:
        found = compare_maps(self.argument, self.reference)
        nodes = self.reference.nodes
        agreed = []
        for mine, model in found.agreed:
            words = f"{in_words(mine, nodes)}. {model.note}"
            if bool(mine.linked) != bool(model.linked):
                words += SAY["together" if model.linked else "alone"]
            agreed.append(words)
        yours = [f"{in_words(k, nodes)}." for k in found.only_yours]
        theirs = [f"{in_words(k, nodes)}. {k.note}" for k in found.only_reference]
        html = [
            f"<p>{escape(SAY['readings'])}</p>",
            _list("In both maps", agreed),
            _list("Only in yours", yours),
            f"<details><summary>{SAY['show']}</summary>",
            _list("Only in the reference", theirs),
            "</details>",
        ]
        said = SAY("score", agreed=len(agreed), yours=len(yours), reference=len(theirs))
        done = not open_tasks(self.argument, self.reference)
        self.panel.tell(said + SAY["complete" if done else "incomplete"], "".join(html))

    @reporting
    def _write(self, change: object = None) -> None:
        write = FORMATS.get(self.export.value)
        self.text.layout.display = "" if write else "none"
        self.text.value = write(self.argument) if write else ""


def _items(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(words)}</li>' for words in items)}</ul>"


def _list(head: str, items: list[str]) -> str:
    return f"<h4>{escape(head)} ({len(items)})</h4>{_items(items or ['None.'])}"


def _menu(
    options: Choices, value: object, description: str, tooltip: str, width: int = 300
) -> widgets.Dropdown:
    return dropdown(options, value, description, tooltip, width=width, label=0)
