/** A format whose layers are several files of one name. */
interface Composite {
  readonly title: string;
  /** Extensions without which it cannot be read. */
  readonly required: readonly string[];
  /** Of these, and of others that it may have, those that no other format here has. */
  readonly own: readonly string[];
}

const composites: readonly Composite[] = [
  { title: 'MapInfo TAB', required: ['.tab', '.dat', '.map', '.id'], own: ['.tab', '.map', '.id'] },
  { title: 'MapInfo MIF', required: ['.mif'], own: ['.mid'] },
  { title: 'a zipped Shapefile', required: ['.shp'], own: ['.shx', '.sbn', '.sbx', '.dbf', '.qix'] },
  { title: 'a file geodatabase', required: ['.gdbtable', '.gdbtablx'], own: ['.gdbtable', '.gdbtablx'] },
];

/** What an archive lacks, which seems to have been meant as a format. */
export interface MissingParts {
  /** Of the format. */
  readonly title: string;
  /** A sentence. */
  readonly reason: string;
}

/** Which files of which format an archive lacks; undefined where its files do not tell of any. */
export function findMissingParts(names: readonly string[]): MissingParts | undefined {
  const lower = new Set(names.map((name) => name.toLowerCase()));
  for (const { title, required, own } of composites)
    for (const name of names) {
      const [, base = '', extension = ''] = /^(.*)(\.[^./]+)$/.exec(name) ?? [];
      if (!own.includes(extension.toLowerCase())) continue;
      const missing = required.filter((each) => !lower.has(`${base}${each}`.toLowerCase()));
      if (missing.length === 0) continue;
      const lacks = missing.map((each) => `${base}${each}`).join(', ');
      return { title, reason: `the archive has ${name}, but lacks ${lacks}, which belongs to it` };
    }
  return undefined;
}

/** The sentence about a MapInfo file whose values are in a file that is not there. */
export const describeMissingValues = (file: string, names: readonly string[]): string[] =>
  /\.mif$/i.test(file) &&
  !names.some((name) => name.toLowerCase() === file.toLowerCase().replace(/mif$/, 'mid'))
    ? [
        `${file.replace(/^.*\//, '')} was given without its .mid, which has the values: all properties are null.`,
      ]
    : [];
