import type { RasterContent } from '../../raster.ts';
import { newSamples } from '../../values/data-types.ts';
import { TILE } from './encode-tile.ts';

/**
 * The raster at half the size, a quarter and so on, until it fits into a tile. Each pixel is one of those below its
 * place (nearest), so classes and missing pixels stay what they are.
 */
export function overviewsOf(content: RasterContent): RasterContent[] {
  const overviews: RasterContent[] = [];
  for (let factor = 2; (Math.max(content.width, content.height) * 2) / factor > TILE; factor *= 2)
    overviews.push(reduced(content, factor));
  return overviews;
}

function reduced(content: RasterContent, factor: number): RasterContent {
  const width = Math.ceil(content.width / factor);
  const height = Math.ceil(content.height / factor);
  const middle = factor / 2;
  const bands = content.bands.map((from) => {
    const to = newSamples(content.dataType, width * height);
    for (let row = 0; row < height; row++) {
      const start = Math.min(row * factor + middle, content.height - 1) * content.width;
      const end = (row + 1) * width - 1;
      for (let index = row * width, at = start + middle; index < end; index++, at += factor)
        to[index] = from[at]!;
      to[end] = from[start + Math.min((width - 1) * factor + middle, content.width - 1)]!;
    }
    return to;
  });
  return { ...content, width, height, bands };
}
