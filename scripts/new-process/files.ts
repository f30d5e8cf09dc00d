import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { titleFromName } from './name.ts';

const SUFFIX = '.template';

/** The example that a process of each class starts from. */
const templates: Readonly<Record<ComputeClass, string>> = {
  light: 'numbers',
  vector: 'layer',
  raster: 'numbers',
};

/** Files of a new process: a small one that works, by path below the root of the project. */
export function renderFiles(id: string, computeClass: ComputeClass): Map<string, string> {
  const values: Readonly<Record<string, string>> = { id, computeClass, title: titleFromName(id) };
  const folder = join(import.meta.dirname, 'templates', templates[computeClass]);
  const names = readdirSync(folder).filter((name) => name.endsWith(SUFFIX));
  return new Map(
    names.map((template) => {
      const name = template.slice(0, -SUFFIX.length);
      const text = readFileSync(join(folder, template), 'utf8');
      return [
        join(name.endsWith('.test.ts') ? 'test/processes' : 'processes', id, name),
        text.replace(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? ''),
      ];
    }),
  );
}

/** Writes files that must not exist yet. */
export function writeNew(files: ReadonlyMap<string, string>, root: string): void {
  for (const [path, text] of files) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
  }
}
