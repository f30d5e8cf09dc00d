"""Compares processes with other engines on random inputs: `run.py [process...]`. ORACLE_SEED repeats a run."""

import json
import os
import sys
import time
import traceback
import zlib
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from support.service import Service  # noqa: E402
from table import ROUNDS, TABLE, UNCOMPARED  # noqa: E402

# Faults of a process that are shown.
SHOWN = 2


def main():
    seed = int(os.environ.get("ORACLE_SEED") or time.time_ns() % 1_000_000)
    rounds = int(os.environ.get("ORACLE_ROUNDS") or ROUNDS)
    wanted = sys.argv[1:] or list(TABLE)
    print(f"Seed {seed}; ORACLE_SEED={seed} repeats this run.", flush=True)
    counts = {"passed": 0, "failed": 0}
    with Service() as service:
        if not sys.argv[1:]:
            missing = set(service.processes) - set(TABLE) - set(UNCOMPARED)
            for process in sorted(missing):
                counts["failed"] += 1
                print(f"FAILED {process}: the table has no row for it")
        for process in wanted:
            started = time.perf_counter()
            faults = [fault for number in range(rounds) if (fault := fault_of(process, seed, number, service))]
            counts["failed"] += len(faults)
            counts["passed"] += rounds - len(faults)
            took = f"{time.perf_counter() - started:.1f} s"
            print(f"{'FAILED' if faults else 'ok'} {process}, {rounds} inputs, {took}", flush=True)
            for fault in faults[:SHOWN]:
                print(f"  {fault}", flush=True)
            if len(faults) > SHOWN:
                print(f"  and {len(faults) - SHOWN} more", flush=True)
    if "ORACLE_COUNTS" in os.environ:
        Path(os.environ["ORACLE_COUNTS"]).write_text(json.dumps(counts))
    sys.exit(1 if counts["failed"] else 0)


def fault_of(process, seed, number, service):
    """What is wrong with one random input. The same for the same seed, whatever else runs."""
    rng = np.random.default_rng([seed, number, zlib.crc32(process.encode())])
    try:
        TABLE[process](rng, service)
        return None
    except AssertionError as error:
        return f"input {number}: {error}"
    except Exception:
        return f"input {number}: {traceback.format_exc()}"


main()
