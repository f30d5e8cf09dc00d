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

What is too large for one worker is divided by these processes, if it is run as a job: Step Functions goes through the parts with as many workers at a time as the setting \`fanOut\` says, and the result has the same bytes as if one worker had made it. A job takes up to ${MOST_PARTS} parts. Parts that lose their worker are tried once more; one that fails fails the job, with its reason.

| Process | Input | What happens |
| --- | --- | --- |
${divided.join('\n')}

One worker does all of the work of ${others.join(', ')}. What is too large for it goes on in the [large class](limits.md#the-large-class) where that is turned on, or is refused with 413.

Layers are never divided, also where each feature is worked on by itself. What would have to be the same in all parts is found in the whole layer today: the plane in which lengths and areas are measured, which properties there are and of which type, what was mended, and the index of a FlatGeobuf. A layer that is too large for its worker can be sent in pieces, or go on in the large class.

[ADR 0032](../adr/0032-rasters-in-parts.md), [0038](../adr/0038-parts-that-are-merged.md) and [0044](../adr/0044-masks-and-grids-of-results-in-parts.md) explain how it works, [cost.md](cost.md) what it costs.
`;
}
