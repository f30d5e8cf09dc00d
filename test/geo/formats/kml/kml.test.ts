import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Geometry } from 'geojson';
import { Crs84, MediaType } from '../../../../core/shared/uris.ts';
import { readLayer } from '../../../../geo/formats/read.ts';
import { writeLayer } from '../../../../geo/formats/write.ts';
import type { LayerFeature, Properties } from '../../../../geo/layer/layer.ts';
import { crsFrom } from '../../../support/crs.ts';
import { bytesSource, makeRunContext } from '../support.ts';

/** What is particular to KML: its own properties, nested geometries, folders, and XML of strangers. */
const mediaType = MediaType.kml;
const read = (content: string, layer?: string) =>
  readLayer(
    bytesSource(Buffer.from(content), { mediaType, ...(layer === undefined ? {} : { layer }) }),
    makeRunContext(),
  );
const kml = (content: string) =>
  `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2">${content}</kml>`;
const placemark = (content: string) => kml(`<Document><Placemark>${content}</Placemark></Document>`);
const readProperties = async (content: string) => (await read(placemark(content))).features[0]!.properties;
const readGeometryText = async (content: string) => (await read(placemark(content))).features[0]!.geometry;
const makeFeature = (properties: Properties, geometry: Geometry | null = null): LayerFeature => ({
  type: 'Feature',
  properties,
  geometry,
});
const written = async (features: LayerFeature[], crs: string = Crs84) =>
  Buffer.from((await writeLayer({ features, crs: crsFrom(crs) }, mediaType)).bytes).toString();

describe('the properties of a Placemark', () => {
  it('are its name, description and times', async () => {
    const content =
      '<name>A &amp; B</name><description><![CDATA[<b>c</b>]]></description><TimeSpan><begin>2024</begin><end>2025</end></TimeSpan>';
    assert.deepEqual(await readProperties(content), {
      name: 'A & B',
      description: '<b>c</b>',
      begin: '2024',
      end: '2025',
    });
  });

  it('are untyped data, as text', async () => {
    const content =
      '<ExtendedData><Data name="n"><displayName>x</displayName><value>5</value></Data></ExtendedData>';
    assert.deepEqual(await readProperties(content), { n: '5' });
  });

  it('have the types of the schema, wherever it stands', async () => {
    const types = ['int', 'double', 'bool', 'string', 'short'];
    const data = ['5', '1e3', '1', ' x ', 'none'].map(
      (text, index) => `<SimpleData name="f${index}">${text}</SimpleData>`,
    );
    const fields = [...types, 'bool'].map((type, index) => `<SimpleField name="f${index}" type="${type}"/>`);
    const { features } = await read(
      kml(
        `<Document><Placemark id="p"><ExtendedData><SchemaData schemaUrl="#s">${data.join('')}</SchemaData></ExtendedData></Placemark><Schema id="s">${fields.join('')}</Schema></Document>`,
      ),
    );
    const properties = { f0: 5, f1: 1000, f2: true, f3: ' x ', f4: null, f5: null };
    assert.deepEqual(features, [{ ...makeFeature(properties), id: 'p' }]);
  });

  it('are null where only other Placemarks have them', async () => {
    const { features } = await read(
      kml('<Folder><Placemark><name>a</name></Placemark><Placemark/></Folder>'),
    );
    assert.deepEqual(
      features.map(({ properties }) => properties),
      [{ name: 'a' }, { name: null }],
    );
  });

  it('are written with their types; names and descriptions are those of the Placemarks', async () => {
    const text = await written([
      makeFeature({ count: 1, big: 3e9, name: 'a<b', flag: true, ratio: 0.5, description: '' }),
    ]);
    assert.match(text, /<SimpleField name="count" type="int"\/>/);
    assert.match(text, /<SimpleField name="big" type="double"\/>/);
    assert.match(text, /<SimpleField name="flag" type="bool"\/>/);
    assert.match(text, /<Placemark><name>a&lt;b<\/name><description><\/description><ExtendedData>/);
    assert.doesNotMatch(text, /SimpleField name="name"/);
  });

  it('lose characters that XML does not have, and no others', async () => {
    const name = 'tab\there, line\nreturn\r, "quotes" <&> 語 \u{1f600}';
    const text = await written([makeFeature({ name, other: 'a\u0000b\ud800c' })]);
    const { features } = await read(text);
    assert.deepEqual(features[0]!.properties, { name, other: 'a\ufffdb\ufffdc' });
  });
});

describe('the geometries of KML', () => {
  it('are those of GeoJSON', async () => {
    assert.deepEqual(await readGeometryText('<Point><coordinates> 5,52,3\n</coordinates></Point>'), {
      type: 'Point',
      coordinates: [5, 52, 3],
    });
    const ring = '<LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing>';
    const square = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ];
    assert.deepEqual(await readGeometryText(ring), { type: 'LineString', coordinates: square });
    const polygon = `<Polygon><innerBoundaryIs>${ring}</innerBoundaryIs><outerBoundaryIs>${ring}</outerBoundaryIs></Polygon>`;
    assert.deepEqual(await readGeometryText(polygon), { type: 'Polygon', coordinates: [square, square] });
    assert.deepEqual(await readGeometryText(`<MultiGeometry>${polygon}${ring}</MultiGeometry>`), {
      type: 'GeometryCollection',
      geometries: [
        { type: 'Polygon', coordinates: [square, square] },
        { type: 'LineString', coordinates: square },
      ],
    });
    const track =
      '<gx:Track><when>2024</when><gx:coord>1 2 3</gx:coord><gx:coord>4 5 6</gx:coord></gx:Track>';
    assert.deepEqual(await readGeometryText(`<gx:MultiTrack>${track}</gx:MultiTrack>`), {
      type: 'MultiLineString',
      coordinates: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    });
  });

  it('are null where there is none', async () => {
    for (const content of ['', '<Point><coordinates/></Point>', '<MultiGeometry/>', '<Model/>']) {
      assert.equal(await readGeometryText(content), null);
    }
  });

  it('are refused where they are no geometries', async () => {
    await assert.rejects(
      readGeometryText('<Point><coordinates>5;52</coordinates></Point>'),
      /must be a position/,
    );
  });

  it('are null where too few positions are left', async () => {
    assert.equal(await readGeometryText('<LineString><coordinates>5,52</coordinates></LineString>'), null);
  });

  it('are in CRS84, whatever the layer is in', async () => {
    const text = await written(
      [makeFeature({}, { type: 'Point', coordinates: [155_000, 463_000] })],
      'EPSG:28992',
    );
    const [longitude, latitude] = /<coordinates>(.*),(.*)<\/coordinates>/.exec(text)!.slice(1).map(Number);
    assert.ok(Math.abs(longitude! - 5.3872) < 1e-3 && Math.abs(latitude! - 52.1552) < 1e-3, text);
  });

  it('stand at their heights where they have some', async () => {
    const text = await written([makeFeature({}, { type: 'Point', coordinates: [1, 2, 3] })]);
    assert.match(text, /<Point><altitudeMode>absolute<\/altitudeMode><coordinates>1,2,3</);
  });
});

describe('a KML document', () => {
  const folder = (name: string, ...placemarks: string[]) =>
    `<Folder><name>${name}</name>${placemarks.map((each) => `<Placemark><name>${each}</name></Placemark>`).join('')}</Folder>`;
  const names = async (content: string, layer?: string) =>
    (await read(content, layer)).features.map(({ properties }) => properties['name']);

  it('has a layer per folder with Placemarks, the first by default', async () => {
    const content = kml(
      `<Document><name>all</name>${folder('none')}${folder('a', 'x')}${folder('b', 'y', 'z')}</Document>`,
    );
    assert.deepEqual(await names(content), ['x']);
    assert.deepEqual(await names(content, 'b'), ['y', 'z']);
    assert.deepEqual(await names(content, 'none'), []);
    await assert.rejects(names(content, 'c'), /no layer "c"; its layers: "all", "none", "a", "b"/);
  });

  it('may be one Placemark, or nothing, with any prefix', async () => {
    assert.deepEqual(
      await names('<k:kml xmlns:k="x"><k:Placemark><k:name>a</k:name></k:Placemark></k:kml>'),
      ['a'],
    );
    assert.deepEqual(await names(kml('')), []);
  });

  it('is read in the encoding that it declares', async () => {
    const text =
      '<?xml version="1.0" encoding="ISO-8859-1"?><kml><Placemark><name>Köln</name></Placemark></kml>';
    const { features } = await readLayer(
      bytesSource(Buffer.from(text, 'latin1'), { mediaType }),
      makeRunContext(),
    );
    assert.equal(features[0]!.properties['name'], 'Köln');
  });

  it('is refused where it is not KML', async () => {
    for (const content of ['', 'x', '<kml>', '<kml><a></b></kml>', '<html></html>', '<kml>&file;</kml>'])
      await assert.rejects(
        read(content),
        /^InvalidInput: \/inputs\/features: cannot be read as KML: /,
        content,
      );
  });

  it('cannot grow by entities', async () => {
    const bomb = `<!DOCTYPE kml [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}">]><kml><Placemark><name>&b;</name></Placemark></kml>`;
    await assert.rejects(read(bomb), /cannot be read as KML: .*undefined entity/);
  });

  it('is refused where it is nested without end', async () => {
    const deep = `${'<MultiGeometry>'.repeat(50)}<Point><coordinates>1,2</coordinates></Point><LineString><coordinates>1,2 3,4</coordinates></LineString>${'</MultiGeometry>'.repeat(50)}`;
    await assert.rejects(readGeometryText(deep), /nested more than/);
  });
});

describe('a picture on the ground', () => {
  const box = (edges: Record<string, number>) =>
    `<LatLonBox>${Object.entries(edges)
      .map(([name, value]) => `<${name}>${value}</${name}>`)
      .join('')}</LatLonBox>`;
  const overlay = (content: string) =>
    kml(
      `<Document><GroundOverlay><name>Etna</name><Icon><href>etna.jpg</href></Icon>${content}</GroundOverlay></Document>`,
    );

  it('is a feature with its area', async () => {
    const { features } = await read(overlay(box({ north: 38, south: 37, east: 15, west: 14 })));
    const ring = [
      [14, 37],
      [15, 37],
      [15, 38],
      [14, 38],
      [14, 37],
    ];
    assert.deepEqual(
      features.map(({ properties, geometry }) => ({ properties, geometry })),
      [{ properties: { name: 'Etna' }, geometry: { type: 'Polygon', coordinates: [ring] } }],
    );
  });

  it('of four corners has these', async () => {
    const corners = '<gx:LatLonQuad><coordinates>14,37 15,37.5 15,38 14,38</coordinates></gx:LatLonQuad>';
    const { features } = await read(overlay(corners));
    const ring = [
      [14, 37],
      [15, 37.5],
      [15, 38],
      [14, 38],
      [14, 37],
    ];
    assert.deepEqual(features[0]?.geometry, { type: 'Polygon', coordinates: [ring] });
  });

  it('over the antimeridian does not go around the globe', async () => {
    const { features } = await read(overlay(box({ north: 1, south: 0, east: -179, west: 179 })));
    assert.equal(features[0]?.geometry?.type, 'MultiPolygon');
  });

  it('that is turned is told', async () => {
    const context = makeRunContext();
    const content = Buffer.from(overlay(box({ north: 38, south: 37, east: 15, west: 14, rotation: 30 })));
    await readLayer(bytesSource(content, { mediaType }), context);
    assert.match(context.logged.join(), /GroundOverlay is rotated/);
  });
});
