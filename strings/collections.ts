import type { Sentence } from './page.ts';

/** Results as collections: their list, one of them, its features, and a feature. */
export const collectionsStrings = {
  lead: 'Layers in the results of the latest successful jobs, as collections of features.',
  noneYet: <M>(link: (text: string) => M): Sentence<M> => [
    'There are none yet: ',
    link('run a process'),
    ' whose result is a layer.',
  ],
  columns: ['Collection', 'Description'],
  asTable: 'Features as a table',
  mapHasSome:
    'The map has up to 10 000 features at once: of larger collections, those in view. The file has the first 10 000, and the table has all of them, in pages.',
  theFeatures: 'The features',
  extent: 'Extent, in degrees',
  features: 'Features',
  theCollection: 'The collection',
  noFeatures: 'There are no features on this page.',
  onThisPage: 'Features of this page',
  theseAsGeojson: 'These features as GeoJSON',
  moreColumns: (count: number): string => `+${count} more ${count === 1 ? 'column' : 'columns'}`,
  moreFeatures: (count: number): string => `+${count} more ${count === 1 ? 'feature' : 'features'}`,
  leftOut: (parts: readonly string[]): string =>
    `${parts.join(' and ')}; the JSON has all of them, and a smaller "limit" makes smaller pages.`,
  noGeometry: 'none',
  feature: (id: string): string => `Feature ${id}`,
  featureAsGeojson: 'This feature as GeoJSON',
  featureWithoutGeometry: 'The feature has no geometry.',
  properties: 'Properties',
  geometry: (type: string): string => `Geometry: ${type}`,
} as const;
