import { MediaType } from '../../core/api/uris.ts';
import { Encoded, type Run } from '../../core/processes/declaration.ts';
import { crsOf } from '../engines/layers/crs.ts';
import { geojsonBytes } from '../engines/layers/geojson.ts';
import { readLayer } from '../engines/layers/read.ts';
import { layerInCrs } from '../engines/layers/reproject.ts';
import { writeLayer } from '../engines/layers/write.ts';
import type declaration from './process.ts';

/** Moves each vertex to the target CRS. This is the one process whose GeoJSON is not always CRS84. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const target = crsOf(inputs.targetCrs, '/inputs/targetCrs');
  const source = inputs.sourceCrs === undefined ? undefined : crsOf(inputs.sourceCrs, '/inputs/sourceCrs');
  const layer = await readLayer(inputs.features, context, source);
  const moved = await layerInCrs(layer, target.name, context);
  const mediaType = context.format('result');
  const result =
    mediaType === MediaType.geojson
      ? new Encoded(mediaType, geojsonBytes(moved, true))
      : await writeLayer(moved, mediaType);
  return { result };
};
