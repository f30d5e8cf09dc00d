"""Judges what the product made of files: reads a question per line, answers with a line each.

{"ask": "survey", "path": ..., "sure": bool} -> what GDAL and others see in a file
{"ask": "layer", ...} and {"ask": "raster", ...} -> what differs between their reading and the product's
"""

import json
import os
import sys
import warnings
from pathlib import Path

# Files are judged alone, as the product gets them: without what lies beside them.
os.environ["GDAL_DISABLE_READDIR_ON_OPEN"] = "EMPTY_DIR"
os.environ["OGR_GEOJSON_MAX_OBJ_SIZE"] = "0"
# Also extracts whose ids are not in order.
os.environ["OSM_USE_CUSTOM_INDEXING"] = "NO"
sys.path.insert(0, str(Path(__file__).parent))
warnings.simplefilter("ignore")

from layers import judge_layer  # noqa: E402
from rasters import judge_raster  # noqa: E402
from survey import survey  # noqa: E402

ASKED = {"survey": survey, "layer": judge_layer, "raster": judge_raster}

for line in sys.stdin:
    question = json.loads(line)
    try:
        answer = ASKED[question.pop("ask")](**question)
    except Exception as error:
        import traceback

        answer = {"unjudged": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()[-800:]}
    print(json.dumps(answer), flush=True)
