import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gdalFormats } from '../../../core/shared/gdal-formats.ts';
import { root } from '../../../scripts/lib/paths.ts';
import type { Order } from '../support/product.ts';

const fixtures = join(root, 'test', 'fixtures', 'files');
const sound = join(fixtures, 'sound');
/** Files that are read by way of GDAL, with the driver of each. */
const byGdal = JSON.parse(readFileSync(join(fixtures, 'by-gdal.json'), 'utf8')) as Record<string, string>;
/** There are many of them, and one reader for all: fewer damages of each are enough. */
const SHARE = 1 / 20;

/** One damaged file and what is done with it: `deflate.tif#17` says both. */
export interface Case {
  readonly file: string;
  readonly number: number;
}

export const formatName = ({ file, number }: Case): string => `${file}#${number}`;

/** All damages, file by file in turn, so that different readers work at the same time. */
export function listCases(perFile: number): Case[] {
  const files = readdirSync(sound).sort();
  const others = Object.keys(byGdal).sort();
  return Array.from({ length: perFile }, (_, number) =>
    [...files, ...(number < perFile * SHARE ? others : [])].map((file) => ({ file, number })),
  ).flat();
}

export const soundFile = (file: string): Uint8Array =>
  readFileSync(join(byGdal[file] === undefined ? sound : join(fixtures, 'by-gdal'), file));

const isRasterByGdal = (file: string): boolean =>
  gdalFormats.some(({ driver, kind }) => kind === 'raster' && driver === byGdal[file]);

const rasterProcesses = ['convert-raster', 'raster-statistics', 'convert-raster', 'raster-info'] as const;
const layerFormats = ['application/geo+json', 'application/flatgeobuf'] as const;

/** What is done with a damaged file. */
export function makeOrder({ file, number }: Case, path: string): Order {
  if (extname(file) === '.tif' || isRasterByGdal(file))
    return { process: rasterProcesses[number % rasterProcesses.length]!, input: 'raster', file: { path } };
  const mediaType = layerFormats[number % layerFormats.length];
  return { process: 'convert-features', input: 'features', file: { path }, mediaType };
}
