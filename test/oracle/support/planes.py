"""The planes in which lengths are lengths on the ground."""

import shapely
from pyproj import CRS, Transformer

WGS84 = CRS.from_epsg(4326)


class Plane:
    """Moves geometries from longitude and latitude to a projected CRS and back, vertex by vertex."""

    def __init__(self, crs):
        self._forward = Transformer.from_crs(WGS84, crs, always_xy=True)
        self._back = Transformer.from_crs(crs, WGS84, always_xy=True)

    def forward(self, geometry):
        return shapely.transform(geometry, self._forward.transform, interleaved=False)

    def back(self, geometry):
        return shapely.transform(geometry, self._back.transform, interleaved=False)


def plane_about(geometry):
    """The azimuthal equidistant projection about the centre of the bounding box."""
    west, south, east, north = geometry.bounds
    return Plane(
        CRS.from_proj4(
            f"+proj=aeqd +lat_0={(south + north) / 2!r} +lon_0={(west + east) / 2!r} +datum=WGS84 +units=m"
        )
    )


def plane_of(crs):
    return Plane(CRS.from_user_input(crs))


def utm_of(longitude, latitude):
    zone = int((longitude + 180) // 6) + 1
    return f"EPSG:{(32600 if latitude >= 0 else 32700) + zone}"
