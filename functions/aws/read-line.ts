import type { Job, WaitingJob } from '../../core/jobs/job.ts';
import { parsePositionKey, positionKey } from '../../core/jobs/position.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { groupOfOwner } from './group-of-owner.ts';
import type { ItemTable } from './item-table.ts';
import { TableIndex } from './table-indexes.ts';

/** Place in the index of a line: the jobs of an owner together, oldest first. */
export const makeWaitPosition = (job: Pick<Job, 'owner' | 'created' | 'jobID'>): string =>
  `${groupOfOwner(job.owner)}#${positionKey(job)}`;

interface LineQuery {
  readonly computeClass: ComputeClass;
  readonly limit: number;
  readonly owner: string | undefined;
}

/** Jobs that wait in a line, or those of an owner in it, oldest first. */
export async function readLine(
  table: ItemTable,
  { computeClass, limit, owner }: LineQuery,
): Promise<WaitingJob[]> {
  const jobs: WaitingJob[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const ofOwner = owner === undefined ? '' : ' AND begins_with(#waitPosition, :owner)';
    const { items, last } = await table.query({
      IndexName: TableIndex.line,
      KeyConditionExpression: `#waitsFor = :waitsFor${ofOwner}`,
      ExpressionAttributeNames: {
        '#waitsFor': 'waitsFor',
        ...(owner === undefined ? {} : { '#waitPosition': 'waitPosition' }),
      },
      ExpressionAttributeValues: {
        ':waitsFor': computeClass,
        ...(owner === undefined ? {} : { ':owner': `${groupOfOwner(owner)}#` }),
      },
      Limit: limit - jobs.length,
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    });
    for (const { waitPosition } of items) jobs.push(parseWaitPosition(String(waitPosition)));
    start = last;
  } while (start !== undefined && jobs.length < limit);
  return jobs;
}

function parseWaitPosition(text: string): WaitingJob {
  const mark = text.indexOf('#');
  return { group: text.slice(0, mark), ...parsePositionKey(text.slice(mark + 1)) };
}
