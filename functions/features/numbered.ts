import type { Feature } from 'geojson';

/** Features with an id each: their place where they have none of their own, or one that occurs twice. */
export function numbered(features: readonly Feature[]): Feature[] {
  const ids = features.map(({ id }) => id);
  const distinct = new Set(ids.map(String)).size === ids.length && ids.every((id) => id !== undefined);
  return features.map((feature, index) => (distinct ? feature : { ...feature, id: index + 1 }));
}
