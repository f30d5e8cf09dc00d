import { openRaster } from '../processes/engines/raster/open-raster.ts';
import { bytesSource, contextOf } from '../test/processes/engines/layers/support.ts';

/** Opens a raster behind a URL and reads a window of 512 x 512 pixels with range requests. */
export async function readWindow({
  url,
  column,
  row,
}: {
  readonly url: string;
  readonly column: number;
  readonly row: number;
}): Promise<number> {
  const head = await fetch(url, { method: 'HEAD' });
  const size = Number(head.headers.get('content-length'));
  const source = bytesSource(new Uint8Array(), {
    size: async () => size,
    read: async (offset, length) => {
      const range = `bytes=${offset}-${offset + length - 1}`;
      return new Uint8Array(await (await fetch(url, { headers: { range } })).arrayBuffer());
    },
  });
  const raster = await openRaster(source, contextOf({ limits: { inlineBytes: 1 } }));
  return (await raster.read(1, { column, row, width: 512, height: 512 })).length;
}
