import { REFERENCED_BYTES } from '../../../core/run/context.ts';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { BeyondReader, FormatError } from '../../../core/shared/format-error.ts';
import { requirePresent } from '../../../core/shared/require-present.ts';
import { findCrs } from '../../crs/find-crs.ts';
import type { LayerFeature } from '../../layer/layer.ts';
import {
  type FileContent,
  type FileReader,
  firstOfSeveral,
  LEFT_OUT_MEASURES,
} from '../common/file-reader.ts';
import { findMissingParts } from '../common/missing-parts.ts';
import { decodeText } from '../common/text.ts';
import { recordsFromDbf } from './dbf-read.ts';
import { geometriesFromShp, hasMeasures } from './shp-read.ts';
import { inflated, readZipEntries, type ZipEntry } from './zip.ts';

/**
 * Reads one layer of a zipped Shapefile: the one whose file has the name that the source asks for, else the first.
 * Of its files only the .shp must be there. The CRS is that of the .prj; see `findCrs` for what is recognised.
 * Written here, as the writer is, because the packages at hand put holes into rings by their bounding boxes, move dates
 * by the zone of the clock, take missing numbers for NaN, or move all coordinates to WGS 84.
 *
 * @throws LimitExceeded where the files would be larger than the process takes when they are inflated.
 */
export const readShapefile: FileReader = async (bytes, { layer, pointer }, count, { limits }) => {
  const entries = readZipEntries(bytes);
  const { base, names } = chooseLayer(entries, layer, pointer);
  const wanted = entries.filter(
    ({ name }) => withoutExtension(name) === base && /\.(shp|shx|dbf|prj|cpg)$/i.test(name),
  );
  const limit = limits.referencedBytes ?? REFERENCED_BYTES;
  const files = new Map<string, Uint8Array>();
  for (const [name, content] of inflated(bytes, wanted, limit, pointer)) {
    files.set(name.slice(base.length + 1).toLowerCase(), content);
  }
  const shp = requirePresent(files.get('shp'), 'The file of geometries');
  const geometries = geometriesFromShp(shp, files.get('shx'));
  count(geometries.length);
  const table = files.get('dbf');
  const cpg = files.get('cpg');
  const { records, remarks: ofTable } = table
    ? recordsFromDbf(table, cpg && decodeText(cpg, 'latin1'))
    : { records: geometries.map(() => ({})), remarks: [] };
  if (records.length > geometries.length)
    throw new FormatError(`it has ${geometries.length} shapes, but ${records.length} records in its .dbf.`);
  const features = geometries.flatMap((geometry, index): LayerFeature[] => {
    const properties = records[index];
    return properties ? [{ type: 'Feature', properties, geometry }] : [];
  });
  const remarks = [
    ...firstOfSeveral(layer, names.length, names.join(', ')),
    ...ofTable,
    ...(hasMeasures(shp) ? [LEFT_OUT_MEASURES] : []),
  ];
  if (records.length < geometries.length)
    remarks.push(
      `The Shapefile has ${geometries.length} shapes, but ${records.length} records in its .dbf: the last shapes were left out.`,
    );
  return { features, ...readPrj(files.get('prj')), remarks };
};

/** The path of a file without its extension. */
const withoutExtension = (name: string): string => name.replace(/\.[^./]*$/, '');
const withoutFolder = (base: string): string => base.replace(/^.*\//, '');

function chooseLayer(entries: readonly ZipEntry[], layer: string | undefined, pointer: string) {
  const bases = entries.filter(({ name }) => /\.shp$/i.test(name)).map(({ name }) => withoutExtension(name));
  const names = bases.map(withoutFolder);
  if (bases.length === 0) {
    const missing = findMissingParts(entries.map(({ name }) => name));
    if (missing) throw new BeyondReader(missing.reason, undefined, missing.title);
    const found = entries.slice(0, 10).map(({ name }) => name);
    throw new BeyondReader(`the archive has no .shp file; its files: ${found.join(', ') || 'none'}.`);
  }
  const base =
    layer === undefined ? bases[0] : bases.find((path) => path === layer || withoutFolder(path) === layer);
  if (base === undefined)
    throw new InvalidInput(pointer, `has no layer "${layer}"; its layers: ${names.join(', ')}.`);
  return { base, names };
}

function readPrj(prj: Uint8Array | undefined): Pick<FileContent, 'crs' | 'crsFault'> {
  if (!prj) return { crs: undefined };
  const text = new TextDecoder().decode(prj).trim();
  if (text === '') return { crs: undefined };
  const crs = findCrs(text);
  if (crs !== undefined) return { crs };
  return {
    crs: undefined,
    crsFault: `has a .prj file that holds no definition of a CRS: ${JSON.stringify(text.slice(0, 40))}.`,
  };
}
