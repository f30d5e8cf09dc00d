type Members = Readonly<Record<string, unknown>>;

/**
 * Well-known text (WKT2, OGC 18-010r7) of the PROJJSON of a CRS: the two say the same in other words.
 *
 * @param projjson as this service writes it
 */
export function wkt2FromProjjson(projjson: object): string {
  return crsText(projjson as Members);
}

function crsText(crs: Members): string {
  switch (crs['type']) {
    case 'ProjectedCRS':
      return node(
        'PROJCRS',
        quoted(crs['name']),
        node(
          'BASEGEOGCRS',
          quoted(members(crs['base_crs'])['name']),
          ...datumText(members(crs['base_crs'])),
          id(members(crs['base_crs'])),
        ),
        conversionText(members(crs['conversion'])),
        ...systemText(members(crs['coordinate_system'])),
        id(crs),
      );
    case 'BoundCRS':
      return node(
        'BOUNDCRS',
        node('SOURCECRS', crsText(members(crs['source_crs']))),
        node('TARGETCRS', crsText(members(crs['target_crs']))),
        transformationText(members(crs['transformation'])),
      );
    default:
      return node(
        'GEOGCRS',
        quoted(crs['name']),
        ...datumText(crs),
        ...systemText(members(crs['coordinate_system'])),
        id(crs),
      );
  }
}

type Part = string | undefined | readonly Part[];

/** A node of WKT: its keyword around its parts, one after the other, what is undefined left out. */
const node = (keyword: string, ...parts: readonly Part[]): string =>
  `${keyword}[${parts
    .flat()
    .filter((part) => part !== undefined)
    .join(',')}]`;

const quoted = (value: unknown): string => `"${String(value ?? '').replaceAll('"', '""')}"`;
const members = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? (value as Members) : {};
const list = (value: unknown): Members[] => (Array.isArray(value) ? value.map(members) : []);

function id(value: Members): string | undefined {
  const { authority, code } = members(value['id']);
  if (authority === undefined) return undefined;
  return node('ID', quoted(authority), typeof code === 'number' ? String(code) : quoted(code));
}

function datumText(crs: Members): (string | undefined)[] {
  const ensemble = members(crs['datum_ensemble']);
  if (crs['datum_ensemble'])
    return [
      node(
        'ENSEMBLE',
        quoted(ensemble['name']),
        list(ensemble['members']).map((member) => node('MEMBER', quoted(member['name']), id(member))),
        ellipsoidText(members(ensemble['ellipsoid'])),
        node('ENSEMBLEACCURACY', String(ensemble['accuracy'])),
        id(ensemble),
      ),
      ...meridianText(ensemble),
    ];
  const datum = members(crs['datum']);
  const epoch = datum['frame_reference_epoch'];
  return [
    epoch === undefined ? undefined : node('DYNAMIC', node('FRAMEEPOCH', String(epoch))),
    node('DATUM', quoted(datum['name']), ellipsoidText(members(datum['ellipsoid'])), id(datum)),
    ...meridianText(datum),
  ];
}

function ellipsoidText(ellipsoid: Members): string {
  const metres = (value: unknown): number =>
    typeof value === 'number' ? value : Number(members(value)['value']) * readFactor(members(value)['unit']);
  const axis = metres(ellipsoid['semi_major_axis'] ?? ellipsoid['radius']);
  const other = ellipsoid['semi_minor_axis'] === undefined ? axis : metres(ellipsoid['semi_minor_axis']);
  const inverse = ellipsoid['inverse_flattening'] ?? (other === axis ? 0 : axis / (axis - other));
  return node('ELLIPSOID', quoted(ellipsoid['name']), String(axis), String(inverse), 'LENGTHUNIT["metre",1]');
}

function meridianText(datum: Members): string[] {
  const meridian = members(datum['prime_meridian']);
  if (!datum['prime_meridian']) return ['PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]]'];
  const longitude = meridian['longitude'];
  const { value = longitude, unit = 'degree' } = members(longitude);
  return [node('PRIMEM', quoted(meridian['name']), String(value), unitText(unit))];
}

function conversionText(conversion: Members): string {
  const method = members(conversion['method']);
  return node(
    'CONVERSION',
    quoted(conversion['name']),
    node('METHOD', quoted(method['name']), id(method)),
    list(conversion['parameters']).map(parameterText),
  );
}

const parameterText = (parameter: Members): string =>
  node(
    'PARAMETER',
    quoted(parameter['name']),
    String(parameter['value']),
    unitText(parameter['unit']),
    id(parameter),
  );

function transformationText(transformation: Members): string {
  const method = members(transformation['method']);
  return node(
    'ABRIDGEDTRANSFORMATION',
    quoted(transformation['name']),
    node('METHOD', quoted(method['name']), id(method)),
    // Abridged parameters have no units, and scales are 1 and a little.
    list(transformation['parameters']).map((parameter) =>
      node(
        'PARAMETER',
        quoted(parameter['name']),
        String(
          /^Scale/.test(String(parameter['name']))
            ? 1 + Number(parameter['value']) * 1e-6
            : parameter['value'],
        ),
        id(parameter),
      ),
    ),
  );
}

function systemText(system: Members): string[] {
  const axes = list(system['axis']);
  return [
    node('CS', String(system['subtype']), String(axes.length)),
    ...axes.map((axis, index) =>
      node(
        'AXIS',
        quoted(`${String(axis['name']).toLowerCase()} (${String(axis['abbreviation'])})`),
        String(axis['direction']),
        node('ORDER', String(index + 1)),
        unitText(axis['unit']),
      ),
    ),
  ];
}

const METRE = 'LENGTHUNIT["metre",1]';
const units: Readonly<Record<string, string>> = {
  degree: 'ANGLEUNIT["degree",0.0174532925199433]',
  metre: METRE,
  unity: 'SCALEUNIT["unity",1]',
};
const keywords: Readonly<Record<string, string>> = {
  AngularUnit: 'ANGLEUNIT',
  LinearUnit: 'LENGTHUNIT',
  ScaleUnit: 'SCALEUNIT',
};

function unitText(unit: unknown): string {
  if (typeof unit === 'string') return units[unit] ?? METRE;
  const { type, name, conversion_factor: factor } = members(unit);
  return node(keywords[String(type)] ?? 'UNIT', quoted(name), String(factor));
}

const readFactor = (unit: unknown): number => Number(members(unit)['conversion_factor'] ?? 1);
