import { MediaType } from '../../../../core/shared/uris.ts';
import { buildGeoKeys } from '../../../crs/build-geokeys.ts';
import type { RasterContent, Samples, Strip } from '../../raster.ts';
import { newSamples } from '../../values/data-types.ts';
import { putTile } from './assemble.ts';
import type { Compression } from './compress.ts';
import { fittingTile, TILE } from './encode-tile.ts';
import { buildEntries } from './entries.ts';
import { FRAME } from './file-layout.ts';
import { findSourceRow, listOverviews, type Overview, shrinkRow } from './overviews.ts';
import { packTiles, tilePacker } from './pack-tiles.ts';
import { indexBytes, type PartIndex, type PartsFile, packEntries, packNumbers } from './part-index.ts';

/**
 * A strip of a raster as part of a GeoTIFF that `joinParts` makes of all of them: its tiles as they will be in the file, and
 * the pixels of the overviews that lie in it. Its rows begin at a multiple of those of a tile.
 *
 * @param mediaType of the file
 * @throws Error
 */
export async function partBytes(
  content: RasterContent,
  mediaType: string,
  compression: Compression,
): Promise<Uint8Array> {
  const { strip, width, masks } = content;
  const cloudOptimized = mediaType === MediaType.cog;
  if (!strip || !(cloudOptimized || mediaType === MediaType.geotiff))
    throw new Error(`A raster in ${mediaType} is not put together from parts`);
  if (masks) throw new Error('A raster with masks is not put together from parts');
  const tile = cloudOptimized ? TILE : fittingTile(strip.whole);
  const { first, end } = strip;
  if (first % tile !== 0) throw new Error(`A part begins at row ${first}, in the middle of a tile`);
  const { packTile } = tilePacker(content, compression, tile);
  const tiles = await packTiles({ width, height: end - first }, tile, (column, row) =>
    packTile(column, row + first - strip.row),
  );
  const frame = cloudOptimized ? FRAME : 0;
  let offset = tiles.reduce((sum, { length }) => sum + length + 2 * frame, 0);
  const overviews = cloudOptimized ? listOverviews(strip.whole) : [];
  const placed = overviews.map((overview) => {
    const { from, samples } = shrunkRows(content, strip, overview);
    const place = { first: from, rows: samples.length / (overview.width * content.bands.length), offset };
    offset += samples.byteLength;
    return { place, samples };
  });
  const file = await describeFile(content, strip, { cloudOptimized, compression, tile, overviews });
  const lengths = tiles.map(({ length }) => length);
  const index = indexBytes({ file, first, end, lengths, overviews: placed.map(({ place }) => place) });
  return joined(index, tiles, placed, { frame, size: offset });
}

/** The directories are those of the whole raster, and so the same in each part. */
async function describeFile(
  content: RasterContent,
  { whole: { width, height, transform } }: Strip,
  {
    cloudOptimized,
    compression,
    tile,
    overviews,
  }: Pick<PartsFile, 'cloudOptimized' | 'compression' | 'tile'> & { readonly overviews: readonly Overview[] },
): Promise<PartsFile> {
  const { code, predictor } = tilePacker(content, compression, tile);
  const { crs, dataType, nodata, bands } = content;
  const whole: RasterContent = { ...content, width, height, transform };
  const encoding = { compression: code, predictor, tile };
  const geoKeys = (crs && (await buildGeoKeys(crs))) ?? new Map();
  return {
    cloudOptimized,
    compression,
    tile,
    dataType,
    bandCount: bands.length,
    ...(nodata === undefined ? {} : { nodata: packNumbers([nodata]) }),
    width,
    height,
    directories: [
      packEntries(buildEntries(whole, { ...encoding, isOverview: false, geoKeys })),
      ...overviews.map((overview) =>
        packEntries(
          buildEntries({ ...whole, ...overview }, { ...encoding, isOverview: true, geoKeys: new Map() }),
        ),
      ),
    ],
  };
}

/** The rows of an overview that are rows of a strip: the first of them, and their samples. */
function shrunkRows(
  { bands, dataType, width }: RasterContent,
  { row: top, first, end, whole }: Strip,
  overview: Overview,
): { readonly from: number; readonly samples: Samples } {
  const isIn = (row: number) => {
    const source = findSourceRow(row, overview, whole.height);
    return source >= first && source < end;
  };
  let from = Math.max(0, Math.floor(first / overview.factor) - 1);
  while (from < overview.height && !isIn(from)) from++;
  let to = from;
  while (to < overview.height && isIn(to)) to++;
  const samples = newSamples(dataType, (to - from) * bands.length * overview.width);
  let at = 0;
  for (let row = from; row < to; row++) {
    const start = (findSourceRow(row, overview, whole.height) - top) * width;
    for (const band of bands) {
      shrinkRow(band, start, width, overview, samples, at);
      at += overview.width;
    }
  }
  return { from, samples };
}

function joined(
  index: Uint8Array,
  tiles: readonly Uint8Array[],
  overviews: readonly { readonly place: PartIndex['overviews'][number]; readonly samples: Samples }[],
  { frame, size }: { readonly frame: number; readonly size: number },
): Uint8Array {
  const bytes = new Uint8Array(index.length + size);
  bytes.set(index);
  let at = index.length;
  for (const tile of tiles) {
    putTile(tile, bytes, at + frame, frame > 0);
    at += tile.length + 2 * frame;
  }
  for (const { place, samples } of overviews)
    bytes.set(new Uint8Array(samples.buffer, 0, samples.byteLength), index.length + place.offset);
  return bytes;
}
