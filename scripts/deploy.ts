import { spawnSync } from 'node:child_process';
import { settingsFor } from '../infra/config/config.ts';
import { checkDeployment, readAccount } from './lib/deployment-check.ts';
import { root, toolsFirst } from './lib/paths.ts';
import { main, Problem } from './lib/progress.ts';

/**
 * `STAGE=... npm run deploy [-- OPTIONS OF CDK DEPLOY]`: looks whether AWS would take the stacks, says what to ask it for
 * where it would not, and deploys them. The CDK asks before it widens permissions.
 */
await main(async () => {
  const { STAGE = 'dev' } = process.env;
  const settings = settingsFor(STAGE, process.env);
  const { problems, warnings } = checkDeployment(await account(STAGE), settings);
  for (const warning of warnings) console.warn(`Warning: ${warning}.`);
  if (problems.length > 0)
    throw new Problem(['It would fail:', ...problems.map((problem) => `- ${problem}.`)].join('\n'));
  const { status } = spawnSync('cdk', ['deploy', '--all', ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, PATH: toolsFirst },
    stdio: 'inherit',
  });
  return status ?? 1;
});

async function account(stage: string) {
  try {
    return await readAccount(stage);
  } catch (error) {
    throw new Problem(
      `AWS does not answer: ${error instanceof Error ? error.message : String(error)}\n` +
        'The credentials and the region come from the environment, as for the AWS command line: does `aws sts get-caller-identity` answer?',
    );
  }
}
