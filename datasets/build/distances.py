"""Measure the shortest distance from each state's territory to three cities.

Run it with ``make map``. Geodesic distances on the WGS 84 ellipsoid from the boundaries of Natural
Earth 1:50m, before any simplification; 0 for the state the city lies in.
"""

import itertools

import numpy as np
import pandas as pd
from europe_map import DATASETS, PART_OF, decode_arcs, fetch_topology, ring
from pyproj import Geod

# Longitude and latitude of the city centres, in degrees.
CITIES = {
    "Moscow": (37.62, 55.76),
    "St Petersburg": (30.36, 59.93),
    "Kyiv": (30.52, 50.45),
}
INSIDE = {"Moscow": "RUS", "St Petersburg": "RUS", "Kyiv": "UKR"}
STEP = 0.02  # degrees between points on a boundary


def boundary(geometry, arcs):
    """List points on the boundary of a state, close enough together to measure from."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    points = []
    for rings in polygons:
        line = ring(rings[0], arcs)
        for start, end in itertools.pairwise(line):
            steps = max(1, int(np.hypot(*(end - start)) / STEP))
            points.append(np.linspace(start, end, steps, endpoint=False))
    return np.vstack(points)


def main():
    """Write ``datasets/distances.csv``."""
    topology = fetch_topology()
    arcs = decode_arcs(topology)
    states = pd.read_csv(DATASETS / "states.csv", keep_default_na=False)
    wanted = set(states.loc[states["kind"] == "state", "iso3"])
    outlines = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = geometry["properties"]["a3"]
        code = PART_OF.get(code, code)
        if code in wanted and geometry.get("arcs"):
            outlines.setdefault(code, []).append(boundary(geometry, arcs))
    geod = Geod(ellps="WGS84")
    rows = []
    for iso3 in sorted(outlines):
        points = np.vstack(outlines[iso3])
        for city, (east, north) in CITIES.items():
            home = np.full(len(points), east), np.full(len(points), north)
            metres = geod.inv(*home, points[:, 0], points[:, 1])[2]
            km = 0 if INSIDE[city] == iso3 else round(float(metres.min()) / 1000)
            rows.append((iso3, city, km))
    table = pd.DataFrame(rows, columns=["iso3", "city", "km"])
    table.to_csv(DATASETS / "distances.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
