import { BaseClient, BaseResponse, fromBlob, fromCustomClient, type GeoTIFFImage } from 'geotiff';
import type { CrsReference } from '../crs/reference.ts';
import { RangedFile } from '../data/ranged-file.ts';
import { readCrs } from './geokeys.ts';
import { type Quantity, readQuantities } from './quantity.ts';
import { useZstandard } from './zstandard.ts';

/** A level of detail: the image itself, or an overview of it. */
export interface Level {
  readonly image: GeoTIFFImage;
  /** Its mask, in which 0 stands for missing pixels. */
  readonly mask: GeoTIFFImage | undefined;
  readonly width: number;
  readonly height: number;
}

/** A GeoTIFF as the map needs it. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  /** Finest first. */
  readonly levels: readonly [Level, ...Level[]];
  /** Edges in the units of the CRS: west, south, east, north. */
  readonly extent: readonly [number, number, number, number];
  /** Undefined where the file names none. */
  readonly crs: CrsReference | undefined;
  readonly nodata: number | undefined;
  /** Colours by value: as many reds, then greens, then blues, from 0 to 65535. */
  readonly colourMap: ArrayLike<number> | undefined;
  /** True where bytes are red, green and blue by themselves. */
  readonly isRgb: boolean;
  /** Number of the band that says how opaque a pixel is. */
  readonly alpha: number | undefined;
  readonly isInteger: boolean;
  /** True where samples are what pictures have: whole numbers from 0 to 255. */
  readonly isByte: boolean;
  /** What each band measures. */
  readonly quantities: readonly Quantity[];
}

class Answer extends BaseResponse {
  readonly #response: Response;
  constructor(response: Response) {
    super();
    this.#response = response;
  }
  override get ok() {
    return this.#response.ok;
  }
  override get status() {
    return this.#response.status;
  }
  override getHeader(name: string) {
    return this.#response.headers.get(name) ?? undefined;
  }
  override getData() {
    return this.#response.arrayBuffer();
  }
}

class Client extends BaseClient {
  readonly #file: RangedFile;
  constructor(file: RangedFile) {
    super(file.url);
    this.#file = file;
  }
  override async request(options?: RequestInit) {
    return new Answer(await this.#file.request(options));
  }
}

useZstandard();

/** Opens a GeoTIFF on the web, or a file of the person's own; only its directories are read. */
export async function openRaster(source: string | Blob): Promise<Raster> {
  const tiff =
    typeof source === 'string'
      ? await fromCustomClient(new Client(new RangedFile(source)), { allowFullFile: true })
      : await fromBlob(source);
  const images: GeoTIFFImage[] = [];
  const count = await tiff.getImageCount();
  for (let index = 0; index < count; index++) images.push(await tiff.getImage(index));
  const [first] = images;
  if (!first) throw new Error('no image');
  const levels = findLevels(first, images);
  const directory = first.fileDirectory;
  const samples = first.getSamplesPerPixel();
  const [extra] = ((await loadIfThere(first, 'ExtraSamples')) ?? []) as number[];
  const photometric = directory.getValue('PhotometricInterpretation');
  return {
    width: first.getWidth(),
    height: first.getHeight(),
    bands: samples,
    levels,
    extent: findExtent(first),
    crs: readCrs(first),
    nodata: first.getGDALNoData() ?? undefined,
    colourMap:
      photometric === 3 ? ((await loadIfThere(first, 'ColorMap')) as number[] | undefined) : undefined,
    isRgb: (photometric === 2 || photometric === 6) && samples >= 3 && first.getBitsPerSample() === 8,
    alpha: extra === 1 || extra === 2 ? samples - 1 : undefined,
    isInteger: first.getSampleFormat() !== 3,
    isByte: first.getSampleFormat() === 1 && first.getBitsPerSample() === 8,
    quantities: await readQuantities(first),
  };
}

async function loadIfThere(image: GeoTIFFImage, tag: 'ColorMap' | 'ExtraSamples'): Promise<unknown> {
  return image.fileDirectory.hasTag(tag) ? await image.fileDirectory.loadValue(tag) : undefined;
}

const subfileType = (image: GeoTIFFImage): number =>
  Number(image.fileDirectory.getValue('NewSubfileType') ?? 0);

function findLevels(first: GeoTIFFImage, images: readonly GeoTIFFImage[]): [Level, ...Level[]] {
  const masks = images.filter((image) => (subfileType(image) & 4) !== 0);
  const toLevel = (image: GeoTIFFImage): Level => ({
    image,
    mask: masks.find((mask) => mask.getWidth() === image.getWidth()),
    width: image.getWidth(),
    height: image.getHeight(),
  });
  const overviews = images.filter((image) => image !== first && (subfileType(image) & 5) === 1);
  return [toLevel(first), ...overviews.map(toLevel).sort((a, b) => b.width - a.width)];
}

function findExtent(image: GeoTIFFImage): [number, number, number, number] {
  try {
    const [west = 0, south = 0, east = 0, north = 0] = image.getBoundingBox();
    return [west, south, east, north];
  } catch {
    // A picture that lies nowhere: pixels are its units.
    return [0, -image.getHeight(), image.getWidth(), 0];
  }
}
