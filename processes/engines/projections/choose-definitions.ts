import { readFileSync, writeFileSync } from 'node:fs';
import proj4 from 'proj4';

/**
 * Second half of the making of the definitions (the first is candidates.py): keeps those with which proj4
 * agrees with PROJ to a centimetre, there and back, at all sample positions.
 *
 *     node choose-definitions.ts candidates.json generated/definitions.json
 */
type Sample = readonly [longitude: number, latitude: number, x: number, y: number];
type Candidate = readonly [definition: string, metresPerUnit: number, samples: readonly Sample[]];

const TOLERANCE_METRES = 0.01;
const METRES_PER_DEGREE = 111_320;

const [candidatesFile, definitionsFile] = process.argv.slice(2);
const candidates = JSON.parse(readFileSync(candidatesFile!, 'utf8')) as Readonly<Record<string, Candidate>>;
const lines: string[] = [];
for (const [code, [definition, metresPerUnit, samples]] of Object.entries(candidates)) {
  // Without a shift PROJ either takes the datums as equal or leaves longitudes and latitudes as they are.
  const variants = /datum=WGS84|towgs84|nadgrids/.test(definition)
    ? [definition]
    : [`${definition} +towgs84=0,0,0`, definition];
  const chosen = variants.find((variant) => agrees(variant, metresPerUnit, samples));
  if (chosen) lines.push(`${JSON.stringify(code)}:${JSON.stringify([chosen, metresPerUnit])}`);
}
writeFileSync(definitionsFile!, `{\n${lines.join(',\n')}\n}\n`);
console.log(`${lines.length} of ${Object.keys(candidates).length}`);

function agrees(definition: string, metresPerUnit: number, samples: readonly Sample[]): boolean {
  const usable = samples.filter((sample) => sample.every(Number.isFinite));
  if (usable.length === 0) return false;
  try {
    const { forward, inverse } = proj4('+proj=longlat +datum=WGS84', definition);
    return usable.every(([longitude, latitude, x, y]) => {
      const [u, v] = forward([longitude, latitude]) as [number, number];
      const [lon, lat] = inverse([x, y]) as [number, number];
      const there = Math.hypot(u - x, v - y) * (metresPerUnit || METRES_PER_DEGREE);
      const east = (lon - longitude) * Math.cos((latitude * Math.PI) / 180);
      const back = Math.hypot(east, lat - latitude) * METRES_PER_DEGREE;
      // What is fed back are PROJ's own coordinates, so the errors of both ways add up.
      return there < TOLERANCE_METRES && back < 2 * TOLERANCE_METRES;
    });
  } catch {
    return false;
  }
}
