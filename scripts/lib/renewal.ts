import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { stackNames } from '../../infra/service.ts';
import { step } from './progress.ts';
import * as cloudFormation from './stacks.ts';

type Stacks = Pick<typeof cloudFormation, 'stackStatus' | 'deployedTemplate' | 'deleteStack'>;

/** Stacks that hold no data, each before those that it needs. */
const renewable = ['api', 'compute'] as const;

/**
 * Makes room for the stacks that a deployment changes. LocalStack reports most updates of REST APIs, rules and log
 * groups as done without doing them, and leaves the stage of an API pointing at a deployment that is gone. So stacks
 * without data are deleted, to be made anew; the stack with the data stays as it is.
 *
 * @param assembly directory of the synthesized templates
 * @returns the names of the stacks that were removed
 */
export async function removeChangedStacks(
  stage: string,
  assembly: string,
  stacks: Stacks = cloudFormation,
): Promise<string[]> {
  const names = stackNames(stage);
  if (await isChanged(names.state, assembly, stacks)) {
    console.log(
      `- The stack ${names.state} has changed, but LocalStack does not update tables and buckets: they stay as they are. ` +
        'Restart LocalStack to start from scratch.',
    );
  }
  const changed = await Promise.all(renewable.map((name) => isChanged(names[name], assembly, stacks)));
  // A stack cannot go while another one uses it.
  const count = changed.lastIndexOf(true) + 1;
  const removed: string[] = [];
  for (const name of renewable.slice(0, count).map((each) => names[each])) {
    if ((await stacks.stackStatus(name)) === undefined) continue;
    await step(`Removing the stack ${name}, which is recreated`, () => stacks.deleteStack(name));
    removed.push(name);
  }
  return removed;
}

/** Whether a stack is deployed from another template than the synthesized one, or was left unfinished. */
async function isChanged(name: string, assembly: string, stacks: Stacks): Promise<boolean> {
  const status = await stacks.stackStatus(name);
  if (status === undefined) return false;
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(status)) return true;
  const synthesized = JSON.parse(readFileSync(join(assembly, `${name}.template.json`), 'utf8'));
  return !isDeepStrictEqual(await stacks.deployedTemplate(name), synthesized);
}
