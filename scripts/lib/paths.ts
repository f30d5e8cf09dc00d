import { join } from 'node:path';

/** Root of the project. */
export const root = join(import.meta.dirname, '..', '..');

/** Everything that is made on this machine and belongs to nobody else: `npm run clean` deletes it. */
export const local = join(root, '.local');

/** Tools of the project come first, so that `node` is the version that the project asks for. */
export const toolsFirst = [join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(':');

/**
 * Environment of the programs of a run of tests: with the tools of the project, and with what Node compiled kept from one
 * process to the next, of which there are hundreds that load the same modules.
 */
export const toolEnvironment = (): NodeJS.ProcessEnv => ({
  NODE_COMPILE_CACHE: join(local, 'compile-cache'),
  ...process.env,
  PATH: toolsFirst,
});
