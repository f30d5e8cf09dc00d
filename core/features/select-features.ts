import type { Feature } from 'geojson';
import { compileFilter } from '../cql2/compile-filter.ts';
import { intersectsBbox } from './bounds.ts';
import type { CollectionInput } from './collection-input.ts';

/**
 * The features that a collection input asks for, chosen here: what the server of the collection has left in because it
 * does not know a parameter is left out (/req/local-filtering). `datetime` is the server's, which alone knows what time
 * a feature has. @param pointer of the input, for errors of the filter
 */
export function makeFeatureSelector(
  { bbox, filter, ids, properties }: CollectionInput,
  pointer: string,
): (features: readonly Feature[]) => Feature[] {
  const holds = filter === undefined ? undefined : compileFilter(filter, `${pointer}/filter`);
  const wanted = ids && new Set(ids);
  return (features) =>
    features
      .filter((feature) => (bbox ? intersectsBbox(feature.geometry, bbox) : true))
      .filter((feature) => (holds ? holds(feature) : true))
      .filter(({ id }) => (wanted ? wanted.has(String(id)) : true))
      .map((feature) => (properties ? withProperties(feature, properties) : feature));
}

function withProperties(feature: Feature, names: readonly string[]): Feature {
  const all = feature.properties ?? {};
  return {
    ...feature,
    properties: Object.fromEntries(
      names.filter((name) => Object.hasOwn(all, name)).map((name) => [name, all[name]]),
    ),
  };
}
