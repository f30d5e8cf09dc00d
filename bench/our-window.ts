import { RemoteSource } from '../functions/egress/remote-source.ts';
import { openRaster } from '../geo/raster/formats/open-raster.ts';
import { makeRunContext } from '../test/geo/formats/support.ts';

/** Opens a raster behind a URL as jobs do, and reads a window of 512 x 512 pixels with range requests. */
export async function readWindow({
  url,
  column,
  row,
}: {
  readonly url: string;
  readonly column: number;
  readonly row: number;
}): Promise<number> {
  const source = await RemoteSource.open(url, { pointer: '/inputs/raster' }, [new URL(url).host]);
  const raster = await openRaster(source, makeRunContext());
  return (await raster.read(1, { column, row, width: 512, height: 512 })).length;
}
