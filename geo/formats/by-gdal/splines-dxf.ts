import { groupsOf } from './dxf-groups.ts';

/** Entities that are or may have splines. */
const ENTITY = /\n[ \t]*(?:SPLINE|HATCH)[ \t]*\r?\n/;

/** What GDAL leaves out of a drawing without a word, in sentences. */
export function lossesOfDxf(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return ENTITY.test(text) && hasSplinesInSpace(text)
    ? ['The splines of the drawing have heights, which were left out.']
    : [];
}

/** Groups of heights: of places, and of fit points; of axes that are not upright. */
const HEIGHTS = new Set([30, 31]);
const TILTS = new Set([210, 220]);
/** Of the edges of hatches. */
const EDGE_TYPE = 72;
const SPLINE = 4;

function hasSplinesInSpace(text: string): boolean {
  let kind = '';
  let isRaised = false;
  for (const { code, value } of groupsOf(text)) {
    if (code === 0) [kind, isRaised] = [value, false];
    else if (kind !== 'SPLINE' && kind !== 'HATCH') continue;
    else if (HEIGHTS.has(code) || (kind === 'HATCH' && TILTS.has(code))) isRaised ||= Number(value) !== 0;
    if (isRaised && (kind === 'SPLINE' || (code === EDGE_TYPE && Number(value) === SPLINE))) return true;
  }
  return false;
}
