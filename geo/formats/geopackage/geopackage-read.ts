import { writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import type { Source } from '../../../core/run/context.ts';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { exactInteger } from '../../../core/shared/exact-json.ts';
import { BeyondReader, FormatError } from '../../../core/shared/format-error.ts';
import { jsonOrText } from '../../../core/shared/json.ts';
import { crsFromCode, findCrs } from '../../crs/find-crs.ts';
import type { LayerFeature, Properties } from '../../layer/layer.ts';
import { setProperty } from '../../layer/properties.ts';
import { CurveTally } from '../common/curve-tally.ts';
import {
  type FileContent,
  type FileReader,
  firstOfSeveral,
  LEFT_OUT_MEASURES,
} from '../common/file-reader.ts';
import { withTemporaryFile } from '../common/temporary-file.ts';
import { checkValues } from '../common/values.ts';
import { geometryFromWkb } from '../wkb/wkb.ts';
import { hasMeasures } from '../wkb/wkb-measures.ts';
import { quoted } from './geopackage-schema.ts';

/**
 * Reads one layer of a GeoPackage: the one that the source names, else the first. Primary keys become feature
 * ids, booleans and JSON columns regain their types, other binary columns are given as base64.
 */
export const readGeopackage: FileReader = (bytes, source, count) =>
  withTemporaryFile('input.gpkg', async (path) => {
    await writeFile(path, bytes);
    return readGeopackageFile(path, source, count);
  });

/** The same of a file that is there already. */
export function readGeopackageFile(
  path: string,
  source: Pick<Source, 'layer' | 'pointer'>,
  count: (features: number) => void,
): FileContent {
  try {
    return readDatabase(path, source, count);
  } catch (error) {
    throw databaseError(error);
  }
}

/** SQLite's codes for what the service lacks: memory, a readable file, space (sqlite.org/rescode.html). */
const ownCodes = new Set([7, 10, 13, 14]);

/** What SQLite stumbles over is the file's fault, unless the service lacks something. */
function databaseError(error: unknown): unknown {
  const { code, errcode = 0, message } = error as { code?: string; errcode?: number; message: string };
  // The lower byte is the primary code.
  if (code !== 'ERR_SQLITE_ERROR' || ownCodes.has(errcode & 0xff)) return error;
  return new FormatError(message, { cause: error });
}

function readDatabase(
  path: string,
  source: Pick<Source, 'layer' | 'pointer'>,
  count: (features: number) => void,
): FileContent {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    // The file comes from a stranger: nothing in its schema may call functions with side effects.
    database.exec('PRAGMA trusted_schema = OFF');
    for (const name of ownTables) {
      const kind = findKind(database, name);
      if (kind === undefined) throw new BeyondReader(`it has no table ${name}.`);
      if (kind !== 'table') throw new FormatError(`its ${name} is not a table.`);
      checkColumns(database, name);
    }
    const { table, geometry, srsId, remarks } = layerTable(database, source.layer, source.pointer);
    const columns = checkColumns(database, table);
    const rows = Number(database.prepare(`SELECT count(*) AS n FROM ${quoted(table)}`).get()?.['n']);
    count(rows);
    checkValues(rows * columns, source.pointer);
    const curves = new CurveTally(source.pointer);
    const { features, measured } = readFeatures(database, table, geometry, curves);
    const told = [...remarks, ...(measured ? [LEFT_OUT_MEASURES] : []), ...curves.remarks];
    return { features, ...readCrs(database, srsId), remarks: told };
  } finally {
    database.close();
  }
}

/**
 * The CRS that a row of gpkg_spatial_ref_sys defines. The codes -1 and 0, and what has neither a known organisation nor
 * a definition, stand for none.
 */
function readCrs(database: DatabaseSync, srsId: number): Pick<FileContent, 'crs' | 'crsFault'> {
  if (srsId === -1 || srsId === 0) return { crs: undefined };
  const row = database.prepare('SELECT * FROM gpkg_spatial_ref_sys WHERE srs_id = ?').get(srsId);
  const texts = [row?.['definition_12_063'], row?.['definition']]
    .map((text) => String(text ?? '').trim())
    .filter((text) => text !== '' && !/^undefined$/i.test(text));
  const defined = texts.map(findCrs).find((crs) => crs !== undefined);
  if (defined && defined.fault === undefined) return { crs: defined };
  const [organization, code] = [
    String(row?.['organization'] ?? ''),
    Number(row?.['organization_coordsys_id']),
  ];
  const coded = /^(?:EPSG|ESRI|OGC)$/i.test(organization) ? crsFromCode(organization, code) : undefined;
  if (coded && coded.fault === undefined) return { crs: coded };
  const [text] = texts;
  if (!defined && !coded && text !== undefined && !UNKNOWN.test(text)) {
    const shown = JSON.stringify(text.slice(0, 60));
    return { crs: undefined, crsFault: `has a CRS whose definition cannot be read: ${shown}.` };
  }
  return { crs: UNKNOWN.test(text ?? '') ? undefined : (defined ?? coded) };
}

/** A local CRS, under which programs write that they know none. */
const UNKNOWN = /^(?:LOCAL_CS|ENGCRS|ENGINEERINGCRS)\s*\[\s*"(?:undefined|unknown|unnamed)?[^"]*"/i;

/**
 * Whether a name stands for a table, a view or something else. A view may be a query without an end, which nothing stops
 * once it runs, and so may what a virtual table is made of: neither is ever asked.
 */
const findKind = (database: DatabaseSync, name: string): unknown =>
  database.prepare(`PRAGMA main.table_list(${quoted(name)})`).get()?.['type'];

/** `hidden` of a column that is computed when it is read: a few bytes say any number of megabytes. */
const COMPUTED = 2;

/** Refuses a table with computed columns. @returns how many columns it has @throws FormatError */
function checkColumns(database: DatabaseSync, table: string): number {
  const columns = database.prepare(`PRAGMA table_xinfo(${quoted(table)})`).all();
  const computed = columns.find(({ hidden }) => hidden === COMPUTED);
  if (!computed) return columns.length;
  throw new FormatError(
    `its table ${table} has the generated column ${String(computed['name'])}; only stored columns can be read.`,
  );
}

/** Layers that a file may have. */
const MOST_LAYERS = 10_000;

const ownTables = ['gpkg_contents', 'gpkg_geometry_columns', 'gpkg_spatial_ref_sys'];

interface LayerTable {
  readonly table: string;
  readonly geometry: string;
  readonly srsId: number;
  readonly remarks: readonly string[];
}

function layerTable(database: DatabaseSync, wanted: string | undefined, pointer: string): LayerTable {
  const layers = database
    .prepare(
      `SELECT c.table_name AS name, g.column_name AS geometry, g.srs_id AS srs FROM gpkg_contents c
       JOIN gpkg_geometry_columns g ON g.table_name = c.table_name WHERE c.data_type = 'features' ORDER BY c.rowid LIMIT ${MOST_LAYERS + 1}`,
    )
    .all();
  if (layers.length > MOST_LAYERS) throw new FormatError(`it has more than ${MOST_LAYERS} layers.`);
  const found = wanted === undefined ? layers[0] : layers.find(({ name }) => name === wanted);
  const names = layers.map(({ name }) => name).join(', ') || 'none';
  if (!found) {
    throw new InvalidInput(pointer, `has no layer "${wanted ?? ''}" of features; its layers: ${names}.`);
  }
  const kind = findKind(database, String(found['name']));
  if (kind !== 'table')
    throw new InvalidInput(
      pointer,
      `has a layer "${String(found['name'])}" that is ${kind === undefined ? 'missing' : `a ${String(kind)}${kind === 'virtual' ? ' table' : ''}`}; only ordinary tables can be read. Save it as a table.`,
    );
  return {
    table: String(found['name']),
    geometry: String(found['geometry']),
    srsId: Number(found['srs']),
    remarks: firstOfSeveral(wanted, layers.length, names),
  };
}

interface FeaturesOfTable {
  readonly features: LayerFeature[];
  /** Whether positions have measures. */
  readonly measured: boolean;
}

function readFeatures(
  database: DatabaseSync,
  table: string,
  geometry: string,
  curves: CurveTally,
): FeaturesOfTable {
  const columns = database.prepare(`PRAGMA table_info(${quoted(table)})`).all();
  const key = columns.find(({ pk, type }) => pk === 1 && /^INTEGER$/i.test(String(type)))?.['name'];
  const json = jsonColumns(database, table);
  const order = key === undefined ? '' : ` ORDER BY ${quoted(String(key))}`;
  const select = database.prepare(`SELECT * FROM ${quoted(table)}${order}`);
  select.setReadBigInts(true);
  // As lists: in an object a column named __proto__ would be lost.
  select.setReturnArrays(true);
  const places = new Map(select.columns().map(({ name }, place) => [name, place]));
  const at = (name: string) => places.get(name) ?? -1;
  const [keyPlace, geometryPlace] = [key === undefined ? -1 : at(String(key)), at(geometry)];
  const converters = columns
    .map(({ name, type }) => ({ name: String(name), type: String(type) }))
    .filter(({ name }) => name !== key && name !== geometry)
    .map(({ name, type }) => ({ name, place: at(name), convert: chooseConverter(type, json.has(name)) }));
  const features: LayerFeature[] = [];
  let measured = false;
  for (const row of select.iterate() as unknown as Iterable<readonly unknown[]>) {
    const properties: Properties = {};
    for (const { name, place, convert } of converters) setProperty(properties, name, convert(row[place]));
    const blob = row[geometryPlace];
    const wkb = blob instanceof Uint8Array ? wkbFromBlob(blob) : undefined;
    if (wkb) measured ||= hasMeasures(wkb);
    features.push({
      type: 'Feature',
      ...(key === undefined ? {} : { id: exactInteger(row[keyPlace] as bigint) as number }),
      properties,
      geometry: wkb ? geometryFromWkb(wkb, curves.tell) : null,
    });
  }
  return { features, measured };
}

/** Columns that are said to hold JSON (extension gpkg_schema). */
function jsonColumns(database: DatabaseSync, table: string): Set<string> {
  if (findKind(database, 'gpkg_data_columns') !== 'table') return new Set();
  checkColumns(database, 'gpkg_data_columns');
  const rows = database
    .prepare(
      `SELECT column_name AS name FROM gpkg_data_columns WHERE table_name = ? AND mime_type = 'application/json'`,
    )
    .all(table);
  return new Set(rows.map(({ name }) => String(name)));
}

function chooseConverter(type: string, json: boolean): (value: unknown) => unknown {
  const boolean = /^BOOLEAN$/i.test(type);
  return (value) => {
    if (typeof value === 'bigint') return boolean ? value !== 0n : exactInteger(value);
    if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
    if (json && typeof value === 'string') return jsonOrText(value);
    return value ?? null;
  };
}

const envelopeBytes = [0, 32, 48, 48, 64] as const;

function wkbFromBlob(blob: Uint8Array): Uint8Array {
  const envelope = envelopeBytes[((blob[3] ?? 0) >> 1) & 0b111];
  if (blob[0] !== 0x47 || blob[1] !== 0x50 || envelope === undefined) {
    throw new FormatError('a geometry does not have the header of a GeoPackage geometry.');
  }
  return blob.subarray(8 + envelope);
}
