import type { Geometry } from 'geojson';
import { requirePresent } from '../../../core/shared/require-present.ts';
import { isNorthFirst } from '../../crs/axis-order.ts';
import { type Crs, isWgs84 } from '../../crs/crs.ts';
import { uriFromIdentifier } from '../../crs/identifiers.ts';
import { projjsonFromModel } from '../../crs/projjson-from-model.ts';
import { mapPositions } from '../../geometry/positions.ts';
import { wound } from '../../geometry/winding.ts';
import type { LayerContent } from '../../layer/layer.ts';
import { encodeTexts } from '../common/text.ts';

const CORE = 'http://www.opengis.net/spec/json-fg-1/0.2/conf/core';

/**
 * A JSON-FG collection (OGC 21-045r1): `place` in the CRS of the layer, with the axes in the order of its definition
 * (/req/core/axis-order), and `geometry` in WGS 84 for those who know GeoJSON only. Layers in WGS 84 have the latter
 * alone. A CRS without a code is written as GDAL does: `{"type": "PROJJSON", "value": ...}`.
 *
 * @param geographic the same layer in CRS84.
 */
export async function jsonFgBytes(layer: LayerContent, geographic: LayerContent): Promise<Uint8Array> {
  return encodeTexts(encodeParts(layer, geographic, await isNorthFirst(layer.crs)));
}

function* encodeParts(
  { features, crs }: LayerContent,
  geographic: LayerContent,
  isSwapped: boolean,
): Generator<string> {
  const placed = !isWgs84(crs);
  const head = {
    type: 'FeatureCollection',
    conformsTo: [CORE],
    ...(placed ? { coordRefSys: coordRefSys(crs) } : {}),
  };
  yield `${JSON.stringify(head).slice(0, -1)},"features":[`;
  for (const [index, { id, properties, geometry }] of features.entries()) {
    const flat = geographic.features[index]?.geometry ?? null;
    const feature = {
      type: 'Feature',
      ...(id === undefined ? {} : { id }),
      time: null,
      place: placed && geometry ? ordered(wound(geometry), isSwapped) : null,
      geometry: flat && wound(flat),
      properties,
    };
    yield `${index === 0 ? '' : ','}${JSON.stringify(feature)}`;
  }
  yield ']}';
}

const coordRefSys = ({ identifier, model }: Crs) =>
  model
    ? { type: 'PROJJSON', value: projjsonFromModel(model) }
    : uriFromIdentifier(requirePresent(identifier, 'The identifier of the CRS'));

const ordered = (geometry: Geometry, isSwapped: boolean): Geometry =>
  isSwapped ? mapPositions(geometry, ([x = 0, y = 0, ...others]) => [y, x, ...others]) : geometry;
