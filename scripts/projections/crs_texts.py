"""Definitions of a CRS in the texts of several programs."""

from pyproj.exceptions import CRSError


def texts(crs):
    found = {"projjson": crs.to_json_dict()}
    for version in ("WKT2_2019", "WKT1_GDAL", "WKT1_ESRI"):
        try:
            found[version] = crs.to_wkt(version)
        except CRSError:
            continue
    return found
