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

/** CRSs whose code begins so, or whose name has all of the words, those that begin with them first. */
export function findCrs(all: readonly NamedCrs[], text: string, most: number): NamedCrs[] {
  const asked = text.trim().toLowerCase();
  if (asked === '') return [];
  const digits = /^(?:(?:epsg|esri):?)?\s*(\d+)$/.exec(asked)?.[1];
  if (digits !== undefined)
    return all.filter(({ code }) => code.slice(code.indexOf(':') + 1).startsWith(digits)).slice(0, most);
  const words = asked.split(/[\s/_,]+/).filter((word) => word !== '');
  const found = all.filter(({ name }) => {
    const lower = name.toLowerCase();
    return words.every((word) => lower.includes(word));
  });
  const starts = found.filter(({ name }) => name.toLowerCase().startsWith(asked));
  return [...starts, ...found.filter((one) => !starts.includes(one))].slice(0, most);
}
