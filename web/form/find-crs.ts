export interface NamedCrs {
  /** As `EPSG:28992`. */
  readonly code: string;
  readonly name: string;
}

/** Reads lines of a code and a name. Codes above those of EPSG are Esri's. */
export const readNames = (text: string): NamedCrs[] =>
  text.split('\n').map((line) => {
    const space = line.indexOf(' ');
    const number = Number(line.slice(0, space));
    const isEsri = number >= FIRST_OF_ESRI && number < 1_000_000;
    return { code: `${isEsri ? 'ESRI' : 'EPSG'}:${number}`, name: line.slice(space + 1) };
  });

const FIRST_OF_ESRI = 37_001;

/** West, south, east, north in degrees; west of what crosses the antimeridian is greater than east. */
export type Area = readonly number[];

/** Where CRSs are meant to be used: each code has the index of an area that it may share with others. */
export interface Areas {
  readonly areas: readonly Area[];
  readonly codes: Readonly<Record<string, number>>;
}

const numberOf = (code: string): string => code.slice(code.indexOf(':') + 1);

export const areaOf = ({ areas, codes }: Areas, code: string): Area | undefined =>
  areas[codes[numberOf(code)] ?? -1];

function contains(area: Area | undefined, [west = 0, south = 0, east = 0, north = 0]: Area): boolean {
  const [left = 0, bottom = 0, right = 0, top = 0] = area ?? [1, 1, 0, 0];
  if (area === undefined || south < bottom || north > top) return false;
  return left <= right ? west >= left && east <= right : west >= left || east <= right;
}

const sizeOf = ([west = 0, south = 0, east = 0, north = 0]: Area): number =>
  ((east - west + 360) % 360 || 360) * (north - south);

/**
 * CRSs that are meant for all of an extent: the zone of UTM on WGS 84 first, then those of the smallest areas, which were made
 * for the place.
 */
export function nearestCrs(all: readonly NamedCrs[], areas: Areas, extent: Area, most: number): NamedCrs[] {
  const fit = all.flatMap((one) => {
    const area = areaOf(areas, one.code);
    return area && contains(area, extent) ? [{ one, size: sizeOf(area) }] : [];
  });
  const rank = ({ one, size }: (typeof fit)[number]) => (one.name.startsWith('WGS 84 / UTM') ? -1 : size);
  return fit
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, most)
    .map(({ one }) => one);
}

/** The same CRSs, those first that are meant for an extent. */
export const nearestFirst = (found: readonly NamedCrs[], areas: Areas, extent: Area): NamedCrs[] => {
  const isNear = ({ code }: NamedCrs) => contains(areaOf(areas, code), extent);
  return [...found.filter(isNear), ...found.filter((one) => !isNear(one))];
};

/** CRSs whose code begins so, or whose name has all of the words, those that begin with them first. */
export function findCrs(all: readonly NamedCrs[], text: string, most: number): NamedCrs[] {
  const asked = text.trim().toLowerCase();
  if (asked === '') return [];
  const digits = /^(?:(?:epsg|esri):?)?\s*(\d+)$/.exec(asked)?.[1];
  if (digits !== undefined) return all.filter(({ code }) => numberOf(code).startsWith(digits)).slice(0, most);
  const words = asked.split(/[\s/_,]+/).filter((word) => word !== '');
  const found = all.filter(({ name }) => {
    const lower = name.toLowerCase();
    return words.every((word) => lower.includes(word));
  });
  const starts = found.filter(({ name }) => name.toLowerCase().startsWith(asked));
  return [...starts, ...found.filter((one) => !starts.includes(one))].slice(0, most);
}
