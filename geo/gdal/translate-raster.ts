import { FormatError } from '../../core/shared/format-error.ts';
import { gdalDrivers } from '../../core/shared/gdal-formats.ts';
import { Engine } from './engine.ts';
import { firstThatOpens } from './first-that-opens.ts';
import { Report } from './report.ts';
import { GIVEN, type GivenFiles, MADE, withVirtualFiles } from './virtual-files.ts';

/** What GDAL made of a raster. */
export interface TranslatedRaster {
  /** A GeoTIFF on this machine. */
  readonly path: string;
  readonly driver: string;
  readonly size: RasterSize;
  /** What a translation of the first pixel leaves out, of each band. */
  readonly bands: readonly BandRest[];
  /** Definition of its CRS; undefined where it has none. */
  readonly wkt: string | undefined;
  /** What GDAL has said about the file, in sentences. */
  readonly remarks: readonly string[];
}

/** Size of a raster, before it is translated. */
export interface RasterSize {
  readonly width: number;
  readonly height: number;
  /** Of all its samples. */
  readonly bytes: number;
}

/** What is said of a band, and not passed on with a part of its pixels. */
export interface BandRest {
  readonly unit: string | undefined;
  /** Items of metadata. */
  readonly statistics: Readonly<Record<string, string>>;
}

interface RasterInfo {
  readonly size?: readonly [width: number, height: number];
  readonly coordinateSystem?: { readonly wkt?: string };
  readonly bands?: readonly {
    readonly type: string;
    readonly unit?: string;
    readonly metadata?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }[];
  readonly metadata?: { readonly SUBDATASETS?: Readonly<Record<string, string>> };
}

/** As our reader likes it best: bands of their own, in tiles, without compression. */
const options = ['-of', 'GTiff', '-co', 'TILED=YES', '-co', 'INTERLEAVE=BAND', '-co', 'BIGTIFF=IF_SAFER'];

/** The first pixel: with it comes all that is said of a raster beside its size. */
const firstPixel = ['-srcwin', '0', '0', '1', '1'];

/** What is wanted of a raster. */
export interface RasterOptions {
  /** Drivers that are asked; all that are allowed where absent. */
  readonly drivers?: readonly string[] | undefined;
  /** Nothing but what is said beside the pixels: the GeoTIFF has the first pixel only. */
  readonly headerOnly?: boolean | undefined;
}

/**
 * Has GDAL translate a raster into a GeoTIFF.
 *
 * @param check is called with the size before anything is translated, and throws where it is too large
 * @returns undefined where GDAL knows no such file
 * @throws FormatError in GDAL's words
 */
export async function translateRaster(
  given: GivenFiles,
  check: (size: RasterSize) => void,
  { drivers = gdalDrivers('raster'), headerOnly = false }: RasterOptions = {},
): Promise<TranslatedRaster | undefined> {
  const engine = await Engine.load();
  const report = new Report(engine);
  return withVirtualFiles(engine, given, (directory) =>
    firstThatOpens(given, report, (path) =>
      engine.withDataset(path, 'raster', drivers, openOptions(path, given), (dataset): TranslatedRaster => {
        report.opened();
        const info = engine.info(dataset, 'raster', ['-nogcp', '-noct', '-norat']) as RasterInfo;
        const size = sizeFromInfo(info);
        checkLength(engine.driverName(dataset), size, given);
        check(size);
        const name = 'raster.tif';
        const translation = headerOnly ? [...options, ...firstPixel] : options;
        report.checkTranslation(engine.translate(dataset, 'raster', `${MADE}/${name}`, translation));
        return {
          path: `${directory}/${name}`,
          driver: engine.driverName(dataset),
          size,
          bands: restFromInfo(info),
          wkt: info.coordinateSystem?.wkt,
          remarks: report.remarks(),
        };
      }),
    ),
  );
}

const NODATA_IS_NAN = /^\s*nodata_value\s+[-+]?(?:nan|1\.#(?:QNAN|IND)\w*)\s*$/im;
/** Bytes in which the header of an ASCII grid is. */
const HEADER = 1024;

/** An ASCII grid of whole numbers whose nodata is none of them is of floating point: other drivers know no such option. */
function openOptions(path: string, { files }: GivenFiles): string[] {
  const bytes = files.get(path.slice(GIVEN.length + 1)) ?? new Uint8Array();
  const head = Buffer.from(bytes.subarray(0, HEADER)).toString('latin1');
  return /^\s*ncols\s/i.test(head) && NODATA_IS_NAN.test(head) ? ['DATATYPE=Float32'] : [];
}

/** Drivers whose files hold every sample as it is, and which take what is not there for zeros. */
const plain = new Set([
  'PCRaster',
  'PNM',
  'GSBG',
  'GTX',
  'KRO',
  'BT',
  'EHdr',
  'ENVI',
  'SAGA',
  'RST',
  'ERS',
  'RRASTER',
  'BMP',
]);

/** @throws FormatError where the files are shorter than their samples */
function checkLength(driver: string, { bytes }: RasterSize, { files }: GivenFiles): void {
  const length = [...files.values()].reduce((sum, file) => sum + file.length, 0);
  if (plain.has(driver) && length < bytes)
    throw new FormatError(
      `it is truncated: it has ${length} bytes, and its pixels alone would take ${bytes}`,
    );
}

const restFromInfo = ({ bands = [] }: RasterInfo): BandRest[] =>
  bands.map(({ unit, metadata }) => {
    const items = Object.entries(metadata?.[''] ?? {});
    return {
      unit: unit === '' ? undefined : unit,
      statistics: Object.fromEntries(items.filter(([name]) => name.startsWith('STATISTICS_'))),
    };
  });

/** Bytes of a sample, by the names of GDAL's types. */
const sampleBytes = (type: string): number => {
  const [, complex = '', bits = '8'] = /^(C?)[A-Za-z]*?(\d+)?$/.exec(type) ?? [];
  return (Number(bits) / 8) * (complex ? 2 : 1);
};

function sizeFromInfo({ size: [width, height] = [0, 0], bands = [], metadata }: RasterInfo): RasterSize {
  const others = Object.entries(metadata?.SUBDATASETS ?? {}).filter(([key]) => key.endsWith('_DESC'));
  if (bands.length === 0 && others.length > 0)
    throw new FormatError(
      `it holds ${others.length} rasters, and only files with one are read: ${others
        .map(([, text]) => text)
        .join(', ')
        .slice(0, 300)}`,
    );
  if (bands.length === 0) throw new FormatError('it has no bands');
  const bytes = width * height * bands.reduce((sum, { type }) => sum + sampleBytes(type), 0);
  return { width, height, bytes };
}
