import { AttributeType, type GlobalSecondaryIndexProps, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { IConstruct } from 'constructs';
import { TableIndex } from '../../functions/aws/table-indexes.ts';
import type { Settings } from '../config/config.ts';

/**
 * Key of the CDK's context with the names of the only indexes that the table is to have, comma separated: DynamoDB creates or deletes one
 * in an update of a table, so that `npm run deploy` gets there step by step.
 */
export const ONLY_INDEXES = 'ogc-processes:only-indexes';

const text = (name: string) => ({ name, type: AttributeType.STRING });
const { ALL, KEYS_ONLY } = ProjectionType;

/** In the order in which they are added to a table that lacks several: what the service cannot do without is first. */
const definitions: readonly GlobalSecondaryIndexProps[] = [
  {
    indexName: TableIndex.jobs,
    partitionKey: text('listKey'),
    sortKey: text('position'),
    projectionType: ALL,
  },
  // Only unfinished jobs have its keys; they come with the write that makes a job and go with the one that ends it.
  {
    indexName: TableIndex.due,
    partitionKey: text('sweepKey'),
    sortKey: text('due'),
    projectionType: KEYS_ONLY,
  },
  // Only jobs that wait for their turn have its keys.
  {
    indexName: TableIndex.line,
    partitionKey: text('waitsFor'),
    sortKey: text('waitPosition'),
    projectionType: KEYS_ONLY,
  },
  {
    indexName: TableIndex.allJobs,
    partitionKey: text('everyKey'),
    sortKey: text('position'),
    projectionType: ALL,
  },
];

/** Names of all indexes that a table of this version may have. */
export const knownIndexes: readonly string[] = definitions.map(({ indexName }) => indexName);

/** Names of the indexes that a deployment needs. */
export const neededIndexes = ({ authorization }: Pick<Settings, 'authorization'>): readonly string[] =>
  // Where there are owners there is somebody who looks after the jobs of all.
  knownIndexes.filter((name) => name !== TableIndex.allJobs || authorization.mode !== 'none');

/** The indexes of the table of jobs: those that are needed, or those that are there on the way to them. */
export function jobIndexes(scope: IConstruct, settings: Settings): readonly GlobalSecondaryIndexProps[] {
  const only = scope.node.tryGetContext(ONLY_INDEXES) as string | undefined;
  const names = only === undefined ? neededIndexes(settings) : only.split(',');
  return definitions.filter(({ indexName }) => names.includes(indexName));
}
