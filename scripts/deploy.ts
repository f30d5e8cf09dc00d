import { spawnSync } from 'node:child_process';
import { settingsFor } from '../infra/config/config.ts';
import { neededIndexes, ONLY_INDEXES } from '../infra/constructs/job-indexes.ts';
import { stackNames } from '../infra/service.ts';
import { checkDeployment, readAccount } from './lib/deployment-check.ts';
import { indexSteps, readIndexes } from './lib/index-steps.ts';
import { removeOldVersions } from './lib/old-versions.ts';
import { root, toolsFirst } from './lib/paths.ts';
import { main, Problem } from './lib/progress.ts';

/**
 * `STAGE=... npm run deploy [-- OPTIONS OF CDK DEPLOY]`: looks whether AWS would take the stacks, says what to ask it for
 * where it would not, deploys them, the indexes of a table that is there one by one, and removes function versions that no job can call any
 * longer. The CDK asks before it widens permissions.
 */
await main(async () => {
  const { STAGE = 'dev' } = process.env;
  const settings = settingsFor(STAGE, process.env);
  const facts = await account(STAGE);
  const { problems, warnings } = checkDeployment(facts, settings);
  for (const warning of warnings) console.warn(`Warning: ${warning}.`);
  if (problems.length > 0)
    throw new Problem(
      ['The deployment would fail:', ...problems.map((problem) => `- ${problem}.`)].join('\n'),
    );
  const failed = facts.indexes && (await changeIndexes(STAGE, facts.indexes, neededIndexes(settings)));
  if (failed) return failed;
  const status = cdkDeploy('--all');
  if (status === 0) await tidyUp(STAGE);
  return status;
});

/** @returns the code with which the CDK ended */
function cdkDeploy(...args: readonly string[]): number {
  const { status } = spawnSync('cdk', ['deploy', ...args, ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, PATH: toolsFirst },
    stdio: 'inherit',
  });
  return status ?? 1;
}

/**
 * Brings the indexes of a table that is there already to those that are needed, one in a deployment, before functions ask for them. If it is
 * interrupted, the next deployment goes on from there. @returns what the deployment that failed ended with
 */
async function changeIndexes(
  stage: string,
  has: readonly string[],
  needed: readonly string[],
): Promise<number> {
  const { state } = stackNames(stage);
  const steps = indexSteps(has, needed);
  for (const [index, names] of steps.entries()) {
    console.log(`Step ${index + 1} of ${steps.length} to the indexes of the table: ${names.join(', ')}`);
    const status = cdkDeploy(state, '--exclusively', '--context', `${ONLY_INDEXES}=${names.join(',')}`);
    if (status !== 0) return status;
    // CloudFormation does not wait until an index has all items.
    await readIndexes(stage);
  }
  return 0;
}

/** What cannot be removed now is removed with the next deployment. */
async function tidyUp(stage: string): Promise<void> {
  try {
    const removed = await removeOldVersions(stackNames(stage).compute);
    if (removed > 0) console.log(`Removed ${removed} function versions that no job can call any longer.`);
  } catch (error) {
    console.warn(`Warning: old function versions could not be removed: ${String(error)}`);
  }
}

async function account(stage: string) {
  try {
    return await readAccount(stage);
  } catch (error) {
    throw new Problem(
      `AWS does not respond: ${error instanceof Error ? error.message : String(error)}\n` +
        'The credentials and the region come from the environment, as for the AWS CLI: does `aws sts get-caller-identity` succeed?',
    );
  }
}
