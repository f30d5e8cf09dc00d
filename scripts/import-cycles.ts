// Shows cycles among the folders of the roots, or of those that are named: node scripts/import-cycles.ts [ROOT ...]
import { describeCycle, folderCycles, moduleCycles, readImportGraph } from './lib/import-graph.ts';
import { layers } from './lib/layers.ts';
import { root } from './lib/paths.ts';
import { main } from './lib/progress.ts';

await main(async () => {
  const roots = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(layers);
  let found = 0;
  for (const name of roots) {
    const imports = readImportGraph(root, [name]);
    const cycles = folderCycles(imports, name);
    const modules = moduleCycles(imports);
    found += cycles.length + modules.length;
    console.log(`${name}: ${cycles.length === 0 ? 'no cycle of folders' : ''}`);
    for (const cycle of cycles) console.log(describeCycle(cycle));
    for (const files of modules) console.log(`Modules that load each other: ${files.join(', ')}`);
  }
  return found === 0 ? 0 : 1;
});
