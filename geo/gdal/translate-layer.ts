import { FormatError } from '../../core/shared/format-error.ts';
import { gdalDrivers } from '../../core/shared/gdal-formats.ts';
import { Engine } from './engine.ts';
import { firstThatOpens } from './first-that-opens.ts';
import { Report } from './report.ts';
import { GIVEN, type GivenFiles, MADE, withVirtualFiles } from './virtual-files.ts';

/** What GDAL made of a layer. */
export interface TranslatedLayer {
  /** A GeoPackage with the layer alone, on this machine. */
  readonly path: string;
  /** Path of the file that was read, among those given. */
  readonly file: string;
  readonly driver: string;
  /** Names of all layers with geometries. */
  readonly layers: readonly string[];
  /** That which was taken. */
  readonly layer: string;
  /** Definition of its CRS; undefined where it has none. */
  readonly wkt: string | undefined;
  /** What GDAL has said about the file, in sentences. */
  readonly remarks: readonly string[];
}

export interface LayerOptions {
  /** Name of the layer that is wanted; the first with features where absent. */
  readonly layer?: string | undefined;
  /** Drivers that are asked; all that are known to be harmless where absent. */
  readonly drivers?: readonly string[];
}

/** Names in the GeoPackage that no column of a file will have. */
const KEY = 'translated_key';
const GEOMETRY = 'translated_geometry';

/** Drivers whose keys are ids that the file itself has. */
const keyed = new Set(['OpenFileGDB', 'SQLite', 'GPKG']);

/** Tables have geometries where the columns with the well-known text are named; other drivers know no such options. */
const tableOptions = [
  'GEOM_POSSIBLE_NAMES=wkt,_wkt,wkt_geom,geometry,geom,the_geom',
  'KEEP_GEOM_COLUMNS=NO',
  'AUTODETECT_TYPE=YES',
];

interface LayerInfo {
  readonly name: string;
  readonly featureCount?: number;
  readonly geometryFields?: readonly {
    readonly coordinateSystem?: { readonly wkt?: string } | null;
  }[];
}

/**
 * Has GDAL translate one layer of a file into a GeoPackage.
 *
 * @returns undefined where GDAL knows no such file
 * @throws FormatError in GDAL's words, NoSuchLayer
 */
export async function translateLayer(
  given: GivenFiles,
  { layer, drivers = gdalDrivers('layer') }: LayerOptions = {},
): Promise<TranslatedLayer | undefined> {
  const engine = await Engine.load();
  const report = new Report(engine);
  return withVirtualFiles(engine, given, (directory) =>
    firstThatOpens(given, report, (path) =>
      engine.withDataset(
        path,
        'vector',
        drivers,
        drivers.includes('CSV') ? tableOptions : [],
        (dataset): TranslatedLayer => {
          const driver = engine.driverName(dataset);
          const { layers = [] } = engine.info(dataset, 'vector', ['-so', '-al', '-nomd']) as {
            readonly layers?: readonly LayerInfo[];
          };
          report.opened();
          const spatial = layers.filter(({ geometryFields = [] }) => geometryFields.length > 0);
          const chosen = chooseLayer(spatial, layer, report);
          const options = [
            ...['-f', 'GPKG', '-lco', 'SPATIAL_INDEX=NO', '-lco', `FID=${KEY}`],
            ...['-lco', `GEOMETRY_NAME=${GEOMETRY}`, '-nln', 'layer'],
            ...(keyed.has(driver) ? ['-preserve_fid'] : []),
            chosen.name,
          ];
          const name = 'layer.gpkg';
          const isWritten = engine.translate(dataset, 'vector', `${MADE}/${name}`, options);
          report.checkTranslation(isWritten, driver);
          return {
            path: `${directory}/${name}`,
            file: path.slice(GIVEN.length + 1),
            driver,
            layers: spatial.map((one) => one.name),
            layer: chosen.name,
            wkt: chosen.geometryFields?.[0]?.coordinateSystem?.wkt,
            remarks: report.remarks(),
          };
        },
      ),
    ),
  );
}

/** The file has no layer of a name. */
export class NoSuchLayer extends Error {
  readonly layers: readonly string[];

  constructor(layers: readonly string[]) {
    super('The file has no such layer');
    this.layers = layers;
  }
}

function chooseLayer(layers: readonly LayerInfo[], wanted: string | undefined, report: Report): LayerInfo {
  const chosen =
    wanted === undefined
      ? (layers.find(({ featureCount = 0 }) => featureCount > 0) ?? layers[0])
      : layers.find(({ name }) => name === wanted);
  if (!chosen && wanted !== undefined) throw new NoSuchLayer(layers.map(({ name }) => name));
  if (!chosen) throw report.complaint() ?? new FormatError('it has no layer with geometries');
  // It would be taken for an option.
  if (chosen.name.startsWith('-'))
    throw new FormatError(`it has a layer named "${chosen.name}", which cannot be read`);
  return chosen;
}
