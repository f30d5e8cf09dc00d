import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ComputeClass, computeClasses } from '../core/processes/declaration.ts';
import { root } from './lib/paths.ts';
import { main, Problem } from './lib/progress.ts';
import { renderFiles, writeNew } from './new-process/files.ts';
import { checkName } from './new-process/name.ts';
import { addUncompared, uncomparedFile } from './new-process/uncompared.ts';

const usage = `Usage: npm run new:process -- NAME [--class ${computeClasses.join('|')}]`;

/** `npm run new:process -- NAME`: makes the folder of a small process that works, with its tests. */
await main(async () => {
  const { id, computeClass } = readArguments();
  checkName(id, root);
  const files = renderFiles(id, computeClass);
  writeNew(files, root);
  for (const path of files.keys()) console.log(`Wrote ${path}`);
  addUncompared(id, root);
  console.log(`Wrote ${uncomparedFile}`);

  if (!runScript('generate.ts'))
    throw new Problem('The files have been created, but "npm run generate" failed: see above.');
  // A process is complete without its picture, but a test misses it: whoever has no Chromium is told so at once.
  if (!runScript('render-pictures.ts'))
    console.log('Its picture could not be drawn (see above): install Chromium and run "npm run pictures".');
  console.log(nextSteps(id));
  return 0;
});

/** @returns whether the script ended well */
function runScript(name: string): boolean {
  return spawnSync(process.execPath, [join(root, 'scripts', name)], { stdio: 'inherit' }).status === 0;
}

function readArguments(): { readonly id: string; readonly computeClass: ComputeClass } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { class: { type: 'string', default: 'light' } },
    });
    const computeClass = computeClasses.find((name) => name === values.class);
    const [id] = positionals;
    if (id === undefined || positionals.length > 1 || !computeClass) throw new Problem(usage);
    return { id, computeClass };
  } catch (error) {
    throw error instanceof Problem ? error : new Problem(`${(error as Error).message}\n${usage}`);
  }
}

function nextSteps(id: string): string {
  return `
The process works already: node --test "test/processes/${id}/*.test.ts"

Next:
  1. processes/${id}/process.ts   declare what goes in, what comes out, and examples that can be run as they stand
  2. processes/${id}/run.ts       compute it
  3. test/processes/${id}/        say what it must do
  4. npm run generate             brings its README up to date
     npm run pictures             draws its first example as it is now
  5. npm run check && npm test
  6. ${uncomparedFile}        compare it with other software, or say why not

Then "npm start" serves it at /processes/${id}.`;
}
