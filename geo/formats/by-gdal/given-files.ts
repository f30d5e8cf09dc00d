import { REFERENCED_BYTES, type RunContext, type Source } from '../../../core/run/context.ts';
import { decodedUri } from '../../../core/shared/decoded-uri.ts';
import { gdalFormats } from '../../../core/shared/gdal-formats.ts';
import type { GivenFiles } from '../../gdal/virtual-files.ts';
import { inflated, readZipEntries } from '../shapefile/zip.ts';
import { isBinaryDxf, textOfBinaryDxf } from './binary-dxf.ts';
import { withoutBoundsOfFeatures } from './bounds-of-features.ts';
import { mendedDxf } from './mend-dxf.ts';
import { tileName } from './tile-name.ts';
import { checkWholeXml } from './whole-xml.ts';

/** Files of an archive that are tried. */
const TRIED = 20;

/** An input as files: an archive is unpacked. @throws LimitExceeded where that is larger than the process takes */
export async function givenFiles(source: Source, { limits }: RunContext): Promise<GivenFiles> {
  const bytes = await source.bytes();
  if (!isArchive(bytes)) {
    checkWholeXml(bytes);
    const name = fileName(source.href);
    const content = mendedDxf(isBinaryDxf(bytes) ? textOfBinaryDxf(bytes) : bytes);
    return { files: new Map([[name, withoutBoundsOfFeatures(content)]]), candidates: [name] };
  }
  const entries = readZipEntries(bytes).filter(({ name }) => isInside(name));
  const files = inflated(bytes, entries, limits.referencedBytes ?? REFERENCED_BYTES, source.pointer);
  for (const [name, content] of files) {
    if (/\.dxf$/i.test(name)) files.set(name, mendedDxf(content));
    if (/\.(?:gml|xml)$/i.test(name)) files.set(name, withoutBoundsOfFeatures(content));
  }
  return { files, candidates: listCandidates([...files.keys()]) };
}

const isArchive = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** Drivers look at names; those of grids of elevation say where they lie. */
function fileName(href: string | undefined): string {
  const path = href !== undefined && URL.canParse(href) ? new URL(href).pathname : '';
  const tile = tileName(path);
  if (tile !== undefined) return tile;
  const name = decodedUri(path.slice(path.lastIndexOf('/') + 1)).replaceAll(/[^\p{L}\p{N}._ -]/gu, '_');
  return name.replace(/^\.+/, '').slice(-120) || 'file';
}

const isInside = (name: string): boolean =>
  !name.startsWith('/') &&
  !name.includes('\\') &&
  !name.split('/').some((part) => part === '..' || part === '.');

const extensions = new Set(gdalFormats.flatMap((format) => format.extensions));

/** Folders of geodatabases, then files with extensions of formats, then the others. */
function listCandidates(names: readonly string[]): string[] {
  const folders = new Set(names.flatMap((name) => /^(?:.*\/)?[^/]*\.gdb(?=\/)/i.exec(name)?.[0] ?? []));
  const isKnown = (name: string) => extensions.has(/\.[^./]*$/.exec(name)?.[0].toLowerCase() ?? '');
  const loose = names.filter((name) => ![...folders].some((folder) => name.startsWith(`${folder}/`)));
  // A grid without a folder of its own: its tables lie at the top of the archive.
  const bare = names.some((name) => /^a0{7}1\.gdbtable$/i.test(name)) ? ['.'] : [];
  const sorted = loose.toSorted((one, other) => Number(isKnown(other)) - Number(isKnown(one)));
  return [...folders, ...bare, ...sorted].slice(0, TRIED);
}
