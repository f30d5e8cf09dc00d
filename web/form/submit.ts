import { strings } from '../strings.ts';
import type { Asked } from './code.ts';
import type { Fault } from './faults.ts';

interface Refused {
  readonly faults: readonly Fault[];
}

type Started = { readonly location: string } | Refused;

/** Starts a job for each value of an input, one after the other; the first that is refused ends it. */
export async function runBatch(
  asked: Asked,
  { id, values }: { readonly id: string; readonly values: readonly unknown[] },
): Promise<readonly Fault[]> {
  for (const value of values) {
    const outcome = await startJob({
      ...asked,
      body: { ...asked.body, inputs: { ...asked.body.inputs, [id]: value } },
    });
    if ('faults' in outcome) return outcome.faults;
  }
  return [];
}

/** Asks for a job. What is refused comes back as faults, whatever went wrong. */
export async function startJob(asked: Asked): Promise<Started> {
  return send(asked, '', (response) => {
    const location = response.headers.get('Location');
    return response.status === 201 && location !== null ? { location } : undefined;
  });
}

/** Asks what would become of it, without anything being run. */
export async function checkOnly(asked: Asked): Promise<Refused | { readonly sentences: readonly string[] }> {
  return send(asked, '?dryRun=true', async (response) =>
    response.ok ? ((await response.json()) as { sentences: readonly string[] }) : undefined,
  );
}

async function send<T>(
  { baseUrl, processID, body }: Asked,
  query: string,
  read: (response: Response) => Promise<T | undefined> | T | undefined,
): Promise<T | Refused> {
  try {
    const response = await fetch(`${baseUrl}/processes/${processID}/execution${query}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', Prefer: 'respond-async' },
      body: JSON.stringify(body),
    });
    const good = await read(response);
    if (good !== undefined) return good;
    if (response.status === 401) return { faults: [{ pointer: '', detail: strings.signInFirst }] };
    const { errors, detail, title } = (await response.json()) as {
      errors?: readonly Fault[];
      detail?: string;
      title?: string;
    };
    return { faults: errors ?? [{ pointer: '', detail: detail ?? title ?? String(response.status) }] };
  } catch {
    return { faults: [{ pointer: '', detail: strings.offline }] };
  }
}
