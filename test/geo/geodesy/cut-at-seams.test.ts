import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Geometry, Position } from 'geojson';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { crs84 } from '../../../geo/crs/crs.ts';
import { collectParts } from '../../../geo/geodesy/antimeridian.ts';
import { planeForLayer } from '../../../geo/geodesy/working-planes.ts';
import { loadGeos } from '../../../geo/geos/geos.ts';
import { layerInCrs } from '../../../geo/reproject/reproject.ts';
import { rectangle as box } from '../../processes/support/layers.ts';
import { crsFrom } from '../../support/crs.ts';

/** A map of the world about another meridian, by GDAL's words for it. */
const about = (longitude: number, projection = 'Robinson') =>
  `PROJCS["map",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["${projection}"],PARAMETER["central_meridian",${longitude}],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1]]`;
const GOODE = 'ESRI:54052';

async function onMap(geometry: Geometry, crs: string): Promise<Geometry> {
  const layer = {
    features: [{ type: 'Feature' as const, properties: {}, geometry }],
    crs: crs84,
    mediaType: '',
    geometryPointer: () => '/inputs/features',
  };
  const { features } = await layerInCrs(layer, crsFrom(crs));
  return features[0]!.geometry!;
}

const widths = (geometry: Geometry): number[] => {
  const { lines, polygons } = collectParts(geometry);
  return [...lines, ...polygons.map(([ring]) => ring!)].map((line: readonly Position[]) => {
    const xs = line.map(([x = Number.NaN]) => x);
    return Math.max(...xs) - Math.min(...xs);
  });
};

describe('a map of the globe is cut', () => {
  it('at the end of the map: what crosses it is there at both ends', async () => {
    // The map about 150 degrees ends at -30.
    const parts = widths(await onMap(box(-50, 10, -10, 20), about(150)));
    assert.equal(parts.length, 2);
    assert.ok(parts.every((width) => width < 3e6));
    const line = {
      type: 'LineString',
      coordinates: [
        [-60, -10],
        [10, 20],
      ],
    } as const;
    assert.equal(widths(await onMap(line as unknown as Geometry, about(150))).length, 2);
  });

  it('and nowhere else: what ends there lies on its side of it', async () => {
    for (const [west, east, side] of [
      [-50, -30, 1],
      [-30, -10, -1],
    ] as const) {
      const geometry = await onMap(box(west, 10, east, 20), about(150));
      assert.deepEqual(geometry.type, 'Polygon');
      const [ring] = (geometry as GeoJSON.Polygon).coordinates;
      assert.ok(
        ring!.every(([x = 0]) => Math.sign(x) === side),
        JSON.stringify(ring),
      );
    }
    const whole = await onMap(box(-180, -60, 180, 60), about(0));
    assert.deepEqual([whole.type, widths(whole).length], ['Polygon', 1]);
  });

  it('where it is interrupted: lobes have their parts, which are one along the equator', async () => {
    const parts = widths(await onMap(box(-50, 10, -30, 50), GOODE));
    assert.equal(parts.length, 2);
    assert.ok(parts.every((width) => width < 4e6));
    const across = await onMap(box(-60, -30, -30, 30), GOODE);
    assert.deepEqual([across.type, widths(across).length], ['Polygon', 1]);
    const inside = await onMap(box(10, -10, 20, 20), GOODE);
    assert.deepEqual([inside.type, widths(inside).length], ['Polygon', 1]);
  });

  it('and comes back as it was', async () => {
    for (const crs of [about(150), about(-100, 'Winkel_Tripel'), GOODE]) {
      const geometry = box(-50, 10, -10, 50);
      const layer = {
        features: [{ type: 'Feature' as const, properties: {}, geometry: await onMap(geometry, crs) }],
        crs: crsFrom(crs),
        mediaType: '',
        geometryPointer: () => '/inputs/features',
      };
      const { features } = await layerInCrs(layer, crs84);
      const back = features[0]!.geometry!;
      const geos = await loadGeos();
      const area = geos.scope((scope) => {
        const [one, other] = [scope.read(back), scope.read(geometry)];
        return geos.area(scope.difference(one, other)) + geos.area(scope.difference(other, one));
      });
      assert.ok(area < 1e-3, `${crs}: ${area}`);
    }
  });
});

describe('work in the plane of a map', () => {
  it('is refused for what its ends tear apart', async () => {
    const geos = await loadGeos();
    const plane = planeForLayer({ crs: crs84 }, about(150), geos);
    assert.throws(
      () => plane.forward(box(-50, 10, -10, 20)),
      (error) =>
        error instanceof InvalidInput &&
        error.faults[0]!.pointer === '/inputs/crs' &&
        /a projection that ends at the meridian of -30 degrees, which a feature crosses/.test(
          error.faults[0]!.detail,
        ),
    );
    assert.equal(plane.forward(box(-50, 10, -30, 20)).type, 'Polygon');
    assert.throws(
      () => planeForLayer({ crs: crs84 }, GOODE, geos).forward(box(-50, 10, -30, 20)),
      /is interrupted/,
    );
  });
});
