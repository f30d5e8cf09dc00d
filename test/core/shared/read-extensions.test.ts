import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { typeOfHead } from '../../../core/forms/both-sides/file-type.ts';
import { layerFormats } from '../../../core/shared/formats.ts';
import { gdalFormats } from '../../../core/shared/gdal-formats.ts';
import { readExtensions } from '../../../core/shared/read-extensions.ts';
import { root } from '../../../scripts/lib/paths.ts';

const document = readFileSync(join(root, 'docs/guide/formats.md'), 'utf8');

/** Extensions that the guide says are read of layers or rasters; what is sent zipped has those of archives. */
function documented(heading: 'Layers' | 'Rasters'): string[] {
  const [, table = ''] = new RegExp(`\n## ${heading}\n\n((?:\\|.*\n)+)`).exec(document) ?? [];
  const rows = table.split('\n').slice(2, -1);
  assert.ok(rows.length > 10);
  return rows.flatMap((row) => {
    const [, title = '', extensions = '', , isRead = ''] = row.split('|').map((cell) => cell.trim());
    if (isRead !== 'yes') return [];
    const names = [...extensions.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    return title.endsWith('zipped)') ? ['.zip', ...names.filter((name) => /\.(zip|shz)$/.test(name))] : names;
  });
}

for (const [kind, heading] of [
  ['layer', 'Layers'],
  ['raster', 'Rasters'],
] as const) {
  describe(`files of a ${kind}`, () => {
    const offered = readExtensions(kind);

    test('are offered where the guide says that they are read', () => {
      assert.deepEqual(
        documented(heading).filter((name) => !offered.includes(name)),
        [],
      );
    });

    test('are offered only if they are read, or GDAL tries it, as the guide says', () => {
      const tried = gdalFormats.filter(
        ({ title }) => document.includes(`which there is no test file: `) && document.includes(title),
      );
      const known = new Set([...documented(heading), ...tried.flatMap(({ extensions }) => extensions)]);
      assert.deepEqual(
        offered.filter((name) => !known.has(name)),
        [],
      );
      for (const name of ['.vrt', '.jp2', '.nc', '.h5', '.hdf', '.ecw', '.shp'])
        assert.ok(!offered.includes(name), name);
    });
  });
}

test('what files are called says the same to the form and to the table of formats', () => {
  for (const { mediaType, binary, extension, alsoNamed = [] } of layerFormats)
    for (const name of binary || extension === '.fg.json' ? [] : [extension, ...alsoNamed])
      assert.equal(typeOfHead(`a${name}`, name.includes('json') ? '{' : 'a'), mediaType, name);
});
