import type { Run } from '../../core/processes/declaration.ts';
import { Encoded } from '../../core/run/context.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { parseCrs } from '../../geo/crs/find-crs.ts';
import { layerInUnit } from '../../geo/formats/common/layer-in-unit.ts';
import { geojsonBytes } from '../../geo/formats/geojson/geojson.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import { layerInCrs } from '../../geo/reproject/reproject.ts';
import type declaration from './process.ts';

/** Moves each vertex to the target CRS. This is the one process whose GeoJSON is not always CRS84. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const target = parseCrs(inputs.targetCrs, '/inputs/targetCrs');
  const source = inputs.sourceCrs === undefined ? undefined : parseCrs(inputs.sourceCrs, '/inputs/sourceCrs');
  const layer = await readLayer(inputs.features, context, source);
  const moved = await layerInCrs(layer, target, context);
  const mediaType = context.format('result');
  const result =
    mediaType === MediaType.geojson
      ? new Encoded(mediaType, geojsonBytes(layerInUnit(moved), true))
      : await writeLayer(moved, mediaType);
  return { result };
};
