"""Writes the fixture of CRSs without a code: definitions as people have them, in the texts of several programs, with
positions as PROJ computes them.

    python custom_crs.py > ../../test/fixtures/oracles/custom_crs.json        (needs pyproj)
"""

import json
import sys
import warnings

import pyproj

from crs_texts import texts

warnings.simplefilter("ignore")

# Name, definition, and [west, south, east, north] where it is used.
DEFINITIONS = {
    "Albers of the conterminous United States": (
        "+proj=aea +lat_1=29.5 +lat_2=45.5 +lat_0=37.5 +lon_0=-96 +x_0=0 +y_0=0 +datum=NAD83", [-120, 26, -70, 48]),
    "Albers of HydroSHEDS, other parallels": (
        "+proj=aea +lat_1=-5 +lat_2=-42 +lat_0=-32 +lon_0=-60 +x_0=0 +y_0=0 +datum=WGS84", [-75, -50, -40, 5]),
    "MODIS sinusoidal": ("+proj=sinu +lon_0=0 +x_0=0 +y_0=0 +R=6371007.181", [-150, -60, 150, 70]),
    "sinusoidal of the ellipsoid": ("+proj=sinu +lon_0=11 +x_0=0 +y_0=0 +datum=WGS84", [-20, -60, 50, 70]),
    "Mollweide": ("+proj=moll +lon_0=10 +x_0=0 +y_0=0 +datum=WGS84", [-100, -60, 120, 80]),
    "Robinson": ("+proj=robin +lon_0=150 +x_0=0 +y_0=0 +datum=WGS84", [60, -60, 170, 80]),
    "Miller": ("+proj=mill +lon_0=20 +x_0=0 +y_0=0 +datum=WGS84", [-60, -60, 100, 80]),
    "Van der Grinten": ("+proj=vandg +lon_0=20 +x_0=0 +y_0=0 +datum=WGS84", [-60, -60, 100, 70]),
    "Eckert VI": ("+proj=eck6 +lon_0=20 +x_0=0 +y_0=0 +datum=WGS84", [-60, -60, 100, 70]),
    "Equal Earth about 30": ("+proj=eqearth +lon_0=30 +x_0=0 +y_0=0 +datum=WGS84", [-60, -60, 100, 70]),
    "polar stereographic of sea ice, Hughes": (
        "+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +x_0=0 +y_0=0 +a=6378273 +b=6356889.449", [-170, 45, 170, 88]),
    "polar stereographic with odd numbers": (
        "+proj=stere +lat_0=90 +lat_ts=73.5 +lon_0=17.25 +x_0=1234.5 +y_0=-77 +datum=WGS84", [-60, 50, 100, 88]),
    "southern polar stereographic with a scale": (
        "+proj=stere +lat_0=-90 +k=0.97276901289 +lon_0=10 +x_0=6000000 +y_0=6000000 +datum=WGS84", [-90, -88, 90, -60]),
    "oblique stereographic by the double projection": (
        "+proj=sterea +lat_0=46 +lon_0=25 +k=0.99975 +x_0=500000 +y_0=500000 +ellps=GRS80", [20, 44, 29, 48]),
    "stereographic about the Alps": (
        "+proj=stere +lat_0=46 +lon_0=10 +k=0.9999 +x_0=500000 +y_0=500000 +datum=WGS84", [5, 43, 16, 48]),
    "Lambert azimuthal about Asia": (
        "+proj=laea +lat_0=45 +lon_0=100 +x_0=0 +y_0=0 +datum=WGS84", [50, 0, 140, 70]),
    "Lambert azimuthal of a sphere": (
        "+proj=laea +lat_0=45 +lon_0=-100 +x_0=0 +y_0=0 +R=6370997", [-140, 10, -60, 70]),
    "azimuthal equidistant about Ottawa": (
        "+proj=aeqd +lat_0=45.4 +lon_0=-75.7 +x_0=1000 +y_0=2000 +datum=WGS84", [-90, 35, -60, 55]),
    "Lambert conformal of WRF, a sphere": (
        "+proj=lcc +lat_1=30 +lat_2=60 +lat_0=47.1 +lon_0=12.3 +x_0=0 +y_0=0 +R=6370000", [0, 38, 25, 56]),
    "Lambert conformal with one parallel and a scale": (
        "+proj=lcc +lat_1=46.5 +lat_0=46.5 +lon_0=3 +k_0=0.99987742 +x_0=600000 +y_0=2200000 +datum=WGS84", [-4, 42, 8, 51]),
    "Lambert conformal with an origin off its parallel": (
        "+proj=lcc +lat_1=50 +lat_0=40 +lon_0=10 +k_0=0.9996 +x_0=400000 +y_0=0 +ellps=GRS80", [0, 40, 20, 60]),
    "Lambert conformal in US survey feet on NAD27": (
        "+proj=lcc +lat_1=34.33333333333334 +lat_2=36.16666666666666 +lat_0=33.75 +lon_0=-79.5 "
        "+x_0=609601.2192024384 +y_0=0 +datum=NAD27 +units=us-ft", [-84, 34, -76, 36.5]),
    "a zone of its own on NAD83 in US survey feet": (
        "+proj=tmerc +lat_0=30 +lon_0=-84.1 +k=0.9999 +x_0=700000 +y_0=0 +datum=NAD83 +units=us-ft", [-86, 31, -82, 35]),
    "a county in international feet": (
        "+proj=tmerc +lat_0=43.3 +lon_0=-121.7 +k=1.00012 +x_0=80000 +y_0=0 +ellps=GRS80 +units=ft", [-123, 43, -121, 46]),
    "transverse Mercator about Paris": (
        "+proj=tmerc +lat_0=48 +lon_0=1 +k=0.9999 +x_0=10000 +y_0=20000 +ellps=clrk80ign +pm=paris", [0, 45, 7, 51]),
    "Mercator with a parallel of true scale": (
        "+proj=merc +lat_ts=-41 +lon_0=100 +x_0=0 +y_0=0 +datum=WGS84", [60, -60, 179, -10]),
    "Mercator with a scale": ("+proj=merc +lon_0=110 +k=0.997 +x_0=3900000 +y_0=900000 +ellps=bessel", [95, -10, 140, 10]),
    "oblique Mercator of Borneo, turned": (
        "+proj=omerc +no_uoff +lat_0=4 +lonc=115 +alpha=53.31580995 +gamma=53.13010236111111 +k=0.99984 +x_0=0 +y_0=0 "
        "+ellps=evrstSS", [109, 1, 119, 7]),
    "oblique Mercator about its centre": (
        "+proj=omerc +lat_0=57 +lonc=-133.6666666666667 +alpha=-36.86989764583333 +gamma=-36.86989764583333 +k=0.9999 "
        "+x_0=5000000 +y_0=-5000000 +ellps=GRS80", [-140, 54, -130, 60]),
    "Swiss oblique Mercator with other numbers": (
        "+proj=somerc +lat_0=46.95 +lon_0=7.44 +k_0=1 +x_0=100 +y_0=200 +ellps=bessel", [6, 45.8, 10.5, 47.8]),
    "Krovak on another datum": (
        "+proj=krovak +lat_0=49.5 +lon_0=24.83333333333333 +alpha=30.28813972222222 +k=0.9999 +x_0=0 +y_0=0 +datum=WGS84",
        [12.5, 48, 18.5, 51]),
    "Cassini about Trinidad": ("+proj=cass +lat_0=10.4 +lon_0=-61.3 +x_0=86500 +y_0=65400 +ellps=intl", [-62, 10, -60.5, 11]),
    "polyconic of Brazil": ("+proj=poly +lat_0=0 +lon_0=-54 +x_0=5000000 +y_0=10000000 +ellps=GRS80", [-74, -33, -34, 5]),
    "equidistant conic of Europe": (
        "+proj=eqdc +lat_1=43 +lat_2=62 +lat_0=30 +lon_0=10 +x_0=0 +y_0=0 +datum=WGS84", [-15, 35, 40, 68]),
    "cylindrical equal area of EASE": (
        "+proj=cea +lat_ts=30 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84", [-170, -80, 170, 80]),
    "equidistant cylindrical of a sphere": (
        "+proj=eqc +lat_ts=20 +lon_0=10 +x_0=0 +y_0=0 +R=6371000", [-100, -80, 120, 80]),
    "plate carrée of the ellipsoid": ("+proj=eqc +lat_ts=0 +lon_0=10 +x_0=0 +y_0=0 +datum=WGS84", [-100, -80, 120, 80]),
    "New Zealand Map Grid moved": (
        "+proj=nzmg +lat_0=-41 +lon_0=173 +x_0=2510000 +y_0=6023150 +ellps=intl", [167, -46, 178, -35]),
    "Bonne of France": ("+proj=bonne +lat_1=45 +lon_0=2 +x_0=0 +y_0=0 +ellps=clrk80", [-4, 42, 8, 51]),
    "orthographic of a sphere": ("+proj=ortho +lat_0=40 +lon_0=-90 +x_0=0 +y_0=0 +R=6370997", [-110, 25, -70, 55]),
    "orthographic of the ellipsoid": (
        "+proj=ortho +lat_0=40 +lon_0=-90 +x_0=0 +y_0=0 +datum=WGS84", [-110, 25, -70, 55]),
    "orthographic about an airport": (
        "+proj=ortho +lat_0=37.6 +lon_0=-122.4 +alpha=27.8 +k=0.9999968 +x_0=100 +y_0=200 +ellps=GRS80", [-122.5, 37.5, -122.3, 37.7]),
    "gnomonic": ("+proj=gnom +lat_0=40 +lon_0=10 +x_0=0 +y_0=0 +datum=WGS84", [-20, 10, 50, 70]),
    "perspective from a satellite": (
        "+proj=nsper +lat_0=10 +lon_0=20 +h=5500000 +x_0=0 +y_0=0 +datum=WGS84", [0, -20, 40, 40]),
    "geostationary, as Meteosat": (
        "+proj=geos +lon_0=9.5 +h=35785831 +x_0=100 +y_0=200 +datum=WGS84", [-40, -50, 60, 50]),
    "geostationary, as GOES": (
        "+proj=geos +sweep=x +lon_0=-75 +h=35786023 +x_0=0 +y_0=0 +ellps=GRS80", [-120, -50, -20, 50]),
    "two points in the Atlantic": (
        "+proj=tpeqd +lat_1=40.7 +lon_1=-74 +lat_2=48.9 +lon_2=2.3 +x_0=0 +y_0=0 +datum=WGS84", [-70, 30, 0, 60]),
    "sinusoidal with a false origin": ("+proj=sinu +lon_0=11 +x_0=500000 +y_0=-20000 +datum=WGS84", [-20, -60, 50, 70]),
    "Eckert VI with a false origin": ("+proj=eck6 +lon_0=20 +x_0=500000 +y_0=-20000 +datum=WGS84", [-60, -60, 100, 70]),
    "Krovak with a false origin": (
        "+proj=krovak +lat_0=49.5 +lon_0=24.83333333333333 +alpha=30.28813972222222 +k=0.9999 +x_0=1000 +y_0=2000 +ellps=bessel",
        [12.5, 48, 18.5, 51]),
    "Krovak, modified": (
        "+proj=mod_krovak +lat_0=49.5 +lon_0=24.8333333333333 +alpha=30.2881397222222 +k=0.9999 +x_0=5000000 +y_0=5000000 "
        "+ellps=bessel", [12.5, 48.6, 18.5, 51]),
    "a town in Colombia": (
        "+proj=col_urban +lat_0=4.68 +lon_0=-74.15 +x_0=92334.879 +y_0=109320.965 +h_0=2550 +ellps=GRS80", [-74.3, 4.5, -74, 4.8]),
    "Laborde's grid of Madagascar": (
        "+proj=labrd +lat_0=-18.9 +lon_0=46.4372291666667 +azi=18.9 +k=0.9995 +x_0=400000 +y_0=800000 +ellps=intl",
        [43.5, -25, 50, -12]),
    "Miller on a datum of its own": ("+proj=mill +R_A +lon_0=20 +x_0=0 +y_0=0 +ellps=intl", [-60, -60, 100, 80]),
    **{name: (f"+proj={text} +x_0=1000 +y_0=-500 +datum=WGS84", [-160, -80, 170, 85]) for name, text in {
        "Eckert I": "eck1 +lon_0=0", "Eckert II": "eck2 +lon_0=10", "Eckert III": "eck3 +lon_0=0", "Eckert IV": "eck4 +lon_0=150",
        "Eckert V": "eck5 +lon_0=0", "Gall": "gall +lon_0=0", "Winkel I": "wink1 +lon_0=0 +lat_ts=50.4597762521898",
        "Winkel II": "wink2 +lon_0=0 +lat_1=50.4597762521898", "Winkel Tripel": "wintri +lon_0=11 +lat_1=50.467",
        "Aitoff": "aitoff +lon_0=0", "Hammer": "hammer +lon_0=0", "Wagner I": "wag1 +lon_0=0", "Wagner II": "wag2 +lon_0=0",
        "Wagner III": "wag3 +lon_0=0 +lat_ts=20", "Wagner IV": "wag4 +lon_0=0", "Wagner V": "wag5 +lon_0=0",
        "Wagner VI": "wag6 +lon_0=0", "Kavraiskiy V": "kav5 +lon_0=0", "Kavraiskiy VII": "kav7 +lon_0=0",
        "quartic authalic": "qua_aut +lon_0=0", "loximuthal": "loxim +lon_0=0 +lat_1=40", "flat polar quartic": "mbtfpq +lon_0=0",
        "Craster": "crast +lon_0=0", "Times": "times +lon_0=0", "Natural Earth": "natearth +lon_0=0",
        "Natural Earth II": "natearth2 +lon_0=0", "Patterson": "patterson +lon_0=0", "compact Miller": "comill +lon_0=0",
        "Goode": "goode +lon_0=0", "Goode, interrupted in the oceans": "igh +lon_0=0",
        "Goode, interrupted on land": "igh_o +lon_0=-160",
    }.items()},
    "geographic on a sphere": ("+proj=longlat +R=6371229", [-20, 30, 40, 60]),
    "geographic about Ferro": ("+proj=longlat +ellps=bessel +pm=ferro", [8, 46, 17, 49]),
    "a shift of seven parameters": (
        "+proj=tmerc +lat_0=0 +lon_0=21 +k=1 +x_0=4500000 +y_0=0 +ellps=krass +towgs84=33.4,-146.6,-76.3,-0.359,-0.053,0.844,-0.84",
        [18, 49, 24, 55]),
}
SHARES = (0.1, 0.5, 0.9)


def positions(crs, box):
    transformer = pyproj.Transformer.from_crs("OGC:CRS84", crs, always_xy=True)
    west, south, east, north = box
    found = []
    for x_share in SHARES:
        for y_share in SHARES:
            longitude, latitude = west + x_share * (east - west), south + y_share * (north - south)
            x, y = transformer.transform(longitude, latitude)
            found.append([longitude, latitude, x, y])
    return found


cases = []
for name, (definition, box) in DEFINITIONS.items():
    crs = pyproj.CRS(definition + " +no_defs +type=crs")
    # PROJ takes NAD83 (EPSG:4269) for WGS 84; without an area of use it picks another operation, by chance.
    placed = pyproj.CRS(definition.replace("+datum=NAD83", "+ellps=GRS80") + " +no_defs +type=crs")
    cases.append({"name": name, "proj": definition, "positions": positions(placed, box), **texts(crs)})
json.dump({"engine": f"PROJ {pyproj.proj_version_str}", "cases": cases}, sys.stdout, indent=1)
