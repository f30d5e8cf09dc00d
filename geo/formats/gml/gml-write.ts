import type { Position } from 'geojson';
import { textFromValue } from '../../../core/shared/json.ts';
import { listed, quote } from '../../../core/shared/quote.ts';
import { crs84, isWgs84 } from '../../crs/crs.ts';
import { mapPositions } from '../../geometry/positions.ts';
import { isEmptyGeometry, type LayerContent, type LayerFeature } from '../../layer/layer.ts';
import { setProperty } from '../../layer/properties.ts';
import { inCrs84 } from '../../reproject/reproject.ts';
import { describeRounding, writeByGdal } from '../by-gdal/write-by-gdal.ts';
import { inferTextColumns, type TextColumn } from '../common/columns.ts';
import { layerInUnit } from '../common/layer-in-unit.ts';
import { describeRenaming, uniqueNames } from '../common/unique-names.ts';
import type { WrittenFile } from '../common/written-file.ts';
import { describeUnwritable, elementName, writableText } from '../common/xml.ts';
import { hasZ } from '../wkb/wkb.ts';

/** Names that elements of features have already. */
const taken = ['boundedby', 'geometryproperty', 'location', 'gml_id', 'fid'];

/**
 * GML 3.2 with features `result`, in the CRS of the layer where EPSG has a code for it, in the order of axes of that code.
 * The document stands alone, without an application schema: values have no types, and programs guess them.
 */
export async function gmlBytes(given: LayerContent): Promise<WrittenFile> {
  const isNamed = isWgs84(given.crs) || given.crs.identifier?.authority === 'EPSG';
  const { features, crs } = isNamed
    ? layerInUnit(given)
    : { features: (await inCrs84(given)).features, crs: crs84 };
  const columns = inferTextColumns(features);
  const own = columns.map(({ name }) => name);
  const names = uniqueNames([...taken, ...own.map(elementName)]).slice(taken.length);
  const isHigh = features.some(({ geometry }) => geometry !== null && hasZ(geometry));
  const written = features.map((feature): LayerFeature => {
    const properties: LayerFeature['properties'] = {};
    for (const [index, { read }] of columns.entries()) {
      const value = read(feature);
      if (value !== null) setProperty(properties, names[index] ?? '', writableText(textFromValue(value)));
    }
    const { geometry } = feature;
    if (geometry === null || isEmptyGeometry(geometry))
      return { type: 'Feature', properties, geometry: null };
    // Parts of several dimensions would make a document that GDAL itself does not read.
    return { type: 'Feature', properties, geometry: isHigh ? mapPositions(geometry, withHeight) : geometry };
  });
  const srs = isWgs84(crs) ? 'EPSG:4326' : `EPSG:${crs.identifier?.code}`;
  const options = ['-f', 'GML', '-dsco', 'FORMAT=GML3.2', '-dsco', 'XSISCHEMA=OFF'];
  // Readers make columns of its corners: there is no schema that says what they are.
  options.push('-dsco', 'WRITE_FEATURE_BOUNDED_BY=NO');
  const bytes = await writeByGdal(written, [...options, '-nln', 'result', '-a_srs', srs]);
  const moved = `The coordinates were transformed to longitude and latitude: GML identifies a CRS by its code, and ${given.crs.name} has none.`;
  return {
    bytes,
    remarks: [
      ...(isNamed ? [] : [moved]),
      ...(written.some(({ geometry }) => geometry !== null)
        ? []
        : ['No feature has a geometry: software reads the GML as a table without geometries.']),
      ...describeRounding(features, 'GML'),
      ...describeRenaming(own, names, 'GML, where they are names of elements'),
      ...describeUnwritable(columns, features),
      ...describeGuesses(columns, features),
    ],
  };
}

const withHeight = ([x = 0, y = 0, z = 0]: Position): Position => [x, y, z];

/** What looks like something else once it is text. */
const isGuessed = (value: unknown): boolean =>
  typeof value === 'boolean' ||
  (typeof value === 'string' && (value.trim() !== value || value === '' || !Number.isNaN(Number(value))));

function describeGuesses(columns: readonly TextColumn[], features: readonly LayerFeature[]): string[] {
  const found = columns.filter(({ read }) => features.some((feature) => isGuessed(read(feature))));
  const names = listed(
    found.map(({ name }) => quote(name)),
    10,
  );
  return found.length === 0
    ? []
    : [
        `Values of ${names} may be read with another type: GML without a schema has no types, so booleans become text, text of digits becomes numbers, and empty text becomes null.`,
      ];
}
