import { groupsOf } from './dxf-groups.ts';

/** What GDAL leaves out of a drawing without a word, in sentences. */
export function lossesOfDxf(bytes: Uint8Array): string[] {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return data.includes('SPLINE') && hasSplinesInSpace(data.toString('latin1'))
    ? ['The splines of the drawing have heights, which were left out.']
    : [];
}

function hasSplinesInSpace(text: string): boolean {
  let isSpline = false;
  for (const { code, value } of groupsOf(text)) {
    if (code === 0) isSpline = value === 'SPLINE';
    // Heights of fit points and of control points.
    else if (isSpline && (code === 30 || code === 31) && Number(value) !== 0) return true;
  }
  return false;
}
