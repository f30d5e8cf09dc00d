import { isWgs84 } from '../../crs/crs.ts';
import { uriFromIdentifier } from '../../crs/identifiers.ts';
import { wound } from '../../geometry/winding.ts';
import type { LayerContent } from '../../layer/layer.ts';
import { encodeTexts } from '../common/text.ts';

const CORE = 'http://www.opengis.net/spec/json-fg-1/0.2/conf/core';

/**
 * A JSON-FG collection (OGC 21-045r1): `place` in the CRS of the layer, and `geometry` in WGS 84 for those who know
 * GeoJSON only. Layers in WGS 84 have the latter alone.
 *
 * @param geographic the same layer in CRS84.
 */
export const jsonFgBytes = (layer: LayerContent, geographic: LayerContent): Uint8Array =>
  encodeTexts(encodeParts(layer, geographic));

function* encodeParts({ features, crs }: LayerContent, geographic: LayerContent): Generator<string> {
  const { identifier } = crs;
  const placed = identifier !== undefined && !isWgs84(crs);
  const head = {
    type: 'FeatureCollection',
    conformsTo: [CORE],
    ...(placed ? { coordRefSys: uriFromIdentifier(identifier) } : {}),
  };
  yield `${JSON.stringify(head).slice(0, -1)},"features":[`;
  for (const [index, { id, properties, geometry }] of features.entries()) {
    const flat = geographic.features[index]?.geometry ?? null;
    const feature = {
      type: 'Feature',
      ...(id === undefined ? {} : { id }),
      time: null,
      place: placed && geometry ? wound(geometry) : null,
      geometry: flat && wound(flat),
      properties,
    };
    yield `${index === 0 ? '' : ','}${JSON.stringify(feature)}`;
  }
  yield ']}';
}
