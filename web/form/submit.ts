import { scriptStrings } from '../../strings/scripts.ts';
import type { Asked } from './code.ts';
import type { Fault } from './faults.ts';

interface Refused {
  readonly faults: readonly Fault[];
  /** No answer came: it is not known whether the request arrived. */
  readonly isLost?: true;
}

type Started = { readonly location: string } | Refused;

/** Keys of requests for jobs: what is sent again because no answer came gets the job that was made, if one was. */
const keys = new Map<string, string>();

/** Starts a job for each value of an input, one after the other; the first that is refused ends it. Again, it starts the others alone. */
export async function runBatch(
  asked: Asked,
  { id, values }: { readonly id: string; readonly values: readonly unknown[] },
): Promise<readonly Fault[]> {
  const all = values.map((value) => ({
    ...asked,
    body: { ...asked.body, inputs: { ...asked.body.inputs, [id]: value } },
  }));
  // Files that are the same are a job each.
  for (const [place, one] of all.entries()) {
    const outcome = await askForJob(one, place);
    if ('faults' in outcome) return outcome.faults;
  }
  for (const [place, one] of all.entries()) keys.delete(nameOf(one, place));
  return [];
}

/** Asks for a job. What is refused comes back as faults, whatever went wrong. */
export async function startJob(asked: Asked): Promise<Started> {
  const outcome = await askForJob(asked, 0);
  if (!('faults' in outcome && outcome.isLost)) keys.delete(nameOf(asked, 0));
  return outcome;
}

const nameOf = (asked: Asked, place: number): string => `${place} ${JSON.stringify(asked)}`;

async function askForJob(asked: Asked, place: number): Promise<Started> {
  const name = nameOf(asked, place);
  const key = keys.get(name) ?? makeKey();
  keys.set(name, key);
  const headers = { Prefer: 'respond-async', 'Idempotency-Key': key };
  return send(asked, { query: '', headers, lost: scriptStrings.noAnswer }, (response) => {
    const location = response.headers.get('Location');
    return response.status === 201 && location !== null ? { location } : undefined;
  });
}

/** Also where the page came without encryption, which has no randomUUID(). */
const makeKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Asks what would become of it, without anything being run. */
export async function checkOnly(asked: Asked): Promise<Refused | { readonly sentences: readonly string[] }> {
  const headers = { Prefer: 'respond-async' };
  return send(asked, { query: '?dryRun=true', headers, lost: scriptStrings.offline }, async (response) =>
    response.ok ? ((await response.json()) as { sentences: readonly string[] }) : undefined,
  );
}

interface Sending {
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What is said where no answer comes. */
  readonly lost: string;
}

async function send<T>(
  { baseUrl, processID, body }: Asked,
  { query, headers, lost }: Sending,
  read: (response: Response) => Promise<T | undefined> | T | undefined,
): Promise<T | Refused> {
  try {
    const response = await fetch(`${baseUrl}/processes/${processID}/execution${query}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const good = await read(response);
    if (good !== undefined) return good;
    if (response.status === 401) return { faults: [{ pointer: '', detail: scriptStrings.signInFirst }] };
    const { errors, detail, title } = (await response.json()) as {
      errors?: readonly Fault[];
      detail?: string;
      title?: string;
    };
    return { faults: errors ?? [{ pointer: '', detail: detail ?? title ?? String(response.status) }] };
  } catch {
    return { faults: [{ pointer: '', detail: lost }], isLost: true };
  }
}
