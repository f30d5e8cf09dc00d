import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { MOST_PARTS } from '../../core/run/row-parts.ts';
import { describeParts } from './process-readme.ts';

/** `docs/operate/parts.md`: which processes divide what is too large for one worker, from their declarations. */
export function partsDocument(processes: readonly ProcessDeclaration[]): string {
  const divided = processes.flatMap(({ id, parts }) =>
    parts
      ? [`| [\`${id}\`](../../processes/${id}/README.md) | \`${parts.input}\` | ${describeParts(parts)} |`]
      : [],
  );
  const others = processes.filter(({ parts }) => !parts).map(({ id }) => `\`${id}\``);
  return `# Work in parts

<!-- Written by "npm run generate" from the declarations of the processes. -->

Jobs of these processes are divided into parts if their raster is too large for one worker. Step Functions runs the parts, as many at a time as the setting \`fanOut\` allows, and the result is byte for byte the same as that of a single worker. A job has up to ${MOST_PARTS} parts. A part whose worker is lost is retried once; if a part fails, the job fails with its reason.

| Process | Input | Parts |
| --- | --- | --- |
${divided.join('\n')}

All other processes run on a single worker: ${others.join(', ')}. Data that is too large for it is handed over to the [large class](limits.md#the-large-class) if that is on, and otherwise refused with 413.

Layers are never divided, even if each feature is processed on its own, because some things depend on the whole layer: the projection in which lengths and areas are measured, the properties and their types, the report of repaired geometries, and the index of a FlatGeobuf. Split a layer that is too large for its worker, or use the large class.

[ADR 0032](../adr/0032-rasters-in-parts.md), [0038](../adr/0038-parts-that-are-merged.md) and [0044](../adr/0044-masks-and-grids-of-results-in-parts.md) explain how it works, [cost.md](cost.md) what it costs.
`;
}
