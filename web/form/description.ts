import { formatNumber } from '../../strings/language.ts';
import { scriptStrings } from '../../strings/scripts.ts';
import { crsName, type Place, placeFrom } from './layer-place.ts';

/** What a layer or raster was read as, for people. */
export interface Description {
  /** In a line. */
  readonly text: string;
  /** Minimum x and y, maximum x and y, in the CRS of the line; absent where nothing lies anywhere. */
  readonly extent?: string;
  /** What the table below has: its properties, or its bands. */
  readonly table: Table;
  /** What was mended or is missing, the most important first. */
  readonly warnings: readonly string[];
  /** Names of properties; none of a raster. */
  readonly properties: readonly string[];
  readonly place?: Place | undefined;
}

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The answer of the process `layer-info`, or what the page itself has found out about GeoJSON. */
export interface LayerAnswer {
  readonly count: number;
  readonly withoutGeometry?: number;
  readonly geometryTypes: Readonly<Record<string, number>>;
  /** Null for a CRS without a code; undefined where the form says it. */
  readonly crs?: string | null;
  readonly wkt?: string | null;
  readonly bbox?: readonly number[] | null;
  readonly properties: readonly PropertyAnswer[];
  readonly faults?: readonly { readonly feature: number; readonly fault: string }[];
}

export interface PropertyAnswer {
  readonly name: string;
  readonly type: string;
  /** Features that have a value. */
  readonly count: number;
  readonly min?: number;
  readonly max?: number;
  /** Different texts, where they are few. */
  readonly values?: readonly string[];
}

/** The answer of the process `raster-info`. */
interface RasterAnswer {
  readonly width: number;
  readonly height: number;
  readonly crs: string | null;
  readonly wkt?: string | null;
  readonly bbox?: readonly number[];
  readonly resolution?: readonly number[];
  readonly bands: readonly BandAnswer[];
}

interface BandAnswer {
  readonly band: number;
  readonly dataType: string;
  readonly nodata?: number | string | null;
  readonly unit?: string | null;
  readonly description?: string | null;
}

/** Faults that are told one by one; all there are would fill the screen. */
const MOST_FAULTS = 5;
/** Faults that `layer-info` tells: there may be more. */
const ALL_FAULTS = 100;
/** Values of a property that are told, and characters of each. */
const MOST_VALUES = 6;
const MOST_CHARACTERS = 40;

export function describeLayer(answer: LayerAnswer): Description {
  const { count, withoutGeometry = 0, geometryTypes, bbox, properties, faults = [] } = answer;
  const crs = crsInWords(answer);
  const types = Object.entries(geometryTypes);
  const several = types.length > 1;
  const without = withoutGeometry > 0 && withoutGeometry < count;
  return {
    text: [
      scriptStrings.features(count),
      types.map(([type, number]) => (several ? `${formatNumber(number)} ${type}` : type)).join(', '),
      without ? scriptStrings.withoutGeometry(withoutGeometry) : '',
      crs ?? '',
    ]
      .filter(Boolean)
      .join(' · '),
    ...extentOf(bbox),
    table: {
      title: scriptStrings.properties(properties.length),
      head: scriptStrings.propertyHead,
      rows: properties.map((property) => [property.name, property.type, valuesOf(property, count)]),
    },
    warnings: [
      ...(count > 0 && withoutGeometry === count ? [scriptStrings.noGeometries] : []),
      ...(crs === undefined && answer.crs !== undefined && types.length > 0
        ? [scriptStrings.unknownCrs]
        : []),
      ...faultsInWords(faults),
    ],
    properties: properties.map(({ name }) => name),
    place: placeFrom(answer.crs && crsName(answer.crs), bbox),
  };
}

export function describeRaster(answer: RasterAnswer): Description {
  const { width, height, bbox, resolution, bands } = answer;
  const crs = crsInWords(answer);
  return {
    text: [
      scriptStrings.pixels(width, height),
      scriptStrings.bands(bands.length),
      resolution ? scriptStrings.pixelSize(resolution.map(figure).join(' × ')) : '',
      crs ?? '',
    ]
      .filter(Boolean)
      .join(' · '),
    ...extentOf(bbox),
    table: {
      title: scriptStrings.bands(bands.length),
      head: scriptStrings.bandHead,
      rows: bands.map(({ band, dataType, nodata, unit, description }) => [
        [String(band), shortened(description ?? '')].filter(Boolean).join(' '),
        [dataType, unit ? `(${unit})` : ''].filter(Boolean).join(' '),
        nodata === null || nodata === undefined ? scriptStrings.none : String(nodata),
      ]),
    },
    warnings: crs === undefined ? [scriptStrings.unknownCrs] : [],
    properties: [],
    place: placeFrom(answer.crs && crsName(answer.crs), bbox),
  };
}

/** By its code, else by the name that its definition begins with. */
function crsInWords({ crs, wkt }: Pick<LayerAnswer, 'crs' | 'wkt'>): string | undefined {
  if (crs) return crsName(crs);
  const [, name] = /^\s*\w+\s*[[(]\s*"([^"]+)"/.exec(wkt ?? '') ?? [];
  return name && shortened(name);
}

const extentOf = (bbox: readonly number[] | null | undefined): { readonly extent?: string } =>
  bbox ? { extent: bbox.map(figure).join(', ') } : {};

/** A number without the digits that come of arithmetic alone. */
const figure = (value: number): string =>
  String(Number.isInteger(value) ? value : Number(value.toPrecision(10)));

/** The range of numbers, or the texts that there are; and how many features have none. */
function valuesOf({ type, count, min, max, values }: PropertyAnswer, all: number): string {
  const missing = all - count;
  return [
    min !== undefined && max !== undefined ? scriptStrings.range(figure(min), figure(max)) : '',
    values ? textsOf(values) : type === 'text' ? scriptStrings.manyDifferent : '',
    missing > 0 ? scriptStrings.withoutValue(missing) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function textsOf(values: readonly string[]): string {
  const some = values.slice(0, MOST_VALUES).map(shortened).join(', ');
  return scriptStrings.different(values.length, values.length > MOST_VALUES ? `${some}, …` : some);
}

const shortened = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;

function faultsInWords(faults: NonNullable<LayerAnswer['faults']>): string[] {
  if (faults.length === 0) return [];
  const told = faults
    .slice(0, MOST_FAULTS)
    .map(({ feature, fault }) => scriptStrings.faultAt(feature + 1, fault));
  const more = faults.length - told.length;
  return [
    scriptStrings.degenerate(faults.length, faults.length >= ALL_FAULTS),
    ...told,
    ...(more > 0 ? [scriptStrings.andMore(more)] : []),
  ];
}
