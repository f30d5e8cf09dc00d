import { layerFormats, rasterInputFormats } from './formats.ts';
import { type GdalFormat, gdalFormats, isSentZipped } from './gdal-formats.ts';

/** Of archives: what is made of several files, or has a world file, comes in one. */
const ZIP = '.zip';

/** Extensions, with the dot, of the files of a kind that are read: those of our own readers first. */
export function readExtensions(kind: GdalFormat['kind']): readonly string[] {
  const own = kind === 'layer' ? layerFormats : rasterInputFormats;
  const others = gdalFormats.filter((format) => format.kind === kind);
  return [
    ...new Set([
      ...own.flatMap(({ extension, alsoNamed = [] }) => [extension, ...alsoNamed]),
      ...(kind === 'layer' ? ['.kmz'] : []),
      ZIP,
      ...others.flatMap((format) =>
        isSentZipped(format) ? format.extensions.filter((name) => name.endsWith(ZIP)) : format.extensions,
      ),
    ]),
  ];
}
