import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** What runs jobs that are too large for the workers, as the path of a handler: no function. */
export const LARGE_ENTRY = 'worker/large';

const root = join(import.meta.dirname, '..', '..');

/** Characters that the code may have: ECS takes 64 KiB for the whole definition of a task. */
const MOST = 40_000;

/** The code with which a task of the large class begins, small enough to be part of its command. */
export function bootstrapCode(): string {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [join(root, 'functions', 'bootstrap', 'start.ts')],
    bundle: true,
    // What `--eval` takes without a further option.
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    minify: true,
    legalComments: 'none',
    write: false,
    logLevel: 'error',
  });
  const code = outputFiles[0]?.text ?? '';
  if (code === '' || code.length > MOST)
    throw new Error(`The bootstrap of the large class has ${code.length} characters; up to ${MOST} fit`);
  return code;
}
