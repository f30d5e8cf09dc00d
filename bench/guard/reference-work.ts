/** A document as requests and layers are made of. */
const document = JSON.stringify(
  Array.from({ length: 400 }, (_, index) => ({
    type: 'Feature',
    id: index,
    properties: { name: `feature ${index}`, value: index / 7, tags: ['one', 'two', 'three'] },
    geometry: { type: 'Point', coordinates: [index / 3, -index / 11] },
  })),
);
const NUMBERS = 60_000;

/**
 * What hot paths are compared with: some milliseconds of a processor for what all of them do, on any machine: JSON, objects, strings,
 * numbers in typed arrays. Whoever changes it has to record the baseline anew.
 *
 * @returns a number that depends on all of it, so that nothing is left out
 */
export function doReferenceWork(): number {
  const features = JSON.parse(document) as { id: number; properties: { name: string; value: number } }[];
  const byName = new Map(features.map((feature) => [feature.properties.name.toUpperCase(), feature]));
  const text = JSON.stringify([...byName.values()].toSorted((one, other) => other.id - one.id));
  const numbers = new Float64Array(NUMBERS);
  for (let index = 0; index < NUMBERS; index++) numbers[index] = Math.sin(index) * Math.sqrt(index + 1);
  numbers.sort();
  return text.length + (numbers[NUMBERS >> 1] ?? 0);
}
