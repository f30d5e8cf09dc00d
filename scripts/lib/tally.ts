/** Events of Node's test runner that are counted; others pass by. */
interface RunnerEvent {
  readonly type: string;
  readonly data: {
    readonly file?: string;
    readonly counts?: { readonly passed: number; readonly failed: number; readonly skipped: number };
  };
}

/** Reporter for `node --test` that writes how many tests passed, failed and were left out, as JSON. */
export default async function* tally(events: AsyncIterable<RunnerEvent>): AsyncGenerator<string> {
  let counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    // The summary of the whole run is the one that belongs to no file.
    if (type === 'test:summary' && data.file === undefined && data.counts) counts = data.counts;
  }
  const { passed, failed, skipped } = counts;
  yield JSON.stringify({ passed, failed, skipped });
}
