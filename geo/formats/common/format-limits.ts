import { MediaType } from '../../../core/shared/uris.ts';

/** What a format of layers cannot hold. What names and lengths become is told by the writers that change them. */
export interface FormatLimits {
  /** The subject of a sentence. */
  readonly title: string;
  /** Whether positions have more than three numbers. */
  readonly measures: boolean;
  /** Within what all positions have a height where one has: the others get 0. */
  readonly heights: 'position' | 'geometry' | 'layer';
  /** What geometries without positions become. */
  readonly empties: 'empty' | 'null';
  /** Numbers that are none, or infinite: kept, or null. */
  readonly notFinite: 'kept' | 'infinite' | 'null';
  /** What properties are of which the values have no simple type in common. */
  readonly mixed: 'kept' | 'json' | 'text';
  /** Ids of features: as they are, as keys where they are ascending integers, or as a column `id`. */
  readonly ids: 'kept' | 'keys' | 'column';
}

const json = (title: string): FormatLimits => ({
  title,
  measures: true,
  heights: 'position',
  empties: 'empty',
  notFinite: 'null',
  mixed: 'kept',
  ids: 'kept',
});

const limits: Readonly<Record<string, FormatLimits>> = {
  [MediaType.geojson]: json('GeoJSON'),
  [MediaType.geojsonSequence]: json('GeoJSON'),
  [MediaType.jsonFg]: json('JSON-FG'),
  [MediaType.flatgeobuf]: {
    title: 'A FlatGeobuf',
    measures: false,
    heights: 'position',
    empties: 'null',
    notFinite: 'kept',
    mixed: 'json',
    ids: 'column',
  },
  [MediaType.geopackage]: {
    title: 'A GeoPackage',
    measures: false,
    heights: 'geometry',
    empties: 'empty',
    // SQLite has null for what is no number.
    notFinite: 'infinite',
    mixed: 'json',
    ids: 'keys',
  },
  [MediaType.geoparquet]: {
    title: 'GeoParquet',
    measures: false,
    heights: 'geometry',
    empties: 'empty',
    notFinite: 'kept',
    mixed: 'json',
    ids: 'column',
  },
  [MediaType.shapefile]: {
    title: 'A Shapefile',
    measures: false,
    heights: 'layer',
    empties: 'null',
    notFinite: 'null',
    mixed: 'text',
    ids: 'column',
  },
  [MediaType.kml]: {
    title: 'KML',
    measures: false,
    heights: 'position',
    empties: 'null',
    notFinite: 'null',
    mixed: 'text',
    ids: 'column',
  },
  [MediaType.csv]: {
    title: 'CSV',
    measures: false,
    heights: 'geometry',
    empties: 'empty',
    notFinite: 'null',
    mixed: 'text',
    ids: 'column',
  },
};

/** What a format cannot hold; undefined for one that holds every layer. */
export const findFormatLimits = (mediaType: string): FormatLimits | undefined => limits[mediaType];
