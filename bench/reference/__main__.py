"""The other engines' side of the benchmark: runs a case per line that it reads, and answers with a line each."""

import json
import os
import sys
import time

import kernels
import raster
import vector

CASES = {**kernels.CASES, **vector.CASES, **raster.CASES}


def main():
    for line in sys.stdin:
        request = json.loads(line)
        name = request["case"]
        if name == "window":
            run = lambda: raster.window(request["url"], request["column"], request["row"])
        else:
            run = CASES[name]
        started, used = time.perf_counter(), time.process_time()
        check = run()
        answer = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - used, "check": check}
        print(json.dumps(answer), flush=True)


os.environ["PROJ_NETWORK"] = "OFF"
main()
