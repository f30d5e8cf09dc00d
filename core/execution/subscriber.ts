import type { Subscriber } from '../jobs/execute-request.ts';
import type { Fault } from '../shared/errors.ts';
import { quote } from '../shared/quote.ts';

/** Characters of a subscriber's address: it is stored with the job, which must stay small. */
const LONGEST_URI = 2048;

/** Reads who is to be told of a job; what is wrong with it joins the faults. */
export function parseSubscriber(
  members: Readonly<Record<string, unknown>>,
  faults: Fault[],
): Subscriber | undefined {
  const uri = (name: string): string | undefined => {
    if (!Object.hasOwn(members, name)) return undefined;
    const value = members[name];
    const isAddress = typeof value === 'string' && URL.canParse(value) && /^https?:/i.test(value);
    if (isAddress && value.length <= LONGEST_URI) return value;
    faults.push({
      pointer: `/subscriber/${name}`,
      detail: `must be an absolute http or https URL of up to ${LONGEST_URI} characters, but is ${quote(value)}.`,
    });
    return undefined;
  };
  // The schema of version 1.0 spells the member `successUrl`, its prose `successUri`.
  const successUri = uri('successUri') ?? uri('successUrl');
  const inProgressUri = uri('inProgressUri');
  const failedUri = uri('failedUri');
  if (!successUri && !inProgressUri && !failedUri) return undefined;
  return {
    ...(successUri ? { successUri } : {}),
    ...(inProgressUri ? { inProgressUri } : {}),
    ...(failedUri ? { failedUri } : {}),
  };
}
