"""First half of the making of definitions.json: what PROJ's database says of each CRS of a register.

    python candidates.py EPSG > epsg.json        (needs pyproj; takes some minutes)
    python candidates.py ESRI > esri.json
    node choose-definitions.ts epsg.json esri.json ../../geo/crs/generated

For each two-dimensional geographic or projected CRS: the definition as PROJ writes it, without its datum; the datum
shifts to WGS 84 that PROJ chooses in its area of use without grid files, with the areas where it does; and positions
there as PROJ computes them, longitudes and latitudes in WGS 84. The second half keeps what proj4 reproduces. The same
for geographic CRSs and the datums that have shifts of their own to them. For CRSs with heights: the code of their
horizontal part. For geographic CRSs: the names by which programs know them and their datums, and how far positions are
off where PROJ knows grid files that are not at hand, or no shift at all. Codes of ESRI are no codes of EPSG, so the numbers stand alone.
"""

import json
import os
import re
import sqlite3
import sys
import warnings

import numpy
import pyproj
from pyproj.enums import PJType
from pyproj.transformer import TransformerGroup

warnings.simplefilter("ignore")

WGS84 = "EPSG:4326"
ARC_SECONDS = numpy.pi / 180 / 3600
# Datums with shifts of their own to other datums, which PROJ takes instead of going through WGS 84: ETRS89, GDA2020.
HUBS = (4258, 7844)
# PROJ's own shifts of these datums are put in their place, so only the ellipsoid is taken from the name.
ELLIPSOIDS = {
    "NAD83": "GRS80", "NAD27": "clrk66", "GGRS87": "GRS80", "potsdam": "bessel", "carthage": "clrk80ign",
    "hermannskogel": "bessel", "ire65": "mod_airy", "nzgd49": "intl", "OSGB36": "airy",
}
# Share by which the axes of ellipsoids of the Earth differ at most, as PROJ has it.
EARTH, BODY = 6378137, 0.005
WORLD = [-180.0, -90.0, 180.0, 90.0]
# Methods of ESRI that PROJ has the formulas of, but not by that name.
NAMES = {"Hammer_Aitoff": "hammer"}
SHARES = (0.05, 0.3, 0.5, 0.7, 0.95)


def affine(step):
    """Matrix and translation of a Helmert or Molodensky-Badekas step of a pipeline."""
    values = dict(re.findall(r"\+(\w+)=(\S+)", step))
    number = lambda name: float(values.get(name, 0))
    turn = -1 if values.get("convention") == "coordinate_frame" else 1
    rx, ry, rz = (turn * number(name) * ARC_SECONDS for name in ("rx", "ry", "rz"))
    matrix = (1 + number("s") * 1e-6) * numpy.array([[1, -rz, ry], [rz, 1, -rx], [-ry, rx, 1]])
    pivot = numpy.array([number("px"), number("py"), number("pz")])
    move = numpy.array([number("x"), number("y"), number("z")])
    shift = move + pivot - matrix @ pivot
    if "+inv" not in step.split():
        return matrix, shift
    inverse = numpy.linalg.inv(matrix)
    return inverse, -inverse @ shift


def meridian_of(text):
    """Degrees from Greenwich of the first prime meridian in a definition or pipeline."""
    found = re.search(r"\+pm=(\S+)", text)
    if found is None:
        return 0.0
    return pyproj.CRS(f"+proj=longlat +ellps=WGS84 +pm={found[1]} +type=crs").prime_meridian.longitude


def geographic_offset(pipeline, meridian):
    """
    "@EAST,NORTH DEFINITION" for a pipeline that adds arc-seconds to longitudes and latitudes, or takes them from another meridian
    than that of the CRS, and goes on from another datum; None for others.
    """
    head, east, north, rest = "", 0.0, 0.0, pipeline
    found = re.fullmatch(r"(.*)\+step \+proj=geogoffset \+dlat=(\S+) \+dlon=(\S+)(.*)", pipeline)
    if found:
        head, north, east, rest = found[1], float(found[2]), float(found[3]), found[4]
    turned = (meridian_of(pipeline) - meridian) * 3600 if "+pm=" in pipeline else 0.0
    if not found and abs(turned) < 1e-6:
        return None
    if re.search("helmert|molobadekas|geogoffset", head):
        return None
    shift = datum_shift(rest)
    if shift is None:
        return None
    ellipsoid = re.search(r"\+proj=cart ((?:\+(?:ellps|a|b|rf)=\S+ ?)+)", rest)
    onto = f"+proj=longlat {ellipsoid[1].strip()} +towgs84={shift}" if shift and ellipsoid else "+proj=longlat +datum=WGS84"
    return f"@{east + turned:.15g},{north:.15g} {onto}"


def datum_shift(pipeline):
    """Parameters of +towgs84 for a pipeline to WGS 84: "" where datums are taken as equal, None where none fit."""
    if re.search(r"gridshift|geogoffset|deformation|defmodel|tinshift|horner|affine", pipeline):
        return None
    steps = [step for step in re.split(r"\+step", pipeline) if re.search("proj=(helmert|molobadekas)", step)]
    if not steps:
        return ""
    if len(steps) == 1 and "molobadekas" not in steps[0] and "+inv" not in steps[0].split():
        # The very digits of the register.
        values = dict(re.findall(r"\+(\w+)=(\S+)", steps[0]))
        turn = -1 if values.get("convention") == "coordinate_frame" else 1
        moves = [float(values.get(name, 0)) for name in "xyz"]
        turns = [turn * float(values.get(name, 0)) for name in ("rx", "ry", "rz")]
        scale = float(values.get("s", 0))
    else:
        matrix, shift = numpy.eye(3), numpy.zeros(3)
        for step in steps:
            m, t = affine(step)
            matrix, shift = m @ matrix, m @ shift + t
        size = numpy.trace(matrix) / 3
        moves = list(shift)
        turns = [(matrix[i, j] - matrix[j, i]) / 2 / size / ARC_SECONDS for i, j in ((2, 1), (0, 2), (1, 0))]
        scale = (size - 1) * 1e6
    values = [*moves, *turns, scale] if any([*turns, scale]) else moves
    return ",".join(f"{value:.15g}" for value in (0.0 if abs(value) < 1e-12 else value for value in values))


def positions(crs, hub, area):
    """[longitude, latitude, x, y] on a lattice in the area of use, where PROJ has them; degrees are those of the hub."""
    transform = pyproj.Transformer.from_crs(hub, crs, always_xy=True).transform
    return samples_in(area, transform)


def positions_one_way(crs, hub, area):
    """The same of a projection that PROJ has no way back from, for which it makes no transformer."""
    to_base, project = pyproj.Transformer.from_crs(hub, crs.geodetic_crs, always_xy=True), pyproj.Proj(crs)
    return samples_in(area, lambda longitude, latitude: project(*to_base.transform(longitude, latitude)))


def samples_in(area, transform):
    west, south, east, north = area.bounds
    if east < west:
        east += 360
    samples = []
    for x_share in SHARES:
        for y_share in SHARES:
            longitude = west + x_share * (east - west)
            longitude -= 360 * round(longitude / 360)
            latitude = south + y_share * (north - south)
            x, y = transform(longitude, latitude)
            if numpy.isfinite([x, y]).all():
                samples.append([longitude, latitude, x, y])
    return samples


def boxes(area):
    """[west, south, east, north] in lon/lat; two where the area crosses the antimeridian."""
    west, south, east, north = area.bounds
    if west <= east:
        return [[west, south, east, north]]
    return [[west, south, 180.0, north], [-180.0, south, east, north]]


def size(box):
    west, south, east, north = box
    return (east - west) * (numpy.sin(numpy.radians(north)) - numpy.sin(numpy.radians(south)))


def replaces(one, other):
    """True where PROJ takes `one`, which stands later in its list of operations, although `other` fits as well."""
    if one["accuracy"] < 0 or one["offshore"]:
        return False
    return (one["accuracy"], one["size"]) < (other["accuracy"], other["size"])


def over_another(crs, hub):
    """The operation by way of another datum, which groups do not list, but PROJ takes where it lacks the file of a direct one."""
    area = used_area(crs)
    if area is None:
        return []
    west, south, east, north = area.bounds
    middle = ((west + east + (360 if east < west else 0)) / 2, (south + north) / 2)
    there = pyproj.Transformer.from_crs(hub, crs, always_xy=True).transform(*middle)
    back = pyproj.Transformer.from_crs(crs, hub, always_xy=True)
    if not numpy.isfinite(back.transform(*there)).all():
        return []
    operation = last_operation(back)
    return [operation] if operation.accuracy >= 0 else []


def last_operation(transformer):
    """That which was taken of several; where there is only one, PROJ does not say so."""
    try:
        return transformer.get_last_used_operation()
    except pyproj.exceptions.ProjError:
        return transformer


def shifts_of(crs, hub):
    """[shift, [west, south, east, north]] in the order in which PROJ prefers them at a position: the first whose box
    holds it. The last holds everywhere: what PROJ takes where nothing fits."""
    meridian = meridian_of(crs.to_proj4())
    shift_of = lambda pipeline: geographic_offset(pipeline, meridian) or datum_shift(pipeline)
    # From the CRS to the hub is the direction of +towgs84.
    operations = TransformerGroup(crs, hub, always_xy=True).transformers
    if all(operation.accuracy < 0 for operation in operations):
        operations = over_another(crs, hub) or operations
    ranked = []
    for operation in operations:
        area = operation.area_of_use
        for box in boxes(area) if area else [WORLD]:
            entry = {
                "shift": shift_of(operation.to_proj4()), "box": box, "size": size(box),
                "accuracy": operation.accuracy, "offshore": bool(area and "- offshore" in (area.name or "")),
            }
            worse = (place for place, other in enumerate(ranked) if replaces(entry, other))
            ranked.insert(next(worse, len(ranked)), entry)
    if operations:
        ranked.append({"shift": shift_of(operations[0].to_proj4()), "box": WORLD})
    chosen = []
    for entry in ranked:
        chosen.append([entry["shift"], entry["box"]])
        if entry["box"] == WORLD:
            break
    return chosen


def computed(crs):
    """The CRS as PROJ computes it."""
    said = crs.to_json_dict()
    method = said.get("conversion", {}).get("method", {}).get("name")
    if method not in NAMES:
        return crs
    values = {one["name"]: one["value"] for one in said["conversion"]["parameters"]}
    base = crs.geodetic_crs.to_proj4().replace("+proj=longlat", f"+proj={NAMES[method]} +lon_0={values['Central_Meridian']}")
    return pyproj.CRS(f"{base} +x_0={values['False_Easting']} +y_0={values['False_Northing']}")


def used_area(crs):
    """Where it is used; that of the longitudes and latitudes under it where the register does not know."""
    area = crs.area_of_use
    return area if area and area.west >= -180 else crs.geodetic_crs.area_of_use


def candidate(crs, hub=WGS84):
    own, area = computed(crs), used_area(crs)
    text = re.sub(r"\+datum=(\w+)", lambda m: m[0] if m[1] == "WGS84" else f"+ellps={ELLIPSOIDS[m[1]]}", own.to_proj4())
    text = " ".join(re.sub(r"\+(no_defs|type=crs)", "", text).split())
    try:
        return {"definition": text, "shifts": shifts_of(own, hub), "samples": positions(own, hub, area)}
    except pyproj.exceptions.ProjError:
        base = own.geodetic_crs
        if abs(base.ellipsoid.semi_major_metre / EARTH - 1) > BODY:
            raise
        samples = positions_one_way(own, hub, area)
        return {"definition": text, "shifts": shifts_of(base, hub), "samples": samples}


def horizontal_code(crs):
    """Code of the two-dimensional part of a CRS with heights, where it has one."""
    part = crs.sub_crs_list[0] if crs.is_compound else crs.to_2d()
    return part.to_epsg(100) if len(part.axis_info) == 2 else None


def meets(one, other):
    overlap = lambda a, b: a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
    return any(overlap(a, b) for a in boxes(one.area_of_use) for b in boxes(other.area_of_use))


def pairs_with(hub, bases):
    """Candidates of the geographic CRSs around a hub, with their shifts to it instead of to WGS 84."""
    area = pyproj.CRS.from_epsg(hub)
    found = {}
    for code in bases:
        crs = crs_of(code)
        if code == hub or not meets(crs, area):
            continue
        try:
            found[str(code)] = candidate(crs, f"EPSG:{hub}")
        except Exception as problem:
            print(code, hub, type(problem).__name__, str(problem)[:90], file=sys.stderr)
    return found


def crs_of(code):
    """The CRS with a code, whichever register has it."""
    try:
        return pyproj.CRS.from_epsg(code)
    except pyproj.exceptions.CRSError:
        return pyproj.CRS.from_authority("ESRI", code)


def code_of(crs):
    """Code of a geographic CRS in either register."""
    identifier = crs.to_json_dict().get("id") or {}
    if str(identifier.get("code", "")).isdigit():
        return int(identifier["code"])
    # Texts of ESRI name their longitudes and latitudes only.
    row = database.execute(
        "SELECT code FROM geodetic_crs WHERE type = 'geographic 2D' AND (name = :name OR (auth_name, code)"
        " IN (SELECT auth_name, code FROM alias_name WHERE table_name = 'geodetic_crs' AND alt_name = :name)) ORDER BY deprecated",
        {"name": crs.name},
    ).fetchone()
    return int(row[0]) if row and str(row[0]).isdigit() else None


database = sqlite3.connect(os.path.join(pyproj.datadir.get_data_dir(), "proj.db"))


def aliases(table, identifier):
    if not identifier:
        return []
    rows = database.execute(
        "SELECT alt_name FROM alias_name WHERE table_name = ? AND auth_name = ? AND code = ?",
        (table, identifier["authority"], identifier["code"]),
    )
    return [name for (name,) in rows]


def text_of(crs, version):
    """None for what that version cannot express."""
    try:
        return crs.to_wkt(version)
    except pyproj.exceptions.CRSError:
        return None


def names_of(crs):
    """Names of the datum, then of the CRS, as programs write them; the numbers that tell datums of one name apart."""
    said = crs.to_json_dict()
    datum = said.get("datum") or said["datum_ensemble"]
    wkt = [text for version in ("WKT1_GDAL", "WKT1_ESRI") if (text := text_of(crs, version))]
    found = lambda keyword: [re.search(keyword + r'\["([^"]*)"', one)[1] for one in wkt]
    return {
        "datum": sorted({datum["name"], *found("DATUM"), *aliases("geodetic_datum", datum.get("id"))}),
        "crs": sorted({crs.name, *found("GEOGCS"), *aliases("geodetic_crs", said.get("id"))}),
        "ellipsoid": [crs.ellipsoid.semi_major_metre, crs.ellipsoid.inverse_flattening],
        "meridian": crs.prime_meridian.longitude * crs.prime_meridian.unit_conversion_factor * 180 / numpy.pi,
        "isDeprecated": crs.is_deprecated,
    }


def without_grids(crs):
    """[metres, file]: how far off PROJ says positions may be without the grid file that it would take; null for metres
    that it does not know. None where it takes no file, or has it."""
    group = TransformerGroup(crs, WGS84, always_xy=True)
    if group.best_available or not group.unavailable_operations:
        return None
    wanted = group.unavailable_operations[0]
    taken = [*group.transformers, *over_another(crs, WGS84)]
    metres = [operation.accuracy for operation in taken if operation.accuracy > 0]
    files = [grid.short_name for grid in wanted.grids if not grid.available]
    return [max(metres) if metres else None, files[0] if files else wanted.name]


def without_shift(crs):
    """
    Whether PROJ knows no shift to WGS 84 of longitudes and latitudes: "" in all of their area, "parts" in most of it, else None. Datums
    on the ellipsoids of satellites differ by a metre or two, and a sphere is no datum.
    """
    area, ellipsoid = used_area(crs), crs.ellipsoid
    is_modern = abs(ellipsoid.semi_major_metre - EARTH) < 0.1 and abs(ellipsoid.inverse_flattening - 298.257) < 1e-3
    if area is None or is_modern or ellipsoid.inverse_flattening == 0:
        return None
    transformer, accuracies = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True), []
    for x, y in ((x, y) for x, y, *_ in samples_in(area, lambda *place: place)):
        if numpy.isfinite(transformer.transform(x, y)).all():
            accuracies.append(last_operation(transformer).accuracy)
    unknown = sum(accuracy < 0 for accuracy in accuracies)
    if 2 * unknown <= len(accuracies):
        return None
    # Those of small areas may lie between the samples.
    known = any(operation.accuracy >= 0 for operation in TransformerGroup(crs, WGS84, always_xy=True).transformers)
    return "parts" if known else ""


def main():
    [authority] = sys.argv[1:]
    codes = lambda kind: sorted(
        int(code)
        for code in pyproj.get_codes(authority, kind, allow_deprecated=True)
        if authority == "EPSG" or int(code) not in taken
    )
    taken = {int(code) for code in codes_of_epsg(PJType.CRS)}
    candidates, horizontal, bases, geographic, off, unshifted, units = {}, {}, {}, {}, {}, {}, {}
    for kind in (PJType.GEOGRAPHIC_2D_CRS, PJType.PROJECTED_CRS):
        for code in codes(kind):
            candidates[str(code)] = None
            try:
                crs = pyproj.CRS.from_authority(authority, code)
                bases[str(code)] = code_of(crs.geodetic_crs)
                if kind == PJType.GEOGRAPHIC_2D_CRS:
                    geographic[str(code)] = names_of(crs)
                    off[str(code)] = without_grids(crs)
                    unshifted[str(code)] = without_shift(crs)
                    units[str(code)] = crs.axis_info[0].unit_conversion_factor * 180 / numpy.pi
                candidates[str(code)] = candidate(crs)
            except Exception as problem:
                print(code, type(problem).__name__, str(problem)[:90], file=sys.stderr)
    for kind in (PJType.GEOGRAPHIC_3D_CRS, PJType.COMPOUND_CRS):
        for code in codes(kind):
            horizontal[str(code)] = horizontal_code(pyproj.CRS.from_authority(authority, code))
    others = [code for kind in (PJType.GEOCENTRIC_CRS, PJType.VERTICAL_CRS) for code in codes(kind)]
    pairs = {str(hub): pairs_with(hub, sorted({base for base in bases.values() if base})) for hub in HUBS}
    register = pyproj.database.get_database_metadata(f"{authority}.VERSION")
    made = {
        "source": f"{authority} {register}, PROJ {pyproj.proj_version_str}", "candidates": candidates, "bases": bases,
        "pairs": pairs, "horizontal": horizontal, "others": others, "geographic": geographic, "withoutGrids": off, "withoutShift": unshifted,
        "units": units,
    }
    json.dump(made, sys.stdout)


def codes_of_epsg(kind):
    return [code for code in pyproj.get_codes("EPSG", kind, allow_deprecated=True) if code.isdigit()]


main()
