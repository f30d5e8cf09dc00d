import { readFile } from 'node:fs/promises';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { type Crs, isWgs84 } from '../../crs/crs.ts';
import { wktFromCrs } from '../../crs/definition-text.ts';
import type { Bounds } from '../../geometry/bounds.ts';
import { computeBounds, type LayerContent, type LayerFeature } from '../../layer/layer.ts';
import { areKeys, type Column, inferColumns } from '../common/columns.ts';
import { withTemporaryFile } from '../common/temporary-file.ts';
import { describeRenaming, uniqueNames } from '../common/unique-names.ts';
import type { WrittenFile } from '../common/written-file.ts';
import { hasZ, WkbWriter } from '../wkb/wkb.ts';
import { APPLICATION_ID, baseTables, quoted, rtreeSql, USER_VERSION } from './geopackage-schema.ts';

const TABLE = 'result';
/** Same bytes for the same request: the time of the last change is not that of the clock. */
const LAST_CHANGE = '1970-01-01T00:00:00.000Z';

const columnTypes = {
  boolean: 'BOOLEAN',
  integer: 'INTEGER',
  number: 'REAL',
  string: 'TEXT',
  json: 'TEXT',
} as const;

/**
 * A GeoPackage with the one layer `result`, features in their order, with a spatial index. Feature ids become
 * the primary key where they are ascending integers, else a column `id`.
 */
export async function geopackageBytes(layer: LayerContent): Promise<WrittenFile> {
  // Readers know the codes of EPSG; all others are defined.
  const isKnown = isWgs84(layer.crs) || layer.crs.identifier?.authority === 'EPSG';
  const definition = (isKnown ? undefined : await wktFromCrs(layer.crs)) ?? 'undefined';
  return withTemporaryFile('result.gpkg', async (path) => {
    const database = new DatabaseSync(path);
    let remarks: string[] = [];
    try {
      database.exec(
        `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${USER_VERSION};`,
      );
      database.exec(`BEGIN; ${baseTables}`);
      remarks = writeLayerTable(database, layer, definition);
      database.exec('COMMIT');
    } finally {
      database.close();
    }
    return { bytes: await readFile(path), remarks };
  });
}

function writeLayerTable(
  database: DatabaseSync,
  { features, crs }: LayerContent,
  definition: string,
): string[] {
  const idsAreKeys = areKeys(features);
  const columns = inferColumns(features, !idsAreKeys);
  // Properties keep their names where SQLite can tell them apart; it is the two columns of the format that give way.
  const own = columns.map(({ name }) => name);
  const unique = uniqueNames([...own.map((name) => name.replaceAll('\0', '') || 'column'), 'geom', 'fid']);
  const [geometry = '', key = ''] = unique.slice(-2);
  const srsId = writeSrs(database, crs, definition);
  const bounds = computeBounds(features.map((feature) => feature.geometry));
  const types = new Set(features.flatMap((feature) => (feature.geometry ? [feature.geometry.type] : [])));
  const [only] = types;
  const type = only && types.size === 1 ? only.toUpperCase() : 'GEOMETRY';
  const z = features.some((feature) => feature.geometry && hasZ(feature.geometry));
  const definitions = columns.map(
    (column, index) => `${quoted(unique[index] ?? '')} ${columnTypes[column.type]}`,
  );
  database.exec(
    `CREATE TABLE ${quoted(TABLE)} (${[`${quoted(key)} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL`, `${quoted(geometry)} ${type}`, ...definitions].join(', ')})`,
  );
  database
    .prepare('INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(TABLE, 'features', TABLE, '', LAST_CHANGE, ...(bounds ?? [null, null, null, null]), srsId);
  database
    .prepare('INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, ?, 0)')
    .run(TABLE, geometry, type, srsId, z ? 2 : 0);
  for (const [index, column] of columns.entries()) {
    if (column.type !== 'json') continue;
    database
      .prepare('INSERT INTO gpkg_data_columns (table_name, column_name, mime_type) VALUES (?, ?, ?)')
      .run(TABLE, unique[index] ?? '', 'application/json');
  }
  writeRows(database, features, columns, { key, geometry, srsId, idsAreKeys });
  // The triggers come last: they use functions that only readers of GeoPackages have.
  database.exec(rtreeSql(TABLE, geometry, key));
  return describeRenaming(own, unique, 'a GeoPackage, where names are case-insensitive');
}

interface RowOptions {
  readonly key: string;
  readonly geometry: string;
  readonly srsId: number;
  readonly idsAreKeys: boolean;
}

function writeRows(
  database: DatabaseSync,
  features: readonly LayerFeature[],
  columns: readonly Column[],
  { geometry, srsId, idsAreKeys }: RowOptions,
): void {
  const index = quoted(`rtree_${TABLE}_${geometry}`);
  database.exec(`CREATE VIRTUAL TABLE ${index} USING rtree(id, minx, maxx, miny, maxy)`);
  database
    .prepare('INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)')
    .run(
      TABLE,
      geometry,
      'gpkg_rtree_index',
      'http://www.geopackage.org/spec121/#extension_rtree',
      'write-only',
    );
  const places = Array.from({ length: columns.length + 2 }, () => '?').join(', ');
  const insert = database.prepare(`INSERT INTO ${quoted(TABLE)} VALUES (${places})`);
  const insertBounds = database.prepare(`INSERT INTO ${index} VALUES (?, ?, ?, ?, ?)`);
  const wkb = new WkbWriter();
  for (const [position, feature] of features.entries()) {
    const fid = idsAreKeys ? (feature.id as number) : position + 1;
    const bounds = computeBounds([feature.geometry]);
    const blob = feature.geometry ? geometryBlob(wkb.write(feature.geometry), srsId, bounds) : null;
    // oxlint-disable-next-line house/no-spread-into-call -- a table has 2000 columns at most
    insert.run(fid, blob, ...columns.map((column) => sqlValue(column, feature)));
    if (bounds) insertBounds.run(fid, bounds[0], bounds[2], bounds[1], bounds[3]);
  }
}

function sqlValue({ type, read }: Column, feature: LayerFeature): SQLInputValue {
  const value = read(feature);
  if (typeof value === 'boolean') return value ? 1 : 0;
  return type === 'integer' && value !== null ? BigInt(value as number) : (value as SQLInputValue);
}

/** Id of CRSs that have none in a register; those of EPSG and ESRI are smaller or are listed by their own. */
const OWN_ID = 300_000;

/** Id under which the CRS is listed; CRS84 is 4326, as coordinates in a GeoPackage are x first anyway. */
function writeSrs(database: DatabaseSync, crs: Crs, definition: string): number {
  if (isWgs84(crs)) return 4326;
  const { authority, code } = crs.identifier ?? { authority: 'NONE', code: String(OWN_ID) };
  database
    .prepare('INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)')
    .run(crs.name, Number(code), authority, Number(code), definition);
  return Number(code);
}

/** A geometry as GeoPackages store it: a header with the bounds, then WKB (clause 2.1.3). */
function geometryBlob(wkb: Uint8Array, srsId: number, bounds: Bounds | undefined): Uint8Array {
  const blob = Buffer.alloc((bounds ? 40 : 8) + wkb.length);
  blob.write('GP', 0, 'latin1');
  blob[3] = bounds ? 0b0000_0011 : 0b0001_0001;
  blob.writeInt32LE(srsId, 4);
  if (bounds) {
    for (const [index, value] of [bounds[0], bounds[2], bounds[1], bounds[3]].entries()) {
      blob.writeDoubleLE(value, 8 + index * 8);
    }
  }
  blob.set(wkb, blob.length - wkb.length);
  return blob;
}
