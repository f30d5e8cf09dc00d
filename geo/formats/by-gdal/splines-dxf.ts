import { groupsOf } from './dxf-groups.ts';

/** What GDAL leaves out of a drawing without a word, in sentences. */
export function lossesOfDxf(bytes: Uint8Array): string[] {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mayHave = data.includes('SPLINE') || data.includes('HATCH');
  return mayHave && hasSplinesInSpace(data.toString('latin1'))
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
