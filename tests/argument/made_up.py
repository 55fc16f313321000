"""Arguments made up at random, for properties that hold of any argument."""

from hypothesis import strategies as st

from coursekit.argument import Argument, Link, Node

KINDS = (
    "conclusion",
    "intermediate",
    "premise",
    "hidden premise",
    "objection",
    "reply",
    "counter-case",
)
# Pieces that mean something in HTML, JSON, YAML or Argdown.
TEXT = st.one_of(
    st.text(max_size=12),
    st.lists(
        st.sampled_from(
            [
                *"{}\"'\\&+\n\t\x85\u2028\ufeffé🙂",
                "} ",
                "[A]",
                "<b>",
                "//",
                "# ",
                ": ",
                "- ",
                "*a*",
                "a.b.",
                "===",
                "--",
                "@[A]",
                "no",
            ]
        ),
        max_size=6,
    ).map("".join),
)


@st.composite
def arguments(draw, most=7, texts=TEXT):
    """Draw steps n0, n1 and so on, each supported by earlier ones only."""
    ids = [f"n{k}" for k in range(draw(st.integers(1, most)))]
    nodes = [
        Node(
            id,
            draw(texts),
            draw(st.sampled_from(KINDS)),
            draw(texts),
            draw(texts),
            tuple(draw(st.lists(texts, max_size=2))),
        )
        for id in ids
    ]
    links = []
    for late, target in enumerate(ids):
        for early, source in enumerate(ids):
            options = [None, None, "attacks", "limits"] + ["supports"] * 2 * (early < late)
            relation = draw(st.sampled_from(options)) if source != target else None
            if relation:
                group = draw(st.sampled_from(["", "a", "b"])) if relation == "supports" else ""
                links.append(
                    Link(source, target, relation, group and f"{target}-{group}", draw(texts))
                )
    return Argument(nodes, links)


@st.composite
def choices(draw, argument):
    """Draw what a student rejects and accepts."""
    stance = st.sampled_from(["", "", "rejected", "accepted"])
    chosen = {id: draw(stance) for id in argument.nodes}
    return [
        frozenset(id for id, stance in chosen.items() if stance == wanted)
        for wanted in ("rejected", "accepted")
    ]
