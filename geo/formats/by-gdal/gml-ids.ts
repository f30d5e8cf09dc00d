import type { LayerFeature } from '../../layer/layer.ts';

/** What the writer of this project, which has GDAL count, makes of features without ids. */
const isNumber = (id: unknown, index: number): boolean => id === `result.${index}`;

/** Features whose ids are their `gml:id`, of which GDAL makes a column, unless these only number them. */
export function withGmlIds(features: readonly LayerFeature[]): LayerFeature[] {
  const areNumbers = features.every(({ properties }, index) => isNumber(properties['gml_id'], index));
  return features.map((feature) => {
    const { gml_id: id, ...properties } = feature.properties;
    if (typeof id !== 'string') return feature;
    return areNumbers ? { ...feature, properties } : { ...feature, id, properties };
  });
}
