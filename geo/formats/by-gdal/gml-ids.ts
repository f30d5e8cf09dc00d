import type { LayerFeature } from '../../layer/layer.ts';

/** What the writer of this project, which has GDAL count, makes of features without ids. */
const isNumber = (id: unknown, index: number): boolean => id === `result.${index}`;

/** An attribute `fid` of an element; properties are elements themselves. */
const FID = /<[^<>]*\sfid\s*=/;
/** Bytes in which the first feature begins. */
const HEAD = 1 << 20;

/**
 * Features whose ids are their `gml:id`, or their `fid` in GML 2, of which GDAL makes a column; unless these only number them.
 *
 * @param document the file, where it is there as it is
 */
export function withGmlIds(features: LayerFeature[], document: Uint8Array | undefined): LayerFeature[] {
  const [first] = features;
  if (first?.properties['gml_id'] !== undefined) return withIds(features, 'gml_id');
  if (first?.properties['fid'] === undefined || !document) return features;
  const head = Buffer.from(document.subarray(0, HEAD)).toString('latin1');
  return FID.test(head) ? withIds(features, 'fid') : features;
}

function withIds(features: readonly LayerFeature[], name: 'gml_id' | 'fid'): LayerFeature[] {
  const areNumbers = features.every(({ properties }, index) => isNumber(properties[name], index));
  return features.map((feature) => {
    const { [name]: id, ...properties } = feature.properties;
    if (typeof id !== 'string') return feature;
    return areNumbers ? { ...feature, properties } : { ...feature, id, properties };
  });
}
