"""A widget that takes part again after a slow start, and sleeps well in a saved notebook."""

import re
import uuid
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as widgets
import traitlets

from coursekit.forms.printing import ASLEEP

HERE = Path(__file__).parent
# How traits are sent that hold widgets.
WIDGETS = {"sync": True, **widgets.widget_serialization}
# Data and metadata by media type.
Bundle = tuple[dict[str, Any], dict[str, Any]]
# A line of JavaScript that names another file beside its own.
IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+\.js)";\n', re.MULTILINE)


@cache
def _text(*names: str) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


@cache
def program_of(script: str) -> str:
    """Put a file of JavaScript behind those that it imports: a browser gets them as one module."""
    parts: dict[str, str] = {}

    def add(name: str) -> None:
        if name not in parts:
            text = _text(f"js/{name}")
            for imported in IMPORT.findall(text):
                add(imported)
            parts[name] = IMPORT.sub("", text)

    add(script)
    return "\n".join(parts.values())


class _Program(widgets.Widget):  # type: ignore[misc]  # ipywidgets has no hints
    """The JavaScript and the style of a class of widgets, once for all of them."""

    esm = traitlets.Unicode().tag(sync=True)
    css = traitlets.Unicode().tag(sync=True)
    digest = traitlets.Unicode().tag(sync=True)


_common: dict[Any, Any] = {}


def _in_common(make: Callable[..., Any], *given: Any) -> Any:
    """Give what widgets have in common; one that was closed is made anew."""
    found = _common.get((make, given))
    if found is None or found.comm is None:
        found = _common[make, given] = make(*given)
    return found


def _program(script: str, styles: tuple[str, ...]) -> _Program:
    esm, css = program_of(script), _text("living.css", *styles)
    digest = sha256(f"{esm}\0{css}".encode()).hexdigest()
    return _Program(esm=esm, css=css, digest=digest)


def part(kind: Any, *given: object, classes: tuple[str, ...] = (), **state: Any) -> Any:
    """Make a part of a lab; parts share layout and style, which would else be sent with each."""
    for name in ("layout", "style"):
        if hasattr(kind, name):
            state.setdefault(name, _in_common(getattr(kind, name).klass))
    return kind(*given, _dom_classes=classes, **state)


class LivingWidget(anywidget.AnyWidget):
    """Share one program with its kind, and tell the browser how things stand whenever it asks.

    Subclasses name files: `script`, in the folder ``js``, which exports ``show``, and `styles`.
    """

    _esm = _text("js/loader.js")
    script = ""
    styles: tuple[str, ...] = ()

    program = traitlets.Instance(widgets.Widget).tag(**WIDGETS)
    own = traitlets.Unicode().tag(sync=True)
    asleep = traitlets.Unicode().tag(sync=True)

    def __init__(self, **state: Any) -> None:
        self._revision = 0
        id, program = uuid.uuid4().hex, _in_common(_program, self.script, self.styles)
        super().__init__(model_id=id, own=id, program=program, **state)

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Read the state, numbered so that the browser can say what it has."""
        self._revision += 1
        return {**super().get_state(key, drop_defaults), "revision": self._revision}

    def _handle_custom_msg(self, content: dict[str, Any], buffers: Any) -> None:
        if content.get("ask") == "state":
            self._answer(content["revision"])
        elif content.get("ask") == "instead":
            # A page without ipywidgets' manager has the picture or text, and cannot be run anew.
            html = self.asleep or self.still()[0]["text/html"]
            self.send({"still": html.replace(f"<p><em>{ASLEEP}</em></p>", "")})
        else:
            super()._handle_custom_msg(content, buffers)

    def still(self) -> Bundle:
        """Pack what stands in place of the widget; what is only a part of a lab has nothing."""
        return {"text/html": ""}, {}

    def _answer(self, revision: int) -> None:
        """Send what the browser has missed, or say that it has all."""
        if revision == self._revision:
            self.send({"told": "state"})
        else:
            self.send_state()


def with_still(view: Any, still: Bundle) -> Bundle:
    """Add a still picture to the media types of a widget, and the line that it sleeps."""
    data, metadata = view if isinstance(view, tuple) else (view or {}, {})
    shown = dict(still[0])
    if ASLEEP not in shown["text/html"]:
        shown["text/html"] += f"<p><em>{ASLEEP}</em></p>"
    return {**data, **shown}, {**metadata, **still[1]}
