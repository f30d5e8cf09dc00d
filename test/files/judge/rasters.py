"""Compares a raster as GDAL reads it with what the product says of it, computes from it and makes of it."""

import json
import math

import numpy as np
import rasterio
from affine import Affine
from pyproj import CRS
from rasterio.transform import array_bounds, from_gcps

from places import same_crs, title

TOLD = 8
# Decoders of JPEG round the inverse transform and the colours each in their way; libjpeg's own methods are as far apart.
JPEG_LEVELS = 2
# Shares of red, green and blue (ITU-T T.871).
LUMA = np.array([0.299, 0.587, 0.114])
# Square units of a pixel that is none.
NOUGHT = 1e-40
# Of means, which are sums in another order.
RELATIVE = 1e-9


class Parts:
    """A raster of complex numbers as the product has it: each band is two, of the real and of the imaginary parts."""

    def __init__(self, raster):
        self.raster = raster
        self.count = 2 * raster.count
        self.indexes = tuple(range(1, self.count + 1))
        self.dtypes = twice({"complex64": "float32", "complex128": "float64"}.get(name, name.removeprefix("complex_")) for name in raster.dtypes)
        self.scales, self.offsets, self.units = twice(raster.scales), twice(raster.offsets), twice(raster.units)
        self.colorinterp = twice(raster.colorinterp)
        self.descriptions = tuple(
            f"{name or f'Band {index}'} ({part})" for index, name in enumerate(raster.descriptions, 1) for part in ("real", "imaginary")
        )
        # A mask says what is missing.
        self.nodatavals = (None,) * self.count

    def __getattr__(self, name):
        return getattr(self.raster, name)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.raster.close()

    def read(self, band):
        values = self.raster.read((band + 1) // 2)
        return (values.real if band % 2 else values.imag).astype(self.dtypes[band - 1])

    def read_masks(self, band):
        return self.raster.read_masks((band + 1) // 2)


def twice(values):
    return tuple(value for value in values for _ in range(2))


def judge_raster(path, info, converted, statistics, messages):
    told = " ".join(messages)
    found, notes = [], []
    with open_raster(path) as raster:
        if info:
            compare_info(raster, load(info), told, found, notes)
        if converted:
            with rasterio.open(converted) as other:
                if raster.gcps[0] and raster.transform.is_identity:
                    compare_warped(raster, other, found, notes)
                else:
                    compare_converted(raster, other, told, found, notes)
        if statistics:
            compare_statistics(raster, load(statistics)["bands"], found)
    return {"differences": found[:TOLD], "notes": notes[:TOLD]}


def open_raster(path):
    """A raster with the samples that it has: GDAL shows those of cyan, magenta, yellow and black as red, green, blue and alpha."""
    raster = rasterio.open(path)
    if raster.tags(ns="IMAGE_STRUCTURE").get("SOURCE_COLOR_SPACE") == "CMYK":
        return rasterio.open(f"GTIFF_RAW:{path}")
    return Parts(raster) if raster.dtypes[0].startswith("complex") else raster


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def number(value):
    """Numbers that JSON has not are texts in the product's answers."""
    return math.nan if value == "NaN" else float(value) if value is not None else None


def equal(one, other):
    if one is None or other is None:
        return one is other
    return one == other or (math.isnan(one) and math.isnan(other)) or math.isclose(one, other, rel_tol=1e-7)


def compare_info(raster, info, told, found, notes):
    if raster.gcps[0] and raster.transform.is_identity:
        return
    if (info["width"], info["height"]) != (raster.width, raster.height):
        found.append(f"size: {info['width']} x {info['height']} for {raster.width} x {raster.height}")
    compare_transform(raster, info["transform"], "raster-info", found)
    types = [band["dataType"] for band in info["bands"]]
    if types != list(raster.dtypes):
        (notes if in_doubles(types, raster, told) else found).append(f"data types: {short(types)} for {short(raster.dtypes)}")
    for band, nodata in zip(info["bands"], raster.nodatavals):
        if not equal(number(band["nodata"]), nodata):
            text = f"nodata (raster-info): {band['nodata']} for {nodata} in band {band['band']}"
            # No pixel of a type can have what the type has not.
            # Of 64 bits without a sign rasterio has it wrong: 9 for 2^63.
            (found if fits(nodata, raster.dtypes[0]) and raster.dtypes[0] != "uint64" else notes).append(text)
            break
    if info["crs"] is not None:
        crs = crs_of(raster)
        named = CRS.from_user_input(info["crs"])
        if not same_crs(crs, named, bounds_of(raster)):
            found.append(f"CRS (raster-info): {info['crs']} for {title(crs)}")
    elif raster.crs is not None:
        notes.append(f"CRS (raster-info): none for {title(crs_of(raster))}")


def fits(nodata, dtype):
    if nodata is None or not np.issubdtype(dtype, np.integer):
        return True
    return nodata == int(nodata) and np.iinfo(dtype).min <= nodata <= np.iinfo(dtype).max if math.isfinite(nodata) else False


def in_doubles(types, raster, told):
    """Integers of 64 bits are computed as doubles; that is told, and pixels that these do not hold are refused."""
    return "64-bit integers" in told and set(types) == {"float64"} and set(raster.dtypes) <= {"int64", "uint64"}


def short(types):
    return sorted(set(types))


def crs_of(raster):
    return CRS.from_wkt(raster.crs.to_wkt()) if raster.crs else None


def bounds_of(raster):
    return array_bounds(raster.height, raster.width, raster.transform)


def compare_transform(raster, got, where, found):
    # Some drivers of pictures say nothing, which is nought.
    want = (raster.transform if abs(raster.transform.determinant) > NOUGHT else Affine.identity()).to_gdal()
    size = max(abs(want[1]), abs(want[2]), abs(want[4]), abs(want[5]))
    # A millionth of a pixel, over the whole raster.
    allowed = [1e-6 * size, 1e-6 * size / raster.width, 1e-6 * size / raster.height] * 2
    scale = max(abs(want[0]), abs(want[3])) * 1e-12
    if any(abs(one - other) > bound + scale for one, other, bound in zip(want, got, allowed)):
        found.append(f"transform ({where}): {[round(value, 9) for value in got]} for {[round(value, 9) for value in want]}")


def compare_converted(raster, other, told, found, notes):
    if (other.width, other.height, other.count) != (raster.width, raster.height, raster.count):
        found.append(
            f"size (converted): {other.width} x {other.height} x {other.count} for "
            f"{raster.width} x {raster.height} x {raster.count}"
        )
        return
    compare_transform(raster, other.transform.to_gdal(), "converted", found)
    if other.dtypes != raster.dtypes:
        (notes if in_doubles(other.dtypes, raster, told) else found).append(f"data types (converted): {short(other.dtypes)} for {short(raster.dtypes)}")
    crs = [crs_of(each) for each in (raster, other)]
    if not same_crs(*crs, bounds_of(raster)):
        names = [title(each) for each in crs]
        text = f"CRS (converted): {names[1]} for {names[0]}"
        # That of a plane without a place on the ground is left out, which is told.
        has_none = crs[0] is None or (crs[0].type_name == "Engineering CRS" and crs[1] is None)
        (notes if has_none and "CRS" in told else found).append(text)
    compare_metadata(raster, other, told, found)
    compare_pixels(raster, other, found)


def compare_warped(raster, other, found, notes):
    """A raster that is placed by ground control points is warped by them: it covers them, in their CRS."""
    points, crs = raster.gcps
    x, y = ([getattr(point, axis) for point in points] for axis in "xy")
    want, got = (min(x), min(y), max(x), max(y)), bounds_of(other)
    fit = from_gcps(points)
    misses = np.array([math.hypot(*np.subtract(fit @ (p.col, p.row), (p.x, p.y))) for p in points])
    if misses.max() < 1e-6 * math.hypot(fit.a, fit.d):
        want = array_bounds(raster.height, raster.width, fit)
    pixel = max((want[2] - want[0]) / raster.width, (want[3] - want[1]) / raster.height)
    if not np.allclose(want, got, rtol=0, atol=2 * pixel):
        found.append(f"ground control points: the raster lies at {got}, they at {want}")
    if not same_crs(CRS.from_wkt(crs.to_wkt()), crs_of(other), got):
        found.append(f"CRS (converted): {title(crs_of(other))} for that of the ground control points")
    notes.append("warped by its ground control points; pixels were not compared")


def compare_metadata(raster, other, told, found):
    """What tells the meaning of pixels; losing it in silence makes them say something else."""
    named = {
        "scale": raster.scales != other.scales and (raster.scales, other.scales),
        "offset": raster.offsets != other.offsets and (raster.offsets, other.offsets),
        "unit": raster.units != other.units and (raster.units, other.units),
        "band names": raster.descriptions != other.descriptions and (raster.descriptions, other.descriptions),
        "colour roles": colour_roles(raster) != colour_roles(other) and (colour_roles(raster), colour_roles(other)),
        "colour table": not same_colours(colour_table(raster), colour_table(other)) and ("one", "none or another"),
    }
    for name, difference in named.items():
        if difference and name not in told:
            found.append(f"{name}: {str(difference[1]):.50} for {str(difference[0]):.50}")


def colour_roles(raster):
    """Of bands that have one: grey and undefined are the same to a reader."""
    names = [role.name for role in raster.colorinterp]
    return ["-" if name in ("gray", "undefined") else name for name in names]


def colour_table(raster):
    try:
        return raster.colormap(1)
    except ValueError:
        return None


def same_colours(want, got):
    """Whether all colours of a table are there; one of fewer bits gets more in a file of bytes, which no pixel has."""
    if want is None or got is None:
        return want is got
    return all(got.get(value) == colour for value, colour in want.items())


def valid(raster, band, values):
    mask = raster.read_masks(band) != 0
    return mask & ~np.isnan(values) if np.issubdtype(values.dtype, np.floating) else mask


def compare_luma(raster, other, found):
    """
    How colours at half the resolution are spread over the pixels is left to decoders (ITU-T T.81, A.1.1): some interpolate, some
    repeat. Their brightness is not, except where a colour is cut at 0 or 255.
    """
    images = [each.read().astype(float) for each in (raster, other)]
    cut = np.any([(image == 0) | (image == 255) for image in images], axis=(0, 1))
    luma = [np.tensordot(LUMA, image, 1) for image in images]
    difference = np.abs(luma[0] - luma[1])[~cut]
    if difference.size and difference.max() > JPEG_LEVELS:
        found.append(f"pixels: brightness is up to {difference.max():.3g} levels off")


def compare_pixels(raster, other, found):
    if is_jpeg(raster) and raster.count == 3:
        compare_luma(raster, other, found)
        return
    for band in raster.indexes:
        values, others = raster.read(band), other.read(band)
        there, here = valid(raster, band, values), valid(other, band, others)
        if (there & ~here).any():
            where = tuple(int(index) for index in np.argwhere(there & ~here)[0])
            found.append(
                f"mask: {int((there & ~here).sum())} valid pixels of band {band} became missing, first {where} with {values[where]}"
            )
            return
        if (~there & here).any():
            found.append(f"mask: {int((~there & here).sum())} missing pixels of band {band} became valid")
            return
        both = there & here
        differ = both & (np.abs(values.astype(float) - others) > JPEG_LEVELS if is_jpeg(raster) else values != others)
        if differ.any():
            where = tuple(int(index) for index in np.argwhere(differ)[0])
            found.append(
                f"pixels: {int(differ.sum())} of band {band} differ, first {where}: {others[where]} for {values[where]}"
            )
            return


def is_jpeg(raster):
    return "JPEG" in raster.tags(ns="IMAGE_STRUCTURE").get("COMPRESSION", "")


def compare_statistics(raster, bands, found):
    if len(bands) != raster.count:
        found.append(f"statistics: {len(bands)} bands for {raster.count}")
        return
    for band in bands:
        values = raster.read(band["band"])
        there = valid(raster, band["band"], values)
        if np.issubdtype(values.dtype, np.floating):
            there &= np.isfinite(values)
        present = values[there]
        if band["count"] != present.size:
            found.append(f"statistics: {band['count']} pixels for {present.size} in band {band['band']}")
            return
        if present.size == 0:
            continue
        want = {"min": float(present.min()), "max": float(present.max()), "mean": float(present.mean(dtype=np.float64))}
        size = max(abs(want["min"]), abs(want["max"]))
        for name, value in want.items():
            if is_jpeg(raster) and name != "mean":
                continue
            allowed = JPEG_LEVELS if is_jpeg(raster) else size * RELATIVE
            if not math.isclose(band[name], value, rel_tol=RELATIVE, abs_tol=allowed):
                found.append(f"statistics: {name} {band[name]} for {value} in band {band['band']}")
                return
