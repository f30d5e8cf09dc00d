"""Executes processes of the project, in a Node process beside this one."""

import json
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PREFIX = "https://oracle.invalid/"
GEOTIFF = "image/tiff; application=geotiff"


class Service:
    """Lives as long as the `with` block; files of rasters are in a directory that is removed with it."""

    def __enter__(self):
        self._directory = tempfile.TemporaryDirectory(prefix="oracle-")
        self.directory = Path(self._directory.name)
        node = ROOT / "node_modules" / ".bin" / "node"
        executor = ROOT / "test" / "oracle" / "executor.ts"
        self._child = subprocess.Popen(
            [node, "--max-old-space-size=4096", executor, self.directory],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.processes = self._answer()["processes"]
        self._files = 0
        return self

    def __exit__(self, *_):
        self._child.stdin.close()
        self._child.wait()
        self._directory.cleanup()

    def execute(self, process, inputs, media_type=None):
        """The output `result`: parsed JSON, or the path of a file."""
        return self.outputs(process, inputs, media_type)["result"]

    def outputs(self, process, inputs, media_type=None):
        body = {"inputs": {name: value for name, value in inputs.items() if value is not None}}
        if media_type:
            body["outputs"] = {"result": {"format": {"mediaType": media_type}}}
        self._child.stdin.write(json.dumps({"process": process, "body": body}) + "\n")
        self._child.stdin.flush()
        answer = self._answer()
        if "outputs" not in answer:
            raise AssertionError(f"was not executed: {answer}")
        return {name: value.get("json", value.get("file")) for name, value in answer["outputs"].items()}

    def new_file(self, extension):
        """A path in the directory, and the reference that leads to it."""
        self._files += 1
        name = f"input-{self._files}{extension}"
        return self.directory / name, PREFIX + name

    def _answer(self):
        line = self._child.stdout.readline()
        if not line:
            raise RuntimeError(f"The executor ended with the exit code {self._child.wait()}")
        return json.loads(line)
