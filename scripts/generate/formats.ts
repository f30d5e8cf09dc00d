import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Format,
  layerFormats,
  layerOutputFormats,
  rasterInputFormats,
  rasterOutputFormats,
} from '../../core/shared/formats.ts';
import { type GdalFormat, gdalFormats } from '../../core/shared/gdal-formats.ts';
import { MediaType } from '../../core/shared/uris.ts';

/** The page of the formats: those of this project, and those that GDAL reads, of which a test reads a file each. */
export function formatsDocument(root: string): string {
  const tested = new Set(
    Object.values(
      JSON.parse(readFileSync(join(root, 'test/fixtures/files/by-gdal.json'), 'utf8')) as Record<
        string,
        string
      >,
    ),
  );
  const proven = (kind: GdalFormat['kind']) =>
    gdalFormats.filter((format) => format.kind === kind && tested.has(format.driver));
  const others = gdalFormats.filter(({ driver }) => !tested.has(driver));
  const rasters = new Map(
    [...rasterInputFormats, ...rasterOutputFormats].map((format) => [format.mediaType, format]),
  );
  const ownLayers = layerOutputFormats.filter(
    (format) => layerFormats.includes(format) || format.mediaType === MediaType.kmz,
  );
  const isRead = ({ mediaType }: Format) =>
    rasterInputFormats.some((format) => format.mediaType === mediaType) || mediaType.startsWith('image/tiff');
  const isWritten = ({ mediaType }: Format) =>
    rasterOutputFormats.some((format) => format.mediaType === mediaType);
  return `# Formats

What is read and written, and by whom. Made by \`npm run generate\` from the tables that the service itself uses, and from the files of which a test reads one per format.

The formats of this project's own are read without a copy and, where the format allows it, in ranges. All others are read by way of [GDAL](https://gdal.org) ([why and how](../adr/0020-gdal-reads-what-nothing-else-reads.md)):
the whole file is translated once. What GDAL says of it is a warning of the run.

## Layers

| Format | Extensions | Media types | Read | Written | By |
| --- | --- | --- | --- | --- | --- |
${ownLayers.map((format) => ownRow(format, true, true)).join('\n')}
${proven('layer').map(gdalRow).join('\n')}

## Rasters

| Format | Extensions | Media types | Read | Written | By |
| --- | --- | --- | --- | --- | --- |
${[...rasters.values()].map((format) => ownRow(format, isRead(format), isWritten(format))).join('\n')}
${proven('raster').map(gdalRow).join('\n')}

What a format of results cannot hold is a warning of the run: GML has no types of values, GPX has no areas, DXF has no properties. GPX is written by this project itself.

Formats of several files are sent as one zip, with the names that the files have: those of SRTM say where the grid lies. A picture is placed by a world file in the zip. Curves become lines, surfaces MultiPolygons.

GDAL is asked for these too, of which no test has a file: ${others.map(({ title }) => title).join(', ')}.

Not read: netCDF, HDF, Zarr, JPEG 2000, ECW, TIFF with LZMA blocks or complex numbers, and everything that only leads to other files or hosts, such as VRT and the descriptions of web services.
`;
}

const tick = (is: boolean): string => (is ? 'yes' : '');

const ownRow = ({ title, extension, mediaType }: Format, isRead: boolean, isWritten: boolean): string =>
  `| ${title} | \`${extension}\` | \`${mediaType}\` | ${tick(isRead)} | ${tick(isWritten)} | this project |`;

const isLayerWritten = (mediaTypes: readonly string[]): boolean =>
  layerOutputFormats.some(({ mediaType }) => mediaTypes.includes(mediaType));

const gdalRow = ({ title, extensions, mediaTypes, driver, kind }: GdalFormat): string =>
  `| ${title} | ${listed(extensions)} | ${listed(mediaTypes)} | yes | ${tick(kind === 'layer' && isLayerWritten(mediaTypes))} | GDAL, ${driver} |`;

const listed = (texts: readonly string[]): string => texts.map((text) => `\`${text}\``).join(', ');
