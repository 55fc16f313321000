"""What stands, worked out a second time and without the package."""

import itertools

HIDDEN = [f"H{n}" for n in range(1, 9)]
TAKEN = [f"G{n}" for n in range(1, 5)]
OPPOSING = [f"{letter}{n}" for letter in "NR" for n in range(1, 7)]
REPLIES = [*(f"Q{n}" for n in range(1, 7)), "M1", "M3", "M4", "M5", "M6", "L1", "L3", "L4"]
GRANTED = ["A1", "B1", "B2", "C1", "D", "X", "H1", "H2", "H3", "H4", "H6", "H7", "H8", "G4"]


def subsets(items, most=None):
    items = list(items)
    sizes = range((len(items) if most is None else most) + 1)
    return [frozenset(c) for size in sizes for c in itertools.combinations(items, size)]


def by_hand(rejected, accepted):
    """The essay's argument as formulas, written down without the package."""

    # An accepted attack holds unless an accepted reply hits it that nothing accepted answers.
    answered = {
        **{f"R{n}": f"Q{n}" for n in range(1, 7)},
        **{f"N{n}": f"M{n}" for n in range(3, 7)},
        "N1": "M1",
        "N2": "M1",
        "M1": "L1",
        "M3": "L3",
        "M4": "L4",
    }

    def holds(id):
        return id in accepted and not (id in answered and holds(answered[id]))

    def free(id, attackers=""):
        return id not in rejected and not any(holds(attacker) for attacker in attackers.split())

    on = {id: free(id) for id in GRANTED}
    on["H5"] = free("H5", "R5")
    on["A2"] = free("A2", "N1 R3")
    on["A4"] = free("A4", "R1")
    on["B4"] = free("B4")
    on["B6"] = free("B6", "N5") and on["B4"]
    on["C1"] = free("C1", "R6")
    on["C2"] = free("C2", "R4")
    on["A5"] = free("A5", "N2") and on["A2"] and on["A4"] and on["H1"] and on["H2"]
    on["A6"] = free("A6", "N3 N4 R2") and on["A1"] and on["A5"] and on["H3"]
    on["B3"] = free("B3", "R1 R5") and on["B1"] and on["B2"]
    on["B5"] = free("B5") and all(on[id] for id in ("B3", "B4", "H4", "H5", "H6"))
    on["C3"] = free("C3") and on["C2"] and on["H7"] and on["H8"]
    on["K1"] = free("K1") and (on["C1"] or on["A6"] or on["B5"])
    on["K2"] = free("K2") and on["K1"] and on["C3"]
    on |= {id: holds(id) for id in [*OPPOSING, *REPLIES]}
    on |= {"G1": free("G1", "M4"), "G2": free("G2", "M3"), "G3": free("G3", "M4")}
    lines = ("N1", "G1"), ("N3", "G2", "G3"), ("N6", "G4")
    on["expand"] = free("expand") and any(all(on[id] for id in line) for line in lines)
    return on


def plainly(argument, rejected, accepted):
    """Enumerate the complete extensions, then let support grow until nothing is added."""
    attacks = {
        (k.source, k.target)
        for k in argument.links
        if k.relation == "attacks" and k.source in accepted
    }
    undefeated = min(complete_extensions(argument.nodes, attacks), key=len)
    held, before = set(), None
    while held != before:
        before = set(held)
        for id, node in argument.nodes.items():
            lines = argument.lines_of(id)
            if id in accepted:
                ground = True
            elif lines:
                ground = any(line <= before for line in lines)
            else:
                ground = node.kind not in ("objection", "reply", "counter-case")
            if ground and id in undefeated and id not in rejected:
                held.add(id)
    return {id: id in held for id in argument.nodes}


def complete_extensions(nodes, attacks):
    """Sets without inner attacks that hold exactly what they defend."""
    found = []
    for s in subsets(nodes):
        hit = {b for a, b in attacks if a in s}
        defended = {n for n in nodes if {a for a, b in attacks if b == n} <= hit}
        if not s & hit and s == defended:
            found.append(s)
    return found
