"""Opens results of jobs by their URL with GDAL, through pyogrio and rasterio, and says what was found.

Arguments: base URL of the service. Prints one JSON object: a list of findings for each case.
"""

import base64
import json
import sys
import time

import numpy
import pyogrio
import rasterio
import requests
from rasterio.transform import from_origin

BASE = sys.argv[1]
VECTOR = {
    "geojson": "application/geo+json",
    "flatgeobuf": "application/flatgeobuf",
    "geopackage": "application/geopackage+sqlite3",
}
COG = "image/tiff; application=geotiff; profile=cloud-optimized"
# A file of some kilobytes comes through the API; one of more than 4 MB is a redirect to the bucket.
FEATURES = {"small": 20, "large": 3000}
PIXELS = {"small": 100, "large": 1000}


def request(path, body=None, headers=None):
    url = path if path.startswith("http") else BASE + path
    if body is None:
        answer = requests.get(url, headers=headers, timeout=60)
    else:
        answer = requests.post(url, json=body, headers=headers, timeout=60)
    answer.raise_for_status()
    return answer


def job(process, body):
    """Runs a job to its end. Returns its path."""
    created = request(f"/processes/{process}/execution", body, {"Prefer": "respond-async"}).json()
    path = "/jobs/" + created["jobID"]
    for _ in range(300):
        status = request(path).json()
        if status["status"] in ("successful", "failed"):
            break
        time.sleep(0.2)
    assert status["status"] == "successful", status
    return path


def circles(count, media_type):
    """Buffers of points on a grid, with 129 vertices each."""
    points = [{"type": "Point", "coordinates": [10 + k % 50 / 100, 50 + k // 50 / 100]} for k in range(count)]
    features = [{"type": "Feature", "properties": {"k": k}, "geometry": point} for k, point in enumerate(points)]
    layer = {"value": {"type": "FeatureCollection", "features": features}}
    inputs = {"features": layer, "distance": 100, "quadrantSegments": 32}
    return job("buffer", {"inputs": inputs, "outputs": {"result": {"format": {"mediaType": media_type}}}})


def noise(size):
    """A GeoTIFF of uint16 noise in base64, which no compression makes smaller."""
    values = numpy.random.default_rng(7).integers(1, 65000, (size, size), dtype="uint16")
    profile = {"driver": "GTiff", "width": size, "height": size, "count": 1, "dtype": "uint16", "crs": "EPSG:32633"}
    with rasterio.MemoryFile() as memory:
        with memory.open(transform=from_origin(500000, 5600000, 10, 10), **profile) as target:
            target.write(values, 1)
        return values, base64.b64encode(memory.read()).decode()


def found_layer(url):
    info = pyogrio.read_info("/vsicurl/" + url, force_feature_count=True, force_total_bounds=True)
    return {"driver": info["driver"], "features": int(info["features"]), "bounds": [round(x, 3) for x in info["total_bounds"]]}


def found_raster(url, values):
    with rasterio.open("/vsicurl/" + url) as source:
        read = source.read(1)
        window = source.read(1, window=((30, 94), (20, 84)))
        return {
            "driver": source.driver,
            "size": list(source.shape),
            "crs": source.crs.to_string(),
            "same": bool(numpy.allclose(read, numpy.sqrt(values.astype("float64")))),
            "window": bool(numpy.array_equal(window, read[30:94, 20:84])),
        }


def length(url):
    """Status of HEAD, how many bytes more it tells after redirects than GET brings, and how many these are."""
    first = requests.head(url, timeout=60)
    head = requests.head(url, allow_redirects=True, timeout=60)
    whole = len(request(url).content)
    return {"status": first.status_code, "more": int(head.headers["Content-Length"]) - whole, "bytes": whole}


found = {}
for size in ("small", "large"):
    for name, media_type in VECTOR.items():
        path = circles(FEATURES[size], media_type)
        url = f"{BASE}{path}/results/result"
        found[f"{size} {name}"] = {**found_layer(url), **length(url)}
        if name == "geojson":
            found[f"{size} {name}, all results"] = found_layer(f"{BASE}{path}/results")
            collection = f"{BASE}/collections/{path[6:]}.result"
            found[f"{size} {name}, a page of the collection"] = found_layer(f"{collection}/items?limit=20")
    values, raster = noise(PIXELS[size])
    source = {"value": raster, "mediaType": "image/tiff; application=geotiff"}
    inputs = {"rasters": [source], "expression": "sqrt(A)", "outputType": "float64"}
    path = job("raster-calculator", {"inputs": inputs, "outputs": {"result": {"format": {"mediaType": COG}}}})
    url = f"{BASE}{path}/results/result"
    found[f"{size} cog"] = {**found_raster(url, values), **length(url)}

# Of several outputs, each has its own address; so has what a synchronous execution answers by reference.
both = {"inputs": {"features": {"type": "Point", "coordinates": [10, 50]}, "distance": 1000}}
reference = {"result": {"transmissionMode": "reference", "format": {"mediaType": "application/flatgeobuf"}}}
document = {**both, "outputs": reference, "response": "document"}
waited = request("/processes/buffer/execution", document).json()
found["by reference, while the client waits"] = found_layer(waited["result"]["href"])
found["by reference, of a job"] = found_layer(request(job("buffer", document) + "/results").json()["result"]["href"])
layer = next(name for name, _ in pyogrio.list_layers("OAPIF:" + BASE))
found["OGC API - Features"] = len(pyogrio.raw.read("OAPIF:" + BASE, layer=layer, max_features=5)[2])
print(json.dumps(found))
