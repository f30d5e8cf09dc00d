/**
 * Writes what follows from the process folders: the registry of declarations, the tables of algorithms of each
 * worker and of what plans parts of rasters, the README of each process, kernels in WebAssembly, the list of formats, the table of operations, and which test proves which requirement. `--check` writes nothing and fails when a file is not current.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { computeClasses, type ProcessDeclaration } from '../core/processes/declaration.ts';
import { conformanceDocument } from './generate/conformance.ts';
import { costDocument } from './generate/cost.ts';
import { distanceVectors } from './generate/distance-vectors.ts';
import { errorsDocument } from './generate/errors.ts';
import { formatsDocument } from './generate/formats.ts';
import { withOperations } from './generate/operations-table.ts';
import { partsDocument } from './generate/parts.ts';
import { performanceFiles } from './generate/performance.ts';
import { processReadme } from './generate/process-readme.ts';
import { projectReadme } from './generate/readme.ts';
import { partPlansModule, registryModule, workerModule } from './generate/registry.ts';
import { scaleDocument } from './generate/scale.ts';
import { terrainVectors } from './generate/terrain-vectors.ts';
import { worstBillDocument } from './generate/worst-bill.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'processes');

const ids = readdirSync(folder)
  .filter((name) => existsSync(join(folder, name, 'process.ts')))
  .sort((a, b) => (a < b ? -1 : 1));

const processes = await Promise.all(
  ids.map(async (id) => {
    const module = (await import(join(folder, id, 'process.ts'))) as { default: ProcessDeclaration };
    if (module.default.id !== id)
      throw new Error(`processes/${id}/process.ts declares the id "${module.default.id}"`);
    return module.default;
  }),
);

const files = new Map<string, string>([
  ['processes/index.ts', registryModule(ids)],
  ...computeClasses.map((computeClass): [string, string] => [
    `functions/worker/runs/${computeClass}.ts`,
    workerModule(processes.filter((process) => process.computeClass === computeClass).map(({ id }) => id)),
  ]),
  [
    'functions/execution/part-plans.ts',
    partPlansModule(ids.filter((id) => existsSync(join(folder, id, 'plan.ts')))),
  ],
  ...processes.map((process): [string, string] => [
    `processes/${process.id}/README.md`,
    processReadme(process),
  ]),
]);

files.set('README.md', projectReadme(readFileSync(join(root, 'README.md'), 'utf8'), processes));
files.set('geo/raster/terrain/generated/terrain-vectors.ts', await terrainVectors());
files.set('geo/surfaces/generated/distance-vectors.ts', await distanceVectors());
files.set('docs/architecture.md', withOperations(readFileSync(join(root, 'docs/architecture.md'), 'utf8')));
files.set('docs/conformance.md', conformanceDocument(root));
files.set('docs/guide/errors.md', errorsDocument());
files.set('docs/operate/parts.md', partsDocument(processes));
files.set('docs/operate/worst-bill.md', worstBillDocument());
files.set('docs/operate/scale.md', scaleDocument());
files.set('docs/guide/formats.md', formatsDocument(root));
files.set('docs/operate/cost.md', costDocument());
for (const [path, text] of performanceFiles()) files.set(path, text);

const stale = [...files].filter(([path, text]) => {
  const full = join(root, path);
  return !existsSync(full) || readFileSync(full, 'utf8') !== text;
});

if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`Out of date: ${path}`);
  if (stale.length > 0) {
    console.error('Run "npm run generate" and commit the result.');
    process.exitCode = 1;
  }
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`Wrote ${path}`);
  }
}
