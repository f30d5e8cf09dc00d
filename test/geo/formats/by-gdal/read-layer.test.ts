import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { unzipSync, zipSync } from 'fflate';
import type { Source } from '../../../../core/run/context.ts';
import { InvalidRequest, LimitExceeded } from '../../../../core/shared/errors.ts';
import { readLayer } from '../../../../geo/formats/read.ts';
import { bytesSource, makeRunContext } from '../support.ts';

const fixtures = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'files', 'layers');
const fixture = (name: string) => new Uint8Array(readFileSync(join(fixtures, name)));

async function read(bytes: Uint8Array, name: string, changes: Partial<Source> = {}) {
  const context = makeRunContext();
  const layer = await readLayer(
    bytesSource(bytes, { href: `https://data.example/${name}`, ...changes }),
    context,
  );
  return { ...layer, warnings: context.logged };
}

// A directory for temporary files of its own: others test at the same time.
const temporary = mkdtempSync(join(tmpdir(), 'read-layer-'));
process.env['TMPDIR'] = temporary;
after(() => rmSync(temporary, { recursive: true, force: true }));

const text = (content: string) => new TextEncoder().encode(content);

describe('a layer that GDAL reads', () => {
  it('has its CRS, its properties and its geometries in the order of longitude and latitude', async () => {
    const { features, crs, warnings } = await read(fixture('points.gml'), 'points.gml');
    assert.equal(features.length, 4);
    assert.equal(crs.name, 'EPSG:4326');
    assert.deepEqual(features[0]?.geometry, { type: 'Point', coordinates: [5.1, 52.1] });
    assert.equal(features[0]?.properties['name'], 'n0');
    assert.equal(features[0]?.id, 'points.0');
    assert.deepEqual(warnings, []);
  });

  it('of GML has no columns of the bounds of its features, and its ids are those of the features', async () => {
    const bounded = (corners: string) =>
      `<gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::4258"><gml:lowerCorner>${corners}</gml:lowerCorner><gml:upperCorner>${corners}</gml:upperCorner></gml:Envelope></gml:boundedBy>`;
    const gml = (ids: readonly string[]) =>
      text(
        `<c:C xmlns:c="https://c.example/" xmlns:gml="http://www.opengis.net/gml/3.2">${bounded('52 5')}${ids
          .map(
            (id) =>
              `<gml:featureMember><c:tree gml:id="${id}">${bounded('52 5')}<c:upperCorner>oak</c:upperCorner><c:p><gml:Point gml:id="p.${id}"><gml:pos>52 5</gml:pos></gml:Point></c:p></c:tree></gml:featureMember>`,
          )
          .join('')}</c:C>`,
      );
    const geometry = { type: 'Point', coordinates: [5, 52] };
    const properties = { upperCorner: 'oak' };
    const own = await read(gml(['tree.7', 'tree.8']), 'trees.gml');
    assert.equal(own.crs.name, 'EPSG:4258');
    assert.deepEqual(own.features, [
      { type: 'Feature', properties, geometry, id: 'tree.7' },
      { type: 'Feature', properties, geometry, id: 'tree.8' },
    ]);
    const zipped = await read(zipSync({ 'trees.gml': gml(['tree.7', 'tree.8']) }), 'trees.zip');
    assert.deepEqual(zipped.features, own.features);
    const counted = await read(gml(['result.0', 'result.1']), 'trees.gml');
    assert.deepEqual(counted.features[1], { type: 'Feature', properties, geometry });
  });

  it('of GML 2 has the ids of its features, and may have a property of the same name', async () => {
    const gml = (attribute: string, element: string) =>
      text(
        `<c:C xmlns:c="https://c.example/" xmlns:gml="http://www.opengis.net/gml"><gml:featureMember><c:tree${attribute}><c:kind>oak</c:kind>${element}<c:p><gml:Point srsName="EPSG:4326"><gml:coordinates>5,52</gml:coordinates></gml:Point></c:p></c:tree></gml:featureMember></c:C>`,
      );
    const [named] = (await read(gml(' fid="tree.7"', ''), 'trees.gml')).features;
    assert.deepEqual([named?.id, named?.properties], ['tree.7', { kind: 'oak' }]);
    const [plain] = (await read(gml('', '<c:fid>tree.7</c:fid>'), 'trees.gml')).features;
    assert.deepEqual([plain?.id, plain?.properties], [undefined, { kind: 'oak', fid: 'tree.7' }]);
  });

  it('is known by its content where nothing else tells', async () => {
    const { features } = await read(fixture('points.gml'), 'download');
    assert.equal(features.length, 4);
  });

  it('is the one that is asked for', async () => {
    const { features } = await read(fixture('track.gpx'), 'track.gpx', { layer: 'routes' });
    assert.deepEqual(features, []);
    await assert.rejects(read(fixture('track.gpx'), 'track.gpx', { layer: 'trails' }), (error) => {
      assert.ok(error instanceof InvalidRequest);
      assert.match(error.detail ?? '', /has no layer "trails"; its layers: waypoints, routes, tracks/);
      return true;
    });
  });

  it('is the first with features where none is asked for, and a warning says so', async () => {
    const gpx = `<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
      <trkpt lat="52" lon="5"/><trkpt lat="53" lon="6"/></trkseg></trk></gpx>`;
    const { features, warnings } = await read(text(gpx), 'track.gpx');
    assert.deepEqual(features[0]?.geometry, {
      type: 'MultiLineString',
      coordinates: [
        [
          [5, 52],
          [6, 53],
        ],
      ],
    });
    assert.match(
      warnings[0] ?? '',
      /has the layers waypoints, routes, tracks.*; tracks, the first with features, was read/,
    );
  });

  it('has the ids of a geodatabase, which lies in a zip', async () => {
    const { features } = await read(fixture('points.gdb.zip'), 'points.gdb.zip');
    assert.deepEqual(
      features.map(({ id }) => id),
      [1, 2, 3, 4],
    );
  });

  it('may be TopoJSON, also under the name of JSON', async () => {
    const { features } = await read(fixture('areas.topojson'), 'areas.json');
    assert.deepEqual(features[0]?.geometry, {
      type: 'Polygon',
      coordinates: [
        [
          [1, 2],
          [6, 2],
          [6, 7],
          [1, 2],
        ],
      ],
    });
  });

  it('has lines in the place of curves, and a warning says so', async () => {
    const table = text('WKT,name\n"CIRCULARSTRING (0 0, 1 1, 2 0)",a\n');
    const { features, warnings } = await read(table, 'curves.csv');
    const { geometry, properties } = features[0]!;
    assert.deepEqual(properties, { name: 'a' });
    assert.ok(geometry?.type === 'LineString' && geometry.coordinates.length > 40);
    for (const [x = 0, y = 0] of geometry.coordinates) assert.ok(Math.abs(Math.hypot(x - 1, y) - 1) < 1e-9);
    assert.ok(warnings.some((warning) => warning.includes('curves')));
  });

  it('is refused with the words of GDAL where it is damaged', async () => {
    const cut = fixture('points.gml').subarray(0, 700);
    await assert.rejects(read(cut, 'points.gml'), /cannot be read as a layer: it is truncated/);
    const broken = text(new TextDecoder().decode(fixture('points.gml')).replace('<gml:pos>', '<gml:pos'));
    await assert.rejects(read(broken, 'points.gml'), /cannot be read as a layer: GDAL reported: /);
  });

  it('is refused with what would be right where GDAL says only that it cannot read it', async () => {
    await assert.rejects(
      read(text('{"type":"Topology","objects":{},"arcs":[]}'), 'empty.topojson'),
      /GDAL reported: Failed to read TopoJSON data\. TopoJSON must have at least one geometry in its "objects", such as \{"trees": .*\}\.$/,
    );
  });

  it('is refused where nobody knows the format, with the main ones and where the others are listed', async () => {
    await assert.rejects(
      read(text('There is nothing here.'), 'note.txt'),
      /is not in any of the formats that can be read, such as GeoJSON, FlatGeobuf, GeoPackage, .*; docs\/guide\/formats\.md lists them all\.$/,
    );
  });

  it('is refused as a raster where it is one', async () => {
    const tiff = new Uint8Array(
      readFileSync(join(fixtures, '..', '..', 'rasters', 'float32-big-endian-3.tif')),
    );
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
    const told = 'a raster; this input takes vector features.';
    await assert.rejects(read(tiff, 'download'), {
      message: new RegExp(`is a TIFF file \\(GeoTIFF\\), ${told}`),
    });
    await assert.rejects(read(tiff, 'dem.tif'), {
      message: new RegExp(`is a TIFF file \\(GeoTIFF\\), ${told}`),
    });
    await assert.rejects(read(png, 'map.png'), { message: new RegExp(`is a PNG image, ${told}`) });
  });

  it('is refused with the way to write it where it is a URL as text', async () => {
    const url = bytesSource(text('https://data.example/roads'));
    await assert.rejects(readLayer(url, makeRunContext()), /is a URL as text; write \{"href": "https:/);
  });

  it('leads to no other file and no other host', async () => {
    const vrt = `<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/hostname</SrcDataSource>
      </OGRVRTLayer></OGRVRTDataSource>`;
    await assert.rejects(read(text(vrt), 'a.vrt'), /is not in any of the formats/);
    const zip = zipSync({ '../outside.gml': fixture('points.gml') });
    await assert.rejects(read(zip, 'a.zip'), /the archive has no .shp file/);
  });

  it('is refused with the names of the files that its archive lacks', async () => {
    const tab = unzipSync(new Uint8Array(readFileSync(join(fixtures, '../by-gdal/mapinfo.tab.zip'))));
    for (const extension of ['dat', 'id', 'map', 'tab']) {
      const { [`mapinfo.${extension}`]: _, ...rest } = tab;
      await assert.rejects(
        read(zipSync(rest), 'a.zip'),
        new RegExp(`as MapInfo TAB: the archive has mapinfo.\\w+, but lacks mapinfo.${extension}, which`),
      );
    }
    const others = {
      'a/x.DBF': /as a zipped Shapefile: the archive has a\/x.DBF, but lacks a\/x.shp,/,
      'x.mid': /as MapInfo MIF: the archive has x.mid, but lacks x.mif,/,
      'x.gdb/a1.gdbtable': /as a file geodatabase: .* lacks x.gdb\/a1.gdbtablx,/,
    };
    for (const [name, expected] of Object.entries(others))
      await assert.rejects(read(zipSync({ [name]: text('x') }), 'a.zip'), expected);
  });

  it('of MapInfo without its values has none, and a warning says so', async () => {
    const { 'mapinfo.mid': _, ...rest } = unzipSync(
      new Uint8Array(readFileSync(join(fixtures, '../by-gdal/mapinfo.mif.zip'))),
    );
    const { features, warnings } = await read(zipSync(rest), 'a.zip');
    assert.equal(features.length, 3);
    assert.match(warnings.join('\n'), /mapinfo.mif was given without its .mid/);
  });

  it('may be an empty KML whose element has no end tag', async () => {
    const { features, mediaType } = await read(text('<kml/>'), 'download');
    assert.deepEqual(features, []);
    assert.equal(mediaType, 'application/vnd.google-earth.kml+xml');
  });

  it('may lie alone in a zip in a format of our own, whatever lies beside it', async () => {
    const geojson = text('{"type":"Point","coordinates":[5,52]}');
    const zip = zipSync({ 'data/place.geojson': geojson, 'readme.txt': text('A place.') });
    const { features, mediaType } = await read(zip, 'place.zip');
    assert.equal(mediaType, 'application/geo+json');
    assert.deepEqual(features[0]?.geometry, { type: 'Point', coordinates: [5, 52] });
  });

  it('is refused where its archive is larger than the process takes', async () => {
    const zip = zipSync({ 'points.gml': fixture('points.gml') });
    const context = makeRunContext({ limits: { inlineBytes: 1e6, referencedBytes: 1000 } });
    await assert.rejects(readLayer(bytesSource(zip), context), LimitExceeded);
  });

  it('leaves no files behind, whether it is read or refused', () => {
    assert.deepEqual(readdirSync(temporary), []);
  });
});
