import { blocks, CODES, type Definition, loadProjections } from 'crs-blocks';
import type Projection from 'ol/proj/Projection.js';
import { register } from 'ol/proj/proj4.js';
import { get, transform } from 'ol/proj.js';
import proj4 from 'proj4';
import type { CrsReference } from './reference.ts';

/** The names under which OpenLayers knows WGS 84 in degrees, longitude first. */
const DEGREES = 'EPSG:4326';
let made = 0;

/**
 * The projection of data, known to OpenLayers afterwards.
 *
 * @param reference the CRS as the data name it; nothing is WGS 84 in degrees.
 * @param at a position in that CRS: where the datum shift depends on the place, that of this one is taken.
 * @returns undefined for a CRS that cannot be computed here.
 */
export async function findProjection(
  { code, definition }: CrsReference,
  at?: readonly number[],
): Promise<Projection | undefined> {
  if (code === undefined && definition === undefined) return get(DEGREES) ?? undefined;
  const known = code === undefined ? null : get(`EPSG:${code}`);
  if (known) return known;
  const { withOwnNames } = await loadProjections();
  const found = code === undefined ? undefined : await findDefinition(code);
  const settled = found === undefined ? definition : settleRegion(found, at);
  const text = settled?.startsWith('+') ? withOwnNames(settled) : settled;
  if (text === undefined) return undefined;
  const name = found === undefined || typeof found !== 'string' ? `local:${++made}` : `EPSG:${code}`;
  return define(name, text);
}

function define(name: string, text: string): Projection | undefined {
  try {
    proj4.defs(name, text);
    register(proj4);
    return get(name) ?? undefined;
  } catch {
    return undefined;
  }
}

async function findDefinition(code: number): Promise<Definition | undefined> {
  const load = blocks[Math.floor(code / CODES)];
  return load && (await load()).default[code];
}

/** The definition with the shift of the first area that holds a position. */
function settleRegion(definition: Definition, at: readonly number[] | undefined): string {
  if (typeof definition === 'string') return definition;
  const [base, ...regions] = definition;
  const place = at && placeIn(base, at);
  const held = place && regions.find(([, ...area]) => holds(area, place));
  const [shift = ''] = held ?? regions[0] ?? [];
  return shift === '' ? base : `${base} +towgs84=${shift}`;
}

function placeIn(base: string, at: readonly number[]): number[] | undefined {
  const projection = define(`local:${++made}`, base);
  return projection && transform([...at], projection, DEGREES);
}

const holds = ([west, south, east, north]: readonly number[], [x = 0, y = 0]: readonly number[]): boolean =>
  x >= (west ?? 0) && x <= (east ?? 0) && y >= (south ?? 0) && y <= (north ?? 0);
