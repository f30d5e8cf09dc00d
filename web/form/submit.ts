import { strings } from '../strings.ts';
import type { Asked } from './code.ts';
import type { Fault } from './faults.ts';

export type Outcome = { readonly location: string } | { readonly faults: readonly Fault[] };

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
export async function startJob({ baseUrl, processID, body }: Asked): Promise<Outcome> {
  try {
    const response = await fetch(`${baseUrl}/processes/${processID}/execution`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', Prefer: 'respond-async' },
      body: JSON.stringify(body),
    });
    const location = response.headers.get('Location');
    if (response.status === 201 && location !== null) return { location };
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
