import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A small GeoPackage whose only layer is a view that never ends, as base64. */
export function endlessGeopackage(): string {
  const directory = mkdtempSync(join(tmpdir(), 'endless-'));
  const path = join(directory, 'endless.gpkg');
  try {
    copyFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'layers', 'layers.gpkg'), path);
    const database = new DatabaseSync(path);
    const [{ name } = { name: '' }] = database
      .prepare("SELECT table_name AS name FROM gpkg_contents WHERE data_type = 'features'")
      .all() as { name: string }[];
    database.exec(`
      DELETE FROM gpkg_geometry_columns WHERE table_name <> '${name}';
      DELETE FROM gpkg_contents WHERE table_name <> '${name}';
      CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
        SELECT i AS fid, NULL AS geom FROM n;
      PRAGMA foreign_keys = OFF;
      UPDATE gpkg_geometry_columns SET table_name = 'endless', column_name = 'geom';
      UPDATE gpkg_contents SET table_name = 'endless', identifier = 'endless';
      VACUUM;`);
    database.close();
    return readFileSync(path).toString('base64');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
