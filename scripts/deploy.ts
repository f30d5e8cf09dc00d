import { spawnSync } from 'node:child_process';
import { settingsFor } from '../infra/config/config.ts';
import { stackNames } from '../infra/service.ts';
import { checkDeployment, readAccount } from './lib/deployment-check.ts';
import { removeOldVersions } from './lib/old-versions.ts';
import { root, toolsFirst } from './lib/paths.ts';
import { main, Problem } from './lib/progress.ts';

/**
 * `STAGE=... npm run deploy [-- OPTIONS OF CDK DEPLOY]`: looks whether AWS would take the stacks, says what to ask it for
 * where it would not, deploys them, and removes function versions that no job can call any longer. The CDK asks before it widens permissions.
 */
await main(async () => {
  const { STAGE = 'dev' } = process.env;
  const settings = settingsFor(STAGE, process.env);
  const { problems, warnings } = checkDeployment(await account(STAGE), settings);
  for (const warning of warnings) console.warn(`Warning: ${warning}.`);
  if (problems.length > 0)
    throw new Problem(
      ['The deployment would fail:', ...problems.map((problem) => `- ${problem}.`)].join('\n'),
    );
  const { status } = spawnSync('cdk', ['deploy', '--all', ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, PATH: toolsFirst },
    stdio: 'inherit',
  });
  if (status === 0) await tidyUp(STAGE);
  return status ?? 1;
});

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
