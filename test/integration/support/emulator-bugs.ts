/** A fault of an emulator that keeps tests from passing there which are right everywhere else. */
export interface EmulatorBug {
  readonly emulator: string;
  /** What it does, word for word as `docs/operate/local.md` says it. */
  readonly does: string;
}

/** All that is excepted anywhere, and why; a test says by {@link unlessBroken} which of it concerns it. */
export const emulatorBugs = {
  wildcardBinaryTypes: {
    emulator: 'LocalStack',
    does: 'sends a file as base64 unless the first media type of `Accept` is one that the REST API lists by name: the binary media type `*/*` never matches',
  },
  compressedBodies: {
    emulator: 'LocalStack',
    does: 'sends compressed bodies as base64 for the same reason, so that nothing is compressed there',
  },
  bodiesThatAreNotGzip: {
    emulator: 'LocalStack',
    does: 'answers 500 itself to a request whose body is not what its `Content-Encoding` says',
  },
  presignedSignatures: {
    emulator: 'LocalStack',
    does: 'does not check the signatures of presigned URLs, unless it was started with `S3_SKIP_SIGNATURE_VALIDATION=0`',
  },
  stoppedExecutions: {
    emulator: 'LocalStack',
    does: 'ends a stopped execution, and sends its event, only after the function that it runs has returned',
  },
  taskFailed: {
    emulator: 'LocalStack',
    does: 'aborts an execution, without an event, when a task fails with the error `States.TaskFailed`, as Fargate tasks do',
  },
} as const satisfies Readonly<Record<string, EmulatorBug>>;

export type EmulatorBugName = keyof typeof emulatorBugs;

/**
 * Option for a test that a bug keeps from passing: on that emulator, which the test command names in `EMULATOR`, it is
 * left out and says why. It runs everywhere else, AWS included.
 */
export function unlessBroken(
  name: EmulatorBugName,
  emulator = process.env['EMULATOR'],
): { readonly skip: string | false } {
  const bug = emulatorBugs[name];
  return { skip: bug.emulator === emulator && `${bug.emulator} ${bug.does}` };
}
