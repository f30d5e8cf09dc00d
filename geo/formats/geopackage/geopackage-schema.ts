/** SQL of a GeoPackage 1.4 (OGC 12-128r19) with one layer. */

/** Doubles the quotes of an identifier. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** "GPKG" in the file header, and the version 1.4. */
export const APPLICATION_ID = 0x47504b47;
export const USER_VERSION = 10400;

const WGS84 =
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]';

/** The tables that every GeoPackage has, and the spatial reference systems that it must list. */
export const baseTables = `
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326, '${WGS84}', 'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT,
  description TEXT, mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name));
INSERT INTO gpkg_extensions VALUES
  ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write');
`;

/**
 * The spatial index (extension gpkg_rtree_index) and the triggers that keep it current when the file is edited.
 *
 * @param table, geometry, key names of the layer's table, geometry column and primary key.
 */
export function rtreeSql(table: string, geometry: string, key: string): string {
  const index = quoted(`rtree_${table}_${geometry}`);
  const [t, c, i] = [quoted(table), quoted(geometry), quoted(key)];
  const present = (row: string) => `(${row}.${c} NOTNULL AND NOT ST_IsEmpty(${row}.${c}))`;
  const absent = (row: string) => `(${row}.${c} ISNULL OR ST_IsEmpty(${row}.${c}))`;
  const bounds = `ST_MinX(NEW.${c}), ST_MaxX(NEW.${c}), ST_MinY(NEW.${c}), ST_MaxY(NEW.${c})`;
  const insert = `INSERT OR REPLACE INTO ${index} VALUES (NEW.${i}, ${bounds});`;
  const trigger = (name: string, event: string, condition: string, action: string) =>
    `CREATE TRIGGER ${quoted(`rtree_${table}_${geometry}_${name}`)} AFTER ${event} ON ${t} WHEN ${condition} BEGIN ${action} END;`;
  const update = `UPDATE ${index} SET minx = ST_MinX(NEW.${c}), maxx = ST_MaxX(NEW.${c}), miny = ST_MinY(NEW.${c}), maxy = ST_MaxY(NEW.${c}) WHERE id = NEW.${i};`;
  const remove = `DELETE FROM ${index} WHERE id = OLD.${i};`;
  const same = `OLD.${i} = NEW.${i}`;
  const moved = `OLD.${i} != NEW.${i}`;
  return [
    trigger('insert', 'INSERT', present('NEW'), insert),
    trigger('update2', `UPDATE OF ${c}`, `${same} AND ${absent('NEW')}`, remove),
    trigger(
      'update4',
      'UPDATE',
      `${moved} AND ${absent('NEW')}`,
      `DELETE FROM ${index} WHERE id IN (OLD.${i}, NEW.${i});`,
    ),
    trigger('update5', 'UPDATE', `${moved} AND ${present('NEW')}`, `${remove} ${insert}`),
    trigger('update6', `UPDATE OF ${c}`, `${same} AND ${present('NEW')} AND ${present('OLD')}`, update),
    trigger('update7', `UPDATE OF ${c}`, `${same} AND ${present('NEW')} AND ${absent('OLD')}`, insert),
    trigger('delete', 'DELETE', `OLD.${c} NOTNULL`, remove),
  ].join('\n');
}
