"""Programs of GDAL that rasterio does not offer, through the C interface of the library that its wheel holds."""

import ctypes
from pathlib import Path

import numpy as np
import rasterio
import shapely
from rasterio.env import Env

RASTER = 0x02
UNKNOWN = 0
LINES = 2
REAL = 2
FLOAT32 = 6


def _library():
    site = Path(rasterio.__file__).parent.parent
    found = [*site.glob("rasterio.libs/libgdal*"), *site.glob("rasterio/.dylibs/libgdal*")]
    return ctypes.CDLL(str(found[0]))


_gdal = _library()


def _function(name, *arguments, result=ctypes.c_void_p):
    function = getattr(_gdal, name)
    function.argtypes = arguments
    function.restype = result
    return function


_pointer, _text, _int = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
_list = ctypes.POINTER(_text)
_open = _function("GDALOpenEx", _text, ctypes.c_uint, _list, _list, _list)
_close = _function("GDALClose", _pointer)
_band = _function("GDALGetRasterBand", _pointer, _int)
_dem_options = _function("GDALDEMProcessingOptionsNew", _list, _pointer)
_free_dem_options = _function("GDALDEMProcessingOptionsFree", _pointer)
_dem = _function("GDALDEMProcessing", _text, _pointer, _text, _text, _pointer, ctypes.POINTER(_int))
_driver = _function("GDALGetDriverByName", _text)
_create = _function("GDALCreate", _pointer, _text, _int, _int, _int, _int, _list)
_create_layer = _function("GDALDatasetCreateLayer", _pointer, _text, _pointer, _int, _list)
_new_field = _function("OGR_Fld_Create", _text, _int)
_create_field = _function("OGR_L_CreateField", _pointer, _pointer, _int, result=_int)
_contour = _function("GDALContourGenerateEx", _pointer, _pointer, _list, _pointer, _pointer, result=_int)
_next_feature = _function("OGR_L_GetNextFeature", _pointer)
_free_feature = _function("OGR_F_Destroy", _pointer)
_number = _function("OGR_F_GetFieldAsDouble", _pointer, _int, result=ctypes.c_double)
_geometry = _function("OGR_F_GetGeometryRef", _pointer)
_wkb_size = _function("OGR_G_WkbSize", _pointer, result=_int)
_wkb = _function("OGR_G_ExportToWkb", _pointer, _int, _text, result=_int)
_parse_grid = _function(
    "GDALGridParseAlgorithmAndOptions", _text, ctypes.POINTER(_int), ctypes.POINTER(_pointer), result=_int
)
_doubles, _number_of = np.ctypeslib.ndpointer(np.float64, flags="C"), ctypes.c_double
_grid = _function(
    "GDALGridCreate",
    *(_int, _pointer, ctypes.c_uint32, _doubles, _doubles, _doubles, *[_number_of] * 4),
    *(ctypes.c_uint32, ctypes.c_uint32, _int, _pointer, _pointer, _pointer),
    result=_int,
)
_free = _function("VSIFree", _pointer, result=None)


def _strings(values):
    encoded = [str(value).encode() for value in values]
    return (_text * (len(encoded) + 1))(*encoded, None)


def memory_raster(values, transform):
    """Name of a dataset of GDAL's driver MEM over an array of float32, which must outlive it."""
    height, width = values.shape
    geotransform = "/".join(repr(float(value)) for value in transform.to_gdal())
    return (
        f"MEM:::DATAPOINTER={values.ctypes.data},PIXELS={width},LINES={height},"
        f"DATATYPE=Float32,GEOTRANSFORM={geotransform}"
    )


def gdaldem(mode, source, destination, options):
    """`gdaldem MODE source destination options`"""
    with Env(GDAL_MEM_ENABLE_OPEN="YES"):
        raster = _open(str(source).encode(), RASTER, None, None, None)
        assert raster, f"GDAL cannot open {source}"
        settings = _dem_options(_strings(options), None)
        assert settings, f"gdaldem does not know {options}"
        result = _dem(str(destination).encode(), raster, mode.encode(), None, settings, ctypes.byref(_int()))
        assert result, f"gdaldem {mode} failed"
        _close(result)
        _free_dem_options(settings)
        _close(raster)


def contour_lines(source, options):
    """Pairs of the value of a line and its geometry, as `gdal_contour` makes them."""
    with Env(GDAL_MEM_ENABLE_OPEN="YES"):
        raster = _open(str(source).encode(), RASTER, None, None, None)
        memory = _create(_driver(b"Memory"), b"lines", 0, 0, 0, UNKNOWN, None)
        layer = _create_layer(memory, b"lines", None, LINES, None)
        _create_field(layer, _new_field(b"value", REAL), 1)
        failed = _contour(_band(raster, 1), layer, _strings(["ELEV_FIELD=0", *options]), None, None)
        assert not failed, "gdal_contour failed"
        lines = []
        while feature := _next_feature(layer):
            geometry = _geometry(feature)
            buffer = ctypes.create_string_buffer(_wkb_size(geometry))
            _wkb(geometry, 1, buffer)
            lines.append((_number(feature, 0), shapely.from_wkb(buffer.raw)))
            _free_feature(feature)
        _close(memory)
        _close(raster)
        return lines


def inverse_distances(x, y, values, bounds, columns, rows, power=2):
    """Pixels of `gdal_grid -a invdist`, as float32, over bounds in the order west, east, north, south."""
    algorithm, options = _int(), _pointer()
    failed = _parse_grid(f"invdist:power={power}".encode(), ctypes.byref(algorithm), ctypes.byref(options))
    assert not failed, "GDAL does not know the algorithm"
    result = np.empty((rows, columns), "float32")
    places = [np.ascontiguousarray(numbers, dtype="float64") for numbers in (x, y, values)]
    failed = _grid(
        *(algorithm, options, len(x), *places, *map(float, bounds)),
        *(columns, rows, FLOAT32, result.ctypes.data, None, None),
    )
    _free(options)
    assert not failed, "gdal_grid failed"
    return result
