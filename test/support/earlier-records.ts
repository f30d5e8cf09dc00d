import { readFileSync } from 'node:fs';
import type { Job } from '../../core/jobs/job.ts';
import { type JobItem, jobFromItem } from '../../functions/aws/job-item.ts';

/** An item of the table as a version before wrote it: without what it did not know. */
export type EarlierItem = Readonly<Record<string, unknown>> & {
  readonly jobID: string;
  readonly owner: string;
};

interface Records {
  readonly items: Readonly<Record<string, EarlierItem>>;
  readonly objects: Readonly<Record<string, { readonly mediaType: string; readonly text: string }>>;
}

/** They are kept as long as a test may run. */
const expires = Date.UTC(2100, 0, 1) / 1000;

const { items, objects }: Records = JSON.parse(readFileSync('test/fixtures/records/0.1.0.json', 'utf8'));

/** What version 0.1.0 wrote, made by its own code: items of the table by what they are, objects of the bucket by their keys. */
export const earlierRecords: Records = {
  objects,
  items: Object.fromEntries(Object.entries(items).map(([name, item]) => [name, { ...item, expires }])),
};

/** An item by its name. */
export function earlierItem(name: string): EarlierItem {
  const item = earlierRecords.items[name];
  if (!item) throw new Error(`There is no record ${name}`);
  return item;
}

/** The job that an item holds, as the adapter of the table reads it. */
export const earlierJob = (name: string): Job => jobFromItem(earlierItem(name) as unknown as JobItem);
