import type { GeoTIFFImage } from 'geotiff';
import { formatNumber } from '../colours/classes.ts';

/** What the samples of a band measure: a sample times `scale` plus `offset` is a quantity in `unit`. */
export interface Quantity {
  readonly scale: number;
  readonly offset: number;
  /** As the file names it; empty where it names none. */
  readonly unit: string;
}

const PLAIN: Quantity = { scale: 1, offset: 0, unit: '' };

/** What the bands of a GeoTIFF measure, as GDAL writes it into the file. */
export async function readQuantities(image: GeoTIFFImage): Promise<Quantity[]> {
  const height = verticalUnits.get(Number(image.getGeoKeys()?.['VerticalUnitsGeoKey']));
  const bands = Array.from({ length: image.getSamplesPerPixel() }, (_, band) => band);
  return Promise.all(
    bands.map(async (band) => toQuantity((await image.getGDALMetadata(band)) ?? {}, height ?? '')),
  );
}

/** What is said of the vertical CRS of elevations, by the codes of EPSG. */
const verticalUnits: ReadonlyMap<number, string> = new Map([
  [9001, 'metre'],
  [9002, 'foot'],
  [9003, 'US survey foot'],
]);

function toQuantity(items: Readonly<Record<string, unknown>>, height: string): Quantity {
  const { SCALE, OFFSET, UNITTYPE } = items;
  return {
    // GDAL up to 2.3 wrote 0 where none was set.
    scale: readNumber(SCALE) || 1,
    offset: readNumber(OFFSET) || 0,
    unit: typeof UNITTYPE === 'string' && UNITTYPE !== '' ? unescaped(unescaped(UNITTYPE)) : height,
  };
}

const readNumber = (text: unknown): number => {
  const value = typeof text === 'string' ? Number.parseFloat(text) : Number.NaN;
  return Number.isFinite(value) ? value : 0;
};

/** Texts of GDAL are escaped twice. */
const unescaped = (text: string): string =>
  text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: keyof typeof characters) => characters[name]);

const characters = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' } as const;

/** The quantity that a sample of a band stands for, and the other way round. */
export const fromSample = (value: number, { scale, offset }: Quantity = PLAIN): number =>
  value * scale + offset;
export const toSample = (value: number, { scale, offset }: Quantity = PLAIN): number =>
  (value - offset) / scale;

/** How units are written behind a number; those that are not here stand as the file has them. */
const symbols: Readonly<Record<string, string>> = {
  degree: '°',
  degrees: '°',
  deg: '°',
  percent: '%',
  metre: 'm',
  metres: 'm',
  meter: 'm',
  meters: 'm',
  foot: 'ft',
  feet: 'ft',
};

/** The unit of a quantity as people write it; empty without one. */
export const unitSymbol = ({ unit }: Quantity = PLAIN): string => symbols[unit.toLowerCase()] ?? unit;

/** The quantity that a sample of a band stands for, with its unit. */
export function formatSample(value: number, quantity?: Quantity): string {
  const symbol = unitSymbol(quantity);
  return `${formatNumber(fromSample(value, quantity))}${symbol === '' || symbol === '°' ? '' : '\u00a0'}${symbol}`;
}
