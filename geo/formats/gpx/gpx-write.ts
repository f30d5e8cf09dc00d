import type { Geometry, Position } from 'geojson';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { textFromValue } from '../../../core/shared/json.ts';
import { counted } from '../../../core/shared/quote.ts';
import { isEmptyGeometry, type LayerContent, type LayerFeature } from '../../layer/layer.ts';
import { inferTextColumns, type TextColumn } from '../common/columns.ts';
import { encodeTexts } from '../common/text.ts';
import { describeRenaming, uniqueNames } from '../common/unique-names.ts';
import type { WrittenFile } from '../common/written-file.ts';
import { describeUnwritable, elementName, escapedText } from '../common/xml.ts';

const OUTPUT = '/outputs/result/format';

/** Elements of waypoints and of tracks for texts, in the order of the schema; `description` is `desc` there. */
const elements = ['name', 'cmt', 'desc', 'src', 'sym', 'type'];
/** Tracks have no symbol. */
const ofPointsAlone = 'sym';
/** Under which GDAL and QGIS read and write what is no element of GPX. */
const NAMESPACE = 'http://osgeo.org/gdal';

/**
 * A GPX 1.1 document: points are waypoints, lines are tracks with a segment for each part. Coordinates must be CRS84 already. Properties that
 * GPX has elements for are those elements, the others stand as `ogr:...` in the extensions. Written here, as GDAL takes points and
 * lines from layers of their own and rounds to 15 digits.
 *
 * @throws InvalidInput where the layer has areas or collections
 */
export function gpxBytes({ features }: LayerContent): WrittenFile {
  checkTypes(features);
  const columns = inferTextColumns(features);
  const names = nameElements(columns, features);
  const points = features.filter(({ geometry }) => /Point$/.test(geometry?.type ?? ''));
  const lines = features.filter(({ geometry }) => /LineString$/.test(geometry?.type ?? ''));
  const drawn = [...points, ...lines].filter(({ geometry }) => geometry && !isEmptyGeometry(geometry));
  const missing = features.length - drawn.length;
  const gathered = points.filter(({ geometry }) => geometry?.type === 'MultiPoint').length;
  return {
    bytes: encodeTexts(texts(drawn, columns, names)),
    remarks: [
      ...(missing > 0
        ? [`Features without a geometry were left out: ${missing}. GPX holds points and tracks only.`]
        : []),
      ...(gathered > 0 ? [`Each point of a MultiPoint is a waypoint in GPX: ${gathered} MultiPoints.`] : []),
      ...(points.length > 0 && lines.length > 0
        ? ['GPX holds points before lines, as a layer of their own: the order of the features has changed.']
        : []),
      ...describeRenaming(
        columns.map(({ name }) => name),
        names.map((name) => name.replace(':', '_')),
        'GPX, where they are texts in its extensions',
      ),
      ...describeUnwritable(columns, features),
    ],
  };
}

function checkTypes(features: readonly LayerFeature[]): void {
  const isOther = ({ geometry }: LayerFeature) =>
    geometry !== null && /Polygon|Collection/.test(geometry.type) && !isEmptyGeometry(geometry);
  const count = features.filter(isOther).length;
  if (count === 0) return;
  throw new InvalidInput(
    OUTPUT,
    `cannot be written as GPX: it holds points and lines, but ${counted(count, 'feature of the result is a polygon or a collection', 'features of the result are polygons or collections')}. Ask for KML (application/vnd.google-earth.kml+xml) or GeoJSON.`,
  );
}

/** Names of elements with their prefixes. */
function nameElements(columns: readonly TextColumn[], features: readonly LayerFeature[]): string[] {
  const hasLines = features.some(({ geometry }) => /LineString$/.test(geometry?.type ?? ''));
  const hasDesc = columns.some(({ name }) => name === 'desc');
  const others = uniqueNames(columns.map(({ name }) => elementName(name)));
  return columns.map(({ name, type }, index) => {
    const own = name === 'description' && !hasDesc ? 'desc' : name;
    const isElement = type === 'string' && elements.includes(own) && !(own === ofPointsAlone && hasLines);
    return isElement ? own : `ogr:${others[index]}`;
  });
}

function* texts(
  features: readonly LayerFeature[],
  columns: readonly TextColumn[],
  names: readonly string[],
): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="OGC API - Processes" xmlns="http://www.topografix.com/GPX/1/1" xmlns:ogr="${NAMESPACE}">\n`;
  const isExtension = (name: string) => name.startsWith('ogr:');
  const order = [...elements.flatMap((each) => names.indexOf(each)).filter((index) => index >= 0)];
  const extensions = names.flatMap((name, index) => (isExtension(name) ? [index] : []));
  for (const feature of features) {
    const element = (index: number) => {
      const value = columns[index]?.read(feature) ?? null;
      return value === null ? '' : `<${names[index]}>${escapedText(textFromValue(value))}</${names[index]}>`;
    };
    const extended = extensions.map(element).join('');
    const data = order.map(element).join('');
    yield placed(feature.geometry, data, extended === '' ? '' : `<extensions>${extended}</extensions>`);
  }
  yield '</gpx>\n';
}

function placed(geometry: Geometry | null, data: string, extended: string): string {
  const waypoint = (position: Position) =>
    `<wpt ${place(position)}>${height(position)}${data}${extended}</wpt>\n`;
  const track = (lines: readonly Position[][]) =>
    `<trk>${data}${extended}${lines.map((line) => `<trkseg>${line.map(trackPoint).join('')}</trkseg>`).join('')}</trk>\n`;
  switch (geometry?.type) {
    case 'Point':
      return waypoint(geometry.coordinates);
    case 'MultiPoint':
      return geometry.coordinates.map(waypoint).join('');
    case 'LineString':
      return track([geometry.coordinates]);
    case 'MultiLineString':
      return track(geometry.coordinates);
    default:
      return '';
  }
}

const place = ([longitude, latitude]: Position): string => `lat="${latitude}" lon="${longitude}"`;
const height = ([, , z]: Position): string => (z === undefined ? '' : `<ele>${z}</ele>`);
const trackPoint = (position: Position): string => `<trkpt ${place(position)}>${height(position)}</trkpt>`;
