import type { Geometry, Position } from 'geojson';
import { textFromValue } from '../../../core/shared/json.ts';
import { wound } from '../../geometry/winding.ts';
import { isEmptyGeometry, type LayerContent, type LayerFeature } from '../../layer/layer.ts';
import { inferTextColumns, type TextColumn } from '../common/columns.ts';
import { encodeTexts } from '../common/text.ts';
import type { WrittenFile } from '../common/written-file.ts';
import { describeUnwritable, escapedText } from '../common/xml.ts';
import { hasZ } from '../wkb/wkb.ts';

const NAME = 'result';

/** Types of SimpleField; integers beyond 32 bits are doubles, the only type that holds them. */
const fieldTypes = { boolean: 'bool', integer: 'int', number: 'double', string: 'string' } as const;

/**
 * A KML 2.2 document (OGC 12-007r2) with one folder, `result`. Coordinates must be CRS84 already. Properties are typed
 * extended data, but `name` and `description`, where they are texts, are those of the Placemarks. Ids become a property `id`, objects and lists JSON text, empty geometries none.
 */
export function kmlBytes({ features }: LayerContent): WrittenFile {
  const columns = inferTextColumns(features);
  const isMember = ({ name, type }: TextColumn) => type === 'string' && memberNames.includes(name);
  // In the order of the schema of KML.
  const members = memberNames.flatMap((name) =>
    columns.filter((column) => isMember(column) && column.name === name),
  );
  const data = columns.filter((column) => !isMember(column));
  return {
    bytes: encodeTexts(texts(features, members, data)),
    remarks: describeUnwritable(columns, features),
  };
}

const memberNames = ['name', 'description'];

function* texts(
  features: readonly LayerFeature[],
  members: readonly TextColumn[],
  columns: readonly TextColumn[],
): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document id="root_doc">\n';
  yield `<Schema name="${NAME}" id="${NAME}">\n`;
  for (const column of columns) {
    yield `<SimpleField name="${escapedText(column.name)}" type="${chooseFieldType(column, features)}"/>\n`;
  }
  yield `</Schema>\n<Folder><name>${NAME}</name>\n`;
  for (const feature of features) yield placemark(feature, members, columns);
  yield '</Folder>\n</Document></kml>\n';
}

function chooseFieldType({ type, read }: TextColumn, features: readonly LayerFeature[]): string {
  const isLong = (feature: LayerFeature) => Math.abs(Number(read(feature))) > 0x7fff_ffff;
  return type === 'integer' && features.some(isLong) ? fieldTypes.number : fieldTypes[type];
}

function placemark(
  feature: LayerFeature,
  members: readonly TextColumn[],
  columns: readonly TextColumn[],
): string {
  const described = members.map(({ name, read }) => {
    const value = read(feature);
    return value === null ? '' : `<${name}>${escapedText(String(value))}</${name}>`;
  });
  const data = columns.map(({ name, read }) => {
    const value = read(feature);
    return value === null
      ? ''
      : `<SimpleData name="${escapedText(name)}">${escapedText(textFromValue(value))}</SimpleData>`;
  });
  const extended =
    columns.length === 0
      ? ''
      : `<ExtendedData><SchemaData schemaUrl="#${NAME}">${data.join('')}</SchemaData></ExtendedData>`;
  const geometry =
    feature.geometry && !isEmptyGeometry(feature.geometry) ? geometryText(wound(feature.geometry)) : '';
  return `<Placemark>${described.join('')}${extended}${geometry}</Placemark>\n`;
}

/** Without the mark, viewers put everything on the ground whatever its height. */
const altitudeMode = (geometry: Geometry): string =>
  hasZ(geometry) ? '<altitudeMode>absolute</altitudeMode>' : '';

function geometryText(geometry: Geometry): string {
  const mode = altitudeMode(geometry);
  const multi = <T>(parts: readonly T[], part: (value: T) => Geometry) =>
    `<MultiGeometry>${parts.map((value) => geometryText(part(value))).join('')}</MultiGeometry>`;
  switch (geometry.type) {
    case 'Point':
      return geometry.coordinates.length === 0
        ? ''
        : `<Point>${mode}${coordinates([geometry.coordinates])}</Point>`;
    case 'LineString':
      return geometry.coordinates.length === 0
        ? ''
        : `<LineString>${mode}${coordinates(geometry.coordinates)}</LineString>`;
    case 'Polygon': {
      const rings = geometry.coordinates.map((ring, index) => {
        const boundary = index === 0 ? 'outerBoundaryIs' : 'innerBoundaryIs';
        return `<${boundary}><LinearRing>${coordinates(ring)}</LinearRing></${boundary}>`;
      });
      return rings.length === 0 ? '' : `<Polygon>${mode}${rings.join('')}</Polygon>`;
    }
    case 'MultiPoint':
      return multi(geometry.coordinates, (part) => ({ type: 'Point', coordinates: part }));
    case 'MultiLineString':
      return multi(geometry.coordinates, (part) => ({ type: 'LineString', coordinates: part }));
    case 'MultiPolygon':
      return multi(geometry.coordinates, (part) => ({ type: 'Polygon', coordinates: part }));
    case 'GeometryCollection':
      return multi(geometry.geometries, (part) => part);
  }
}

const coordinates = (positions: readonly Position[]): string =>
  `<coordinates>${positions.map((position) => position.slice(0, 3).join(',')).join(' ')}</coordinates>`;
