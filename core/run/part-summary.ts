import { Encoded } from './context.ts';

/** In the place of the outputs of a process. */
const SUMMARY = '~summary';

/** What a run that is about a part of the work answers: not outputs, but what they are made of when all parts are there. */
export const partSummary = (bytes: Uint8Array): object => ({
  [SUMMARY]: new Encoded('application/octet-stream', bytes),
});

/** The summary in the answer of a run; undefined where it has outputs. */
export function readSummary(results: Readonly<Record<string, unknown>>): Encoded | undefined {
  const summary = results[SUMMARY];
  return summary instanceof Encoded ? summary : undefined;
}
