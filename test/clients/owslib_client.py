"""What a user of OWSLib does: lists, describes, executes, waits for a job and gets its results. Prints what it saw."""
import json
import sys
import time

import requests
from owslib.ogcapi.processes import Processes

base_url = sys.argv[1]
service = Processes(base_url + "/")
seen = {"title": service.response.get("title"), "conformance": len(service.conformance()["conformsTo"])}

seen["processes"] = [process["id"] for process in service.processes()]
seen["inputs"] = sorted(service.process("buffer")["inputs"])

point = {"type": "Point", "coordinates": [5.12, 52.09]}
answer = service.execute("buffer", inputs={"features": point, "distance": 100})
seen["buffer"] = answer["result"]["value"]["features"][0]["geometry"]["type"]

job = service.execute("echo", inputs={"message": "from OWSLib", "pause": 1}, async_=True)
location = service.response_headers["Location"]
for _ in range(60):
    status = requests.get(location, timeout=30).json()
    if status["status"] not in ("accepted", "running"):
        break
    time.sleep(0.5)
seen["status"] = status["status"]
[results] = [link["href"] for link in status["links"] if link["rel"].endswith("/results")]
seen["results"] = requests.get(results, timeout=30).json()

try:
    service.execute("buffer", inputs={"features": point, "distance": "far"})
except RuntimeError as error:
    seen["error"] = json.loads(str(error))

print(json.dumps(seen))
