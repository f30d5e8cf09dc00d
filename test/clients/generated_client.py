"""What a program does with a client that was generated from the API definition. Prints what it saw."""
import json
import sys
import time

sys.path.insert(0, sys.argv[2])

from service_client import Client
from service_client.api.capabilities import get_conformance
from service_client.api.jobs import get_job, list_jobs
from service_client.api.processes import describe_process, execute_buffer, execute_echo, list_processes
from service_client.models import (
    Exception_,
    ExecuteBufferBody,
    ExecuteBufferBodyInputs,
    ExecuteEchoBody,
    ExecuteEchoBodyInputs,
    GeojsonGeometry,
    GeojsonGeometryType,
    GetJobF,
    ListJobsStatusItem,
    ListProcessesF,
    StatusInfo,
)

client = Client(base_url=sys.argv[1], timeout=60)
seen = {}

listed = list_processes.sync(client=client, f=ListProcessesF.JSON)
seen["processes"] = [process.id for process in listed.processes]
limited = list_processes.sync(client=client, f=ListProcessesF.JSON, limit=3)
seen["limited"] = len(limited.processes)
seen["conformance"] = len(get_conformance.sync(client=client).conforms_to)
seen["title"] = describe_process.sync("buffer", client=client).title

point = GeojsonGeometry(type_=GeojsonGeometryType.POINT, coordinates=[5.12, 52.09])
inputs = ExecuteBufferBodyInputs(features=point, distance=100)
answer = execute_buffer.sync(client=client, body=ExecuteBufferBody(inputs=inputs))
seen["buffer"] = answer["features"][0]["geometry"]["type"]

inputs = ExecuteEchoBodyInputs(message="from a generated client", pause=1)
job = execute_echo.sync(client=client, body=ExecuteEchoBody(inputs=inputs), prefer="respond-async")
assert isinstance(job, StatusInfo), job
for _ in range(60):
    job = get_job.sync(job.job_id, client=client, f=GetJobF.JSON)
    if job.status.value not in ("accepted", "running"):
        break
    time.sleep(0.5)
seen["status"] = job.status.value
successful = list_jobs.sync(client=client, status=[ListJobsStatusItem.SUCCESSFUL], limit=100)
seen["listed"] = job.job_id in [one.job_id for one in successful.jobs]

inputs = ExecuteBufferBodyInputs(features=point, distance=1e12)
wrong = execute_buffer.sync(client=client, body=ExecuteBufferBody(inputs=inputs))
assert isinstance(wrong, Exception_), wrong
seen["error"] = wrong.to_dict()

print(json.dumps(seen))
