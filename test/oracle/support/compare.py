"""Comparisons with the tolerances of the catalogue. All raise AssertionError with what differs and by how much."""

import math

import numpy as np
import shapely


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def same(actual, expected, what):
    check(actual == expected, f"{what}: {short(actual)} instead of {short(expected)}")


def short(value):
    text = str(value)
    return text if len(text) < 300 else text[:300] + "..."


def close(actual, expected, tolerance, what):
    """Numbers within a relative tolerance, nulls and texts exactly."""
    if not isinstance(actual, (int, float)) or not isinstance(expected, (int, float)):
        return same(actual, expected, what)
    near = math.isclose(actual, expected, rel_tol=tolerance, abs_tol=tolerance)
    check(near, f"{what}: {actual} instead of {expected}")


def same_area(actual, expected, tolerance, what):
    """The symmetric difference has less than a share of the area."""
    check(actual is not None, f"{what}: null instead of {expected.geom_type}")
    if expected.is_empty or actual.is_empty:
        return check(expected.is_empty and actual.is_empty, f"{what}: one is empty, the other is not")
    check(actual.is_valid, f"{what}: not valid, {shapely.is_valid_reason(actual)}")
    share = shapely.symmetric_difference(actual, expected).area / expected.area
    check(share <= tolerance, f"{what}: the areas differ by {share:.3g}")


def same_place(actual, expected, tolerance, what):
    """The Hausdorff distance is small."""
    if expected.is_empty or actual.is_empty:
        return check(expected.is_empty and actual.is_empty, f"{what}: one is empty, the other is not")
    same(actual.geom_type, expected.geom_type, what)
    distance = shapely.hausdorff_distance(actual, expected)
    check(distance <= tolerance, f"{what}: {distance:.3g} apart")


def same_geometry(actual, expected, area, distance, what):
    """Areas by area, the others by distance."""
    if expected.area > 0:
        same_area(actual, expected, area, what)
    else:
        same_place(actual, expected, distance, what)


def same_set(actual, expected, tolerance, what):
    """Two lists hold the same polygons, in any order."""
    same(len(actual), len(expected), f"{what}: number")
    tree = shapely.STRtree(actual)
    found = set()
    for index, polygon in enumerate(expected):
        near = [
            candidate
            for candidate in tree.query(polygon)
            if abs(actual[candidate].area - polygon.area) <= tolerance * polygon.area
            and shapely.symmetric_difference(actual[candidate], polygon).area <= tolerance * polygon.area
        ]
        check(near, f"{what}: nothing is {short(polygon.wkt)} ({index})")
        found.add(int(near[0]))
    same(len(found), len(actual), f"{what}: different ones")


def same_pixels(actual, expected, tolerance=0.0, share=1.0, what="pixels"):
    """As many pixels as a share are within a tolerance. NaN stands for missing ones."""
    same(actual.shape, expected.shape, f"{what}: shape")
    a, b = np.asarray(actual, "float64"), np.asarray(expected, "float64")
    with np.errstate(invalid="ignore"):
        equal = (np.isnan(a) & np.isnan(b)) | (np.abs(a - b) <= tolerance)
    wrong = np.argwhere(~equal)
    if len(wrong) <= (1 - share) * equal.size:
        return
    first = tuple(int(index) for index in wrong[0])
    check(
        False,
        f"{what}: {len(wrong)} of {equal.size} differ, first at {first}: {a[first]} instead of {b[first]}",
    )


def same_transform(actual, expected, tolerance=1e-9):
    scale = np.maximum(1, np.abs(np.array(expected)))
    off = np.abs((np.array(actual) - np.array(expected)) / scale).max()
    check(off <= tolerance, f"transform: {actual} instead of {expected}")
