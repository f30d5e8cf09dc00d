"""Writes definitions.json: EPSG codes with their definitions for proj4, taken from the database of PROJ.

Run by hand when PROJ's database changes: `python definitions.py > definitions.json` (needs pyproj). Each
definition is the CRS as PROJ writes it, with the parameters of the datum transformation to WGS 84 that PROJ
itself would choose without grid files. Values: [definition, metres per unit; 0 for geographic CRSs].
Definitions whose results differ from PROJ's by more than a centimetre are left out by definitions.test.ts's
twin, verify.ts, which is run afterwards.
"""
import json, re, sys, warnings
import pyproj
from pyproj.enums import PJType
from pyproj.transformer import TransformerGroup
warnings.simplefilter("ignore")

ELLIPSOIDS = {"NAD83": "GRS80", "NAD27": "clrk66", "GGRS87": "GRS80", "potsdam": "bessel", "carthage": "clrk80ign",
              "hermannskogel": "bessel", "ire65": "mod_airy", "nzgd49": "intl", "OSGB36": "airy"}

def helmert(pipeline):
    steps = [s for s in re.split(r"\+step", pipeline) if "proj=helmert" in s]
    if len(steps) > 1 or "molobadekas" in pipeline or "gridshift" in pipeline: return None
    if not steps: return ""
    p = dict(re.findall(r"\+(\w+)=(\S+)", steps[0]))
    sign = -1 if "+inv" in steps[0] else 1
    turn = -1 if p.get("convention") == "coordinate_frame" else 1
    v = [sign * float(p.get(k, 0)) for k in "xyz"] + [sign * turn * float(p.get(k, 0)) for k in ("rx", "ry", "rz")] + [sign * float(p.get("s", 0))]
    if not any(v): return " +towgs84=0,0,0"
    return " +towgs84=" + ",".join(repr(x).removesuffix(".0") for x in (v if any(v[3:]) else v[:3]))

def definition(crs):
    text = crs.to_proj4()
    text = re.sub(r"\+datum=(\w+)", lambda m: m[0] if m[1] == "WGS84" else "+ellps=" + ELLIPSOIDS[m[1]], text)
    text = re.sub(r" ?\+(no_defs|type=crs)", "", text)
    group = TransformerGroup(crs, "EPSG:4326", always_xy=True)
    if not group.transformers: return None
    pipelines = group.transformers[0]
    shift = helmert(pipelines.to_proj4() if crs.to_epsg() != 4326 else "")
    if shift is None: return None
    return text + ("" if "+datum=WGS84" in text else shift)

def main():
    out, samples = {}, {}
    for kind in (PJType.GEOGRAPHIC_2D_CRS, PJType.PROJECTED_CRS):
        for code in sorted(int(c) for c in pyproj.get_codes("EPSG", kind) if c.isdigit()):
            crs = pyproj.CRS.from_epsg(code)
            try:
                d = definition(crs)
                if d is None: continue
                unit = 0 if crs.is_geographic else crs.axis_info[0].unit_conversion_factor
                if crs.is_geographic and abs(crs.axis_info[0].unit_conversion_factor - 0.017453292519943295) > 1e-12: continue
                w, s, e, n = crs.area_of_use.bounds
                if e < w: e += 360
                t = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
                pts = []
                for fx in (0.3, 0.5, 0.7):
                    lon = w + fx * (e - w); lon -= 360 * round(lon / 360); lat = s + fx * (n - s)
                    x, y = t.transform(lon, lat)
                    pts.append([lon, lat, x, y])
                out[str(code)] = [d.strip(), unit]; samples[str(code)] = pts
            except Exception as problem:
                print(code, problem, file=sys.stderr)
    json.dump(out, sys.stdout, separators=(",", ":"))
    if len(sys.argv) > 1: json.dump(samples, open(sys.argv[1], "w"))

main()
