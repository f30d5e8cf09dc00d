import { join } from 'node:path';

/** Root of the project. */
export const root = join(import.meta.dirname, '..', '..');

/** Everything that is made on this machine and belongs to nobody else: `npm run clean` deletes it. */
export const local = join(root, '.local');

/** Tools of the project come first, so that `node` is the version that the project asks for. */
export const toolsFirst = [join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(':');
