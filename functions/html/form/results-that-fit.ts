import { listAlternatives } from '../../../core/processes/alternatives.ts';
import type { Output, ProcessDeclaration } from '../../../core/processes/declaration.ts';
import { layerFormats } from '../../../core/shared/formats.ts';
import { parseEssence } from '../../../core/shared/media-type.ts';
import { processes } from '../../../processes/index.ts';
import { html, type Markup } from '../parts/markup.ts';

type Kind = 'layer' | 'raster';

/** Whether an output is a layer, or a raster, by the format that it has without being asked for another. */
export function isOfKind({ schema }: Output, kind: Kind): boolean {
  const { mediaType } = listAlternatives(schema)[0];
  return kind === 'layer'
    ? layerFormats.some((format) => format.mediaType === mediaType)
    : parseEssence(mediaType) === 'image/tiff';
}

/** Titles of the processes that make a layer, or a raster, as their first output, with the id of that, by the id of the process. */
const makersOf = (kind: Kind): Readonly<Record<string, readonly [title: string, output: string]>> =>
  Object.fromEntries(
    processes.flatMap(({ id, title, outputs }) => {
      const [first] = Object.entries(outputs);
      return first && isOfKind(first[1], kind) ? [[id, [title, first[0]]]] : [];
    }),
  );

const makers = { layer: makersOf('layer'), raster: makersOf('raster') } as const;

/** Attributes of a form from which scripts know whose results fit its layers and rasters. */
export const resultsThatFit = ({ inputs }: Pick<ProcessDeclaration, 'inputs'>): Markup[] =>
  (['layer', 'raster'] as const)
    .filter((kind) => Object.values(inputs).some(({ source }) => source === kind))
    .map((kind) =>
      kind === 'layer'
        ? html` data-layer-results="${JSON.stringify(makers.layer)}"`
        : html` data-raster-results="${JSON.stringify(makers.raster)}"`,
    );
