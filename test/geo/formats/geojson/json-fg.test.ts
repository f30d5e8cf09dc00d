import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MediaType } from '../../../../core/shared/uris.ts';
import { sameCrs } from '../../../../geo/crs/crs.ts';
import { parseCrs } from '../../../../geo/crs/find-crs.ts';
import { readLayer } from '../../../../geo/formats/read.ts';
import { writeLayer } from '../../../../geo/formats/write.ts';
import type { LayerFeature } from '../../../../geo/layer/layer.ts';
import { bytesSource, makeRunContext, valueSource } from '../support.ts';

const utm = 'http://www.opengis.net/def/crs/EPSG/0/32632';
const place = { type: 'Point', coordinates: [500_000, 5_000_000] };
/** By PROJ 9.5.1, from EPSG:32632 to OGC:CRS84. */
const [longitude, latitude] = [9, 45.153477183356024];
const albers =
  'PROJCS["own",GEOGCS["GRS80",DATUM["d",SPHEROID["GRS 1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Albers_Conic_Equal_Area"],PARAMETER["latitude_of_center",0],PARAMETER["longitude_of_center",10],PARAMETER["standard_parallel_1",20],PARAMETER["standard_parallel_2",50],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1]]';
const feature = (members: object) => ({ type: 'Feature', properties: { a: 1 }, geometry: null, ...members });
const collection = (members: object, ...features: object[]) => ({
  type: 'FeatureCollection',
  ...members,
  features,
});
const read = (value: unknown) => readLayer(valueSource(value), makeRunContext());

describe('JSON-FG (OGC 21-045r1)', () => {
  it('has places in its CRS, named in any way on the collection or the feature', async () => {
    for (const coordRefSys of [utm, '[EPSG:32632]', { type: 'Reference', href: utm }]) {
      for (const value of [
        collection({ coordRefSys }, feature({ place })),
        collection({}, feature({ place, coordRefSys })),
        feature({ place, coordRefSys, geometry: { type: 'Point', coordinates: [1, 2] } }),
      ]) {
        const { features, crs } = await read(value);
        assert.equal(crs.name, 'EPSG:32632');
        assert.deepEqual(features[0]?.geometry, place);
      }
    }
  });

  it('has geometries in WGS 84, whatever coordRefSys says', async () => {
    const geometry = { type: 'Point', coordinates: [longitude, latitude] };
    const alone = await read(collection({ coordRefSys: utm }, feature({ geometry })));
    assert.ok(alone.crs.isGeographic);
    assert.deepEqual(alone.features[0]?.geometry, geometry);
    const beside = await read(
      collection({ coordRefSys: utm }, feature({ place }), feature({ geometry, place: null })),
    );
    const [x, y] = (beside.features[1]!.geometry as unknown as { coordinates: [number, number] }).coordinates;
    assert.ok(Math.hypot(x - 500_000, y - 5_000_000) < 0.01, `${x}, ${y}`);
  });

  it('names the place of what is wrong', async () => {
    const broken = { type: 'Point', coordinates: ['5', 5] };
    await assert.rejects(
      read(collection({ coordRefSys: utm }, feature({ place: broken }))),
      /features\/0\/place\/coordinates/,
    );
    const other = feature({ place, coordRefSys: '[EPSG:28992]' });
    await assert.rejects(
      read(collection({ coordRefSys: utm }, feature({ place }), other)),
      /features\/1\/coordRefSys: is EPSG:28992, but other places/,
    );
  });

  it('is written with both, and comes back as it was', async () => {
    const features = [feature({ geometry: place, id: 'x' }) as LayerFeature];
    const { bytes } = await writeLayer({ features, crs: parseCrs(utm, '/') }, MediaType.jsonFg);
    const written = JSON.parse(Buffer.from(bytes).toString());
    assert.equal(written.coordRefSys, utm);
    assert.deepEqual(written.features[0].place, place);
    const [x, y] = written.features[0].geometry.coordinates;
    assert.ok(Math.hypot(x - longitude, y - latitude) < 1e-6, `${x}, ${y}`);
    const back = await readLayer(bytesSource(bytes, { mediaType: MediaType.jsonFg }), makeRunContext());
    assert.equal(back.crs.name, 'EPSG:32632');
    assert.deepEqual(back.features, features);
  });

  it('has positions in the order of the axes of the CRS (requirement axis-order of JSON-FG)', async () => {
    // What GDAL 3.12 writes of x, y in these: only what PROJ turns round for maps is turned round.
    const turned: readonly (readonly [code: number, isTurned: boolean])[] = [
      [28992, false],
      [2065, false],
      [3031, false],
      [5041, false],
      [4258, true],
      [3035, true],
      [31467, true],
      [2193, true],
      [32661, true],
    ];
    for (const [code, isTurned] of turned) {
      const crs = parseCrs(`EPSG:${code}`, '/');
      const [x, y] = crs.isGeographic ? [5, 52] : [500_000, 400_000];
      const features = [feature({ geometry: { type: 'Point', coordinates: [x, y, 7] } }) as LayerFeature];
      const { bytes } = await writeLayer({ features, crs }, MediaType.jsonFg);
      const [written] = JSON.parse(Buffer.from(bytes).toString()).features;
      assert.deepEqual(written.place.coordinates, isTurned ? [y, x, 7] : [x, y, 7], `EPSG:${code}`);
      const back = await readLayer(bytesSource(bytes, { mediaType: MediaType.jsonFg }), makeRunContext());
      assert.deepEqual(back.features[0]?.geometry, features[0]?.geometry, `EPSG:${code}`);
    }
    const degrees = { type: 'Point', coordinates: [52, 5] };
    const [one] = (await read(collection({ coordRefSys: '[EPSG:4326]' }, feature({ place: degrees }))))
      .features;
    assert.deepEqual(one?.geometry, { type: 'Point', coordinates: [5, 52] });
  });

  it('has a CRS without a code by its definition, as GDAL writes it', async () => {
    const crs = parseCrs(albers, '/');
    const features = [feature({ geometry: { type: 'Point', coordinates: [100, 200] } }) as LayerFeature];
    const { bytes, remarks } = await writeLayer({ features, crs }, MediaType.jsonFg);
    const written = JSON.parse(Buffer.from(bytes).toString());
    assert.equal(written.coordRefSys.type, 'PROJJSON');
    assert.deepEqual(remarks, []);
    const back = await readLayer(bytesSource(bytes, { mediaType: MediaType.jsonFg }), makeRunContext());
    assert.ok(sameCrs(back.crs, crs), back.crs.name);
    assert.deepEqual(back.features[0]?.geometry, features[0]?.geometry);
    const northFirst = { ...written.coordRefSys.value };
    northFirst.coordinate_system.axis.reverse();
    const turned = await read(
      collection({ coordRefSys: { type: 'PROJJSON', value: northFirst } }, feature({ place })),
    );
    assert.deepEqual(turned.features[0]?.geometry, { type: 'Point', coordinates: [5_000_000, 500_000] });
  });

  it('says that places of types that GeoJSON lacks are not taken, or refuses them', async () => {
    const solid = { type: 'Polyhedron', coordinates: [[[[0, 0, 0]]]] };
    const geometry = { type: 'Point', coordinates: [9, 45] };
    const context = makeRunContext();
    const value = collection({ coordRefSys: utm }, feature({ place: solid, geometry }));
    const { features } = await readLayer(valueSource(value), context);
    assert.deepEqual(features[0]?.geometry, geometry);
    assert.match(
      context.logged.join(),
      /One feature has a place of a type that layers do not have \("Polyhedron"\)/,
    );
    const alone = collection({ coordRefSys: utm }, feature({ place: { ...solid, type: 'Prism' } }));
    await assert.rejects(read(alone), /features\/0\/place\/type: must be one of .* but is "Prism"/);
    const file = makeRunContext();
    const bytes = Buffer.from(JSON.stringify(alone));
    const layer = await readLayer(bytesSource(bytes, { mediaType: MediaType.jsonFg }), file);
    assert.equal(layer.features[0]?.geometry, null);
    assert.match(file.logged.join(), /1 geometry that is not GeoJSON became null/);
    const curve = feature({ place: { type: 'Point' }, geometry });
    await assert.rejects(read(collection({ coordRefSys: utm }, curve)), /features\/0\/place\/coordinates/);
  });
});
