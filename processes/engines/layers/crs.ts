import type { Position } from 'geojson';
import proj4 from 'proj4';
import { Crs84 } from '../../../core/api/uris.ts';
import { InvalidInput } from '../../../core/errors.ts';

/** What a layer needs to know of its CRS. */
export interface LayerCrs {
  readonly name: string;
  readonly isGeographic: boolean;
  readonly metresPerUnit: number;
}

const spellings = [
  /^EPSG:(\d+)$/i,
  /^https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\/[^/]+\/(\d+)$/i,
  /^urn:ogc:def:crs:EPSG:[^:]*:(\d+)$/i,
];

export function crsOf(identifier: string, pointer: string): LayerCrs {
  if (/CRS84h?$/i.test(identifier)) return { name: Crs84, isGeographic: true, metresPerUnit: 1 };
  const code = spellings
    .map((spelling) => spelling.exec(identifier)?.[1])
    .find((found) => found !== undefined);
  if (code === undefined) throw new InvalidInput(pointer, `names the unknown CRS "${identifier}".`);
  return { name: `EPSG:${code}`, isGeographic: code === '4326', metresPerUnit: 1 };
}

export function transformerOf(from: string, to: string): (position: Position) => Position {
  const short = (name: string) => (name === Crs84 ? 'EPSG:4326' : name);
  const { forward } = proj4(short(from), short(to));
  return ([x = 0, y = 0, ...rest]) => [...forward([x, y]), ...rest];
}
