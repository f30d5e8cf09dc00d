import type { JsonSchema } from '../../../core/processes/schema.ts';
import { processes } from '../../../processes/index.ts';
import type { Bomb } from '../support/bomb.ts';

const numbers = [0, -1, -1e308, 5e-324, 1e-300, 1e12, 1e308];

/** What a number may be at its ends, just outside of them, and far away. */
function numbersFor({ minimum, maximum }: JsonSchema): readonly number[] {
  const ends = [minimum, maximum].filter((end) => end !== undefined);
  const outside = ends.flatMap((end) => [end - 1, end + 1, end * (1 + 2 ** -50), end * (1 - 2 ** -50)]);
  return [...new Set([...numbers, ...ends, ...outside])];
}

/** Values of a schema with one extreme number in them, the rest as in an example. */
function* extremeValues(schema: JsonSchema, example: unknown): Iterable<unknown> {
  const { type, items, properties, allOf = [], anyOf = [], oneOf = [] } = schema;
  if (type === 'number' || type === 'integer') yield* numbersFor(schema);
  for (const option of [...anyOf, ...oneOf]) yield* extremeValues(option, example);
  if (allOf[0]?.format === 'ogc-bbox') yield* boxes;
  if (items) {
    const list = Array.isArray(example) ? example : [];
    for (const value of extremeValues(items, list[0])) yield list.length > 0 ? list.with(0, value) : [value];
  }
  if (typeof example !== 'object' || example === null || 'type' in example) return;
  for (const [name, member] of Object.entries(properties ?? {}))
    for (const value of extremeValues(member, (example as Record<string, unknown>)[name]))
      yield { ...example, [name]: value };
}

const boxes = [
  [-1e9, -90, 1e9, 90],
  [-1e300, -1e300, 1e300, 1e300],
  [0, 0, 1e-300, 1e-300],
  [0, 0, 0, 0],
  [179, -90, -179, 90],
].map((bbox) => ({ bbox }));

/** Every number of every input of every process at its extremes, the other inputs as in its first example. */
export const extremes: readonly Bomb[] = processes.flatMap(({ id, inputs, examples }) => {
  const given = examples[0]?.request.inputs;
  if (!given) return [];
  // How long to wait is no size: a minute is the most.
  const sizes = Object.entries(inputs).filter(([name]) => !(id === 'echo' && name === 'pause'));
  return sizes.flatMap(([name, { schema }]) =>
    Array.from(
      extremeValues(schema, given[name]),
      (value): Bomb => ({
        name: `${id}: ${name} ${JSON.stringify(value)}`,
        process: id,
        inputs: () => ({ ...given, [name]: value }),
        answer: 'either',
      }),
    ),
  );
});
