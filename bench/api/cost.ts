import type { Calls } from '../stand-in/stand-in.ts';

/** What a request, or a job to its end, costs. */
export interface Cost {
  /** Milliseconds of processor time of all functions that take part. */
  readonly cpu: number;
  /** Milliseconds until the answer where AWS answers at once; of a job none. */
  readonly p50?: number;
  /** What was asked of AWS. */
  readonly calls: Readonly<Calls>;
  /** What DynamoDB charges for. */
  readonly units: { readonly read: number; readonly write: number };
}

export const added = (costs: readonly Cost[]): Cost => ({
  cpu: costs.reduce((sum, { cpu }) => sum + cpu, 0),
  calls: costs.reduce<Calls>((sum, { calls }) => {
    for (const [name, count] of Object.entries(calls)) sum[name] = (sum[name] ?? 0) + count;
    return sum;
  }, {}),
  units: {
    read: costs.reduce((sum, { units }) => sum + units.read, 0),
    write: costs.reduce((sum, { units }) => sum + units.write, 0),
  },
});
