import { type Dirent, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

/** A file, one of several files with its parts, or the folder of a file geodatabase. */
export interface Candidate {
  readonly path: string;
  /** What belongs to it and goes into one archive with it, as its users would send it; empty: it goes alone. */
  readonly parts: readonly string[];
  /** Whether its extension says that it is geodata; otherwise its content decides. */
  readonly sure: boolean;
}

const sure = new Set(
  `.shp .shz .gpkg .fgb .geoparquet .geojson .geojsonl .geojsonseq .geojsons .jsonfg .kml .kmz .gml .gpx .topojson .dxf .tab
  .mif .dgn .tif .tiff .gtiff .img .asc .hgt .vrt .nc .jp2`.split(/\s+/),
);
const unsure = new Set(
  `.json .jsonl .ndjson .seq .csv .tsv .xml .zip .parquet .sqlite .db .gz .dem .grd .bil .dt0 .dt1 .dt2 .rst .png .jpg .jpeg
  .pbf .mvt .pmtiles .mbtiles .e00 .osm .gmt .jml .mapml .gxt .000 .dgn .dwg .grib .grib2 .grb .grb2 .pix .ntf .bt .gtx .hf2 .mtw .sigdem
  .pnm .pgm .bmp .gif .ter .gsb .isg .byn .xyz`.split(/\s+/),
);
/** What formats of several files consist of, for their readers. */
const partsOf: Readonly<Record<string, readonly string[]>> = {
  '.shp': ['.shp', '.shx', '.dbf', '.prj', '.cpg', '.qpj'],
  '.tab': ['.tab', '.dat', '.map', '.id', '.ind'],
  '.mif': ['.mif', '.mid'],
};
const allParts = new Set(Object.values(partsOf).flat());
/** Folders in which nobody keeps data. */
const skippedFolders = /^(?:\.git|node_modules|__pycache__)$/;
/** Where looking for files ends. */
const FILES = 200_000;

export interface Found {
  readonly candidates: readonly Candidate[];
  /** Files that are certainly no geodata. */
  readonly skipped: number;
}

/** Looks for geodata below a folder, in the order of names. Links to folders are not followed. */
export function findFiles(directory: string): Found {
  const candidates: Candidate[] = [];
  let skipped = 0;
  let seen = 0;
  const visit = (folder: string): void => {
    const entries = readdirSync(folder, { withFileTypes: true }).sort(byName);
    const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    for (const name of files) {
      if (++seen > FILES) return;
      const extension = extname(name).toLowerCase();
      const path = join(folder, name);
      if (sure.has(extension) || unsure.has(extension)) {
        const parts = findParts(folder, name, files);
        candidates.push({ path, parts, sure: sure.has(extension) });
      } else if (!allParts.has(extension)) skipped++;
    }
    for (const entry of entries) {
      if (!entry.isDirectory() || skippedFolders.test(entry.name)) continue;
      const path = join(folder, entry.name);
      if (extname(entry.name).toLowerCase() === '.gdb')
        candidates.push({ path, parts: readdirSync(path).map((name) => join(path, name)), sure: true });
      else visit(path);
    }
  };
  visit(directory);
  return { candidates, skipped };
}

const byName = (one: Dirent, other: Dirent): number =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : 0;

function findParts(folder: string, name: string, files: readonly string[]): string[] {
  const extensions = partsOf[extname(name).toLowerCase()] ?? [];
  const stem = basename(name, extname(name)).toLowerCase();
  return files
    .filter((file) => extensions.includes(extname(file).toLowerCase()))
    .filter((file) => basename(file, extname(file)).toLowerCase() === stem)
    .map((file) => join(folder, file));
}
