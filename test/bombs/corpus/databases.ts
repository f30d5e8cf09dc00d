import { type Bomb, fileBomb, invalid, tooLarge } from '../support/bomb.ts';
import { geopackage, layerIs } from '../support/geopackage.ts';

const gpkg = (
  name: string,
  statements: () => string,
  answer: Bomb['answer'],
  change = (bytes: Uint8Array) => bytes,
) => fileBomb(`GeoPackage: ${name}`, { file: 'bomb.gpkg' }, () => change(geopackage(statements())), answer);

const ENDLESS =
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, NULL AS geom FROM n';
const numbers = (count: number): string =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT ${count})`;
/** The service's own tables without the keys that keep rows apart. */
const loose = (table: string): string =>
  `CREATE TABLE copy AS SELECT * FROM ${table}; DROP TABLE ${table}; ALTER TABLE copy RENAME TO ${table};`;

/** Databases: a file of these is a program as well. */
export const databaseBombs: readonly Bomb[] = [
  gpkg(
    'a view without an end',
    () => `CREATE VIEW endless AS ${ENDLESS}; ${layerIs('endless')}`,
    invalid(/is a view/),
  ),
  gpkg(
    'a view of a cross join',
    () =>
      `CREATE VIEW crossed AS SELECT a.*, b.fid AS other FROM LAYER a, LAYER b, LAYER c, LAYER d; ${layerIs('crossed')}`,
    invalid(/is a view/),
  ),
  gpkg(
    'a list of contents that is a view',
    () =>
      `${loose('gpkg_contents')} ALTER TABLE gpkg_contents RENAME TO kept; CREATE VIEW gpkg_contents AS SELECT * FROM kept, (${ENDLESS});`,
    invalid(/gpkg_contents is not a table/),
  ),
  gpkg(
    'a list of geometry columns that is a view',
    () =>
      `${loose('gpkg_geometry_columns')} ALTER TABLE gpkg_geometry_columns RENAME TO kept; CREATE VIEW gpkg_geometry_columns AS SELECT * FROM kept, (${ENDLESS});`,
    invalid(/gpkg_geometry_columns is not a table/),
  ),
  gpkg(
    'a list of CRSs that is a view',
    () =>
      `${loose('gpkg_spatial_ref_sys')} ALTER TABLE gpkg_spatial_ref_sys RENAME TO kept; CREATE VIEW gpkg_spatial_ref_sys AS SELECT * FROM kept, (${ENDLESS});`,
    invalid(/gpkg_spatial_ref_sys is not a table/),
  ),
  gpkg(
    'a list of JSON columns that is a view',
    () => `DROP TABLE IF EXISTS gpkg_data_columns; CREATE VIEW gpkg_data_columns AS ${ENDLESS}`,
    'computed',
  ),
  gpkg(
    'a computed column of 900 MB',
    () =>
      `CREATE TABLE big (fid INTEGER PRIMARY KEY, geom BLOB, pad BLOB AS (zeroblob(200000000))); INSERT INTO big (fid) VALUES (1), (2), (3); ${layerIs('big')}`,
    invalid(/generated column/),
  ),
  gpkg(
    'a computed geometry of 900 MB',
    () =>
      `CREATE TABLE big (fid INTEGER PRIMARY KEY, geom BLOB AS (zeroblob(200000000))); INSERT INTO big (fid) VALUES (1), (2); ${layerIs('big')}`,
    invalid(/generated column/),
  ),
  gpkg(
    'a computed text of 200 MB',
    () =>
      `CREATE TABLE big (fid INTEGER PRIMARY KEY, geom BLOB, pad TEXT AS (printf('%.*c', 200000000, 'x'))); INSERT INTO big (fid) VALUES (1); ${layerIs('big')}`,
    invalid(/generated column/),
  ),
  gpkg(
    'a computed definition of a CRS',
    () =>
      `CREATE TABLE copy (srs_name TEXT, srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER, definition TEXT AS (printf('%.*c', 200000000, 'x')), description TEXT); INSERT INTO copy SELECT srs_name, srs_id, organization, organization_coordsys_id, description FROM gpkg_spatial_ref_sys; DROP TABLE gpkg_spatial_ref_sys; ALTER TABLE copy RENAME TO gpkg_spatial_ref_sys;`,
    invalid(/generated column/),
  ),
  gpkg(
    'a search table over a view without an end',
    () =>
      `CREATE VIEW endless AS SELECT i AS fid, 'a' AS geom FROM (${ENDLESS.replace('SELECT i AS fid, NULL AS geom FROM n', 'SELECT i FROM n')}); CREATE VIRTUAL TABLE searched USING fts5(geom, content='endless', content_rowid='fid'); ${layerIs('searched')}`,
    invalid(/is a view|virtual/),
  ),
  gpkg(
    'a virtual table',
    () => `CREATE VIRTUAL TABLE boxes USING rtree(fid, a, b, c, d); ${layerIs('boxes', 'a')}`,
    invalid(/virtual/),
  ),
  gpkg(
    '3000 x 3000 rows that all belong together',
    () =>
      `${loose('gpkg_contents')} ${loose('gpkg_geometry_columns')} INSERT INTO gpkg_contents SELECT c.* FROM gpkg_contents c, (${numbers(3000)} SELECT i FROM n); INSERT INTO gpkg_geometry_columns SELECT g.* FROM gpkg_geometry_columns g, (${numbers(3000)} SELECT i FROM n);`,
    invalid(/layers/),
  ),
  gpkg(
    '60 000 layers',
    () =>
      `${loose('gpkg_contents')} ${loose('gpkg_geometry_columns')} INSERT INTO gpkg_contents SELECT 'layer' || i, data_type, 'layer' || i, description, last_change, min_x, min_y, max_x, max_y, srs_id FROM gpkg_contents c, (${numbers(60_000)} SELECT i FROM n); INSERT INTO gpkg_geometry_columns SELECT 'layer' || i, column_name, geometry_type_name, srs_id, z, m FROM gpkg_geometry_columns g, (${numbers(60_000)} SELECT i FROM n);`,
    invalid(/layers/),
  ),
  gpkg(
    'two million rows',
    () =>
      `CREATE TABLE many (fid INTEGER PRIMARY KEY, geom BLOB); INSERT INTO many SELECT i, NULL FROM (${numbers(2_000_000)} SELECT i FROM n); ${layerIs('many')}`,
    tooLarge(/features/),
  ),
  gpkg(
    '500 000 rows without values in 100 columns',
    () =>
      `CREATE TABLE wide (geom BLOB, ${Array.from({ length: 120 }, (_, i) => `c${i}`).join()}); INSERT INTO wide (geom) SELECT NULL FROM (${numbers(490_000)} SELECT i FROM n); ${layerIs('wide')}`,
    tooLarge(/values/),
  ),
  gpkg(
    '1900 columns in 30 000 rows',
    () =>
      `CREATE TABLE wide (geom BLOB, ${Array.from({ length: 1900 }, (_, i) => `c${i}`).join()}); INSERT INTO wide (geom) SELECT NULL FROM (${numbers(30_000)} SELECT i FROM n); ${layerIs('wide')}`,
    tooLarge(/values/),
  ),
  gpkg(
    'a geometry that says 2^32 - 1 points',
    () =>
      `UPDATE LAYER SET geom = X'4750000100000000010200000000FFFFFFFF' WHERE fid = (SELECT min(fid) FROM LAYER)`.replace(
        '00FFFFFFFF',
        'FFFFFFFF',
      ),
    invalid(/The geometry ends before its coordinates do/),
  ),
  gpkg(
    'a geometry of collections 100 000 deep',
    () =>
      `UPDATE LAYER SET geom = X'4750000100000000${'010700000001000000'.repeat(100_000)}' WHERE fid = (SELECT min(fid) FROM LAYER)`,
    invalid(/nest|deep/),
  ),
  gpkg(
    'a geometry of 2^31 rings',
    () =>
      `UPDATE LAYER SET geom = X'4750000100000000010300000000000080' WHERE fid = (SELECT min(fid) FROM LAYER)`,
    invalid(/The geometry ends before its coordinates do/),
  ),
  gpkg(
    'a file cut in half',
    () => 'SELECT 1',
    invalid(/database disk image is malformed/),
    (bytes) => bytes.subarray(0, bytes.length >> 1),
  ),
  gpkg(
    'pages that lead to each other',
    () => 'SELECT 1',
    invalid(/has no layer "" of features; its layers: none/),
    (bytes) => {
      const copy = Uint8Array.from(bytes);
      for (let page = 4096; page < copy.length; page += 4096) copy.fill(2, page + 8, page + 64);
      return copy;
    },
  ),
  gpkg(
    'texts that are computed of each other',
    () =>
      `CREATE TABLE chain (fid INTEGER PRIMARY KEY, geom BLOB, c0 TEXT, ${Array.from({ length: 10 }, (_, i) => `c${i + 1} TEXT AS (c${i} || c${i} || c${i})`).join()}); INSERT INTO chain (fid, c0) VALUES (1, 'abc'); ${layerIs('chain')}`,
    invalid(/generated column/),
  ),
];
