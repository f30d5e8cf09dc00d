import { SaxesParser } from 'saxes';
import { type ColorInterpretation, colorInterpretations } from '../../color-interpretation-names.ts';
import type { BandMeaning, Metadata } from '../../raster.ts';

/** What the tag GDAL_METADATA says. */
export interface GdalMetadata {
  readonly metadata: Metadata;
  /** By the index of the band. */
  readonly bands: ReadonlyMap<number, BandMeaning>;
}

interface Item {
  readonly name: string;
  readonly sample: number | undefined;
  readonly role: string | undefined;
  readonly text: string;
}

/**
 * Reads the items of GDAL that have no domain of their own: those of domains are about the file, or about how its pixels
 * came about. Undefined where the text is no XML.
 */
export function parseGdalMetadata(xml: string): GdalMetadata | undefined {
  const items = parseItems(xml);
  if (!items) return undefined;
  const metadata: Record<string, string> = {};
  const bands = new Map<number, BandMeaning>();
  for (const item of items) {
    if (item.sample === undefined) metadata[item.name] = item.text;
    else bands.set(item.sample, withItem(bands.get(item.sample) ?? {}, item));
  }
  return { metadata, bands };
}

function parseItems(xml: string): Item[] | undefined {
  const items: Item[] = [];
  let open: Omit<Item, 'text'> | undefined;
  let text = '';
  let failed = false;
  const parser = new SaxesParser({});
  parser.on('opentag', ({ name: element, attributes }) => {
    const { name, sample, role, domain } = attributes as Record<string, string | undefined>;
    const isPlain = element === 'Item' && name !== undefined && !domain;
    open = isPlain ? { name, role, sample: sample === undefined ? undefined : Number(sample) } : undefined;
    text = '';
  });
  parser.on('text', (part) => {
    text += part;
  });
  parser.on('closetag', () => {
    if (open) items.push({ ...open, text: unescaped(text) });
    open = undefined;
  });
  parser.on('error', () => {
    failed = true;
  });
  parser.write(xml).close();
  return failed ? undefined : items;
}

function withItem(band: BandMeaning, { name, role, text }: Item): BandMeaning {
  switch (role) {
    case 'description':
      return { ...band, description: text };
    case 'unittype':
      return { ...band, unit: text };
    case 'scale':
      // GDAL up to 2.3 wrote 0 where none was set.
      if (Number(text) === 0) return band;
      return isNumber(text) ? { ...band, scale: Number(text) } : band;
    case 'offset':
      return isNumber(text) ? { ...band, offset: Number(text) } : band;
    case 'colorinterp': {
      const found = colorInterpretations.find((each) => each === text.toLowerCase());
      return found ? { ...band, colorInterpretation: found } : band;
    }
    default:
      return { ...band, metadata: { ...band.metadata, [name]: text } };
  }
}

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

/**
 * The text of the tag for a raster; undefined where there is nothing to say.
 *
 * @param implied what the other tags say that the bands show
 */
export function formatGdalMetadata(
  metadata: Metadata = {},
  bands: readonly BandMeaning[] = [],
  implied: readonly ColorInterpretation[] = [],
): string | undefined {
  const lines: string[] = Object.entries(metadata).map(([name, text]) => formatItem({ name }, text));
  for (const [sample, band] of bands.entries()) {
    const put = (name: string, role: string | undefined, text: string | number | undefined) => {
      if (text !== undefined) lines.push(formatItem({ name, sample, ...(role && { role }) }, String(text)));
    };
    put('DESCRIPTION', 'description', band.description);
    put('OFFSET', 'offset', band.offset);
    put('SCALE', 'scale', band.scale);
    put('UNITTYPE', 'unittype', band.unit);
    const { colorInterpretation: shown } = band;
    if (shown !== undefined && shown !== implied[sample])
      put('COLORINTERP', 'colorinterp', `${shown.charAt(0).toUpperCase()}${shown.slice(1)}`);
    for (const [name, text] of Object.entries(band.metadata ?? {})) put(name, undefined, text);
  }
  return lines.length === 0
    ? undefined
    : `<GDALMetadata>\n${lines.map((line) => `  ${line}\n`).join('')}</GDALMetadata>\n`;
}

function formatItem(attributes: Readonly<Record<string, string | number>>, text: string): string {
  const listed = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  // Twice, as GDAL does: what an XML parser reads is escaped still.
  return `<Item${listed.join('')}>${escaped(escaped(text))}</Item>`;
}

/** What GDAL does to texts of items when they have been parsed. */
const unescaped = (text: string): string =>
  text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: keyof typeof characters) => characters[name]);

const characters = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' } as const;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
