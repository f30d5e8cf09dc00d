import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const original = join(import.meta.dirname, '..', '..', 'fixtures', 'layers', 'layers.gpkg');

/** A GeoPackage of one small layer, after statements in which `LAYER` stands for its table. */
export function geopackage(statements: string): Uint8Array {
  const directory = mkdtempSync(join(tmpdir(), 'geopackage-bomb-'));
  const path = join(directory, 'bomb.gpkg');
  try {
    copyFileSync(original, path);
    const database = new DatabaseSync(path);
    const row = database
      .prepare("SELECT table_name AS name FROM gpkg_contents WHERE data_type = 'features'")
      .get() as { name: string };
    // Triggers and keys of the format would keep hostile rows out, which nobody's editor has to respect.
    const triggers = database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all();
    for (const { name } of triggers) database.exec(`DROP TRIGGER "${String(name)}"`);
    database.exec('PRAGMA foreign_keys = OFF');
    database.exec(`DELETE FROM gpkg_geometry_columns WHERE table_name <> '${row.name}';
      DELETE FROM gpkg_contents WHERE table_name <> '${row.name}';`);
    database.exec(statements.replaceAll('LAYER', row.name));
    database.exec('VACUUM');
    database.close();
    return readFileSync(path);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Statements that make another table or view the layer. */
export const layerIs = (name: string, column = 'geom'): string =>
  `UPDATE gpkg_geometry_columns SET table_name = '${name}', column_name = '${column}';
   UPDATE gpkg_contents SET table_name = '${name}', identifier = '${name}';`;
