import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FeatureCollection, Geometry, Position } from 'geojson';
import { collectParts } from '../../geo/geodesy/antimeridian.ts';
import { eachPosition } from '../../geo/geometry/positions.ts';
import densify from '../../processes/densify/process.ts';
import { run as runDensify } from '../../processes/densify/run.ts';
import measure from '../../processes/measure/process.ts';
import { run as runMeasure } from '../../processes/measure/run.ts';
import { execute } from './support/execute.ts';
import { crsMember } from './support/geometries.ts';
import { layerProcess, line, makeLayer, rectangle } from './support/layers.ts';

const { computeFeatures } = layerProcess(measure, runMeasure);
const measures = async (features: object): Promise<Record<string, number>> =>
  (await computeFeatures({ features }))[0]?.properties as Record<string, number>;

function assertNear(actual: number | undefined, expected: number, tolerance = 1e-9): void {
  const difference = Math.abs((actual ?? Number.NaN) / expected - 1);
  assert.ok(difference <= tolerance, `${actual} is not ${expected}`);
}

const multiLine = (...coordinates: Position[][]): Geometry => ({ type: 'MultiLineString', coordinates });

describe('geodesics across the antimeridian', () => {
  // By pyproj 3.7.2, Geod(ellps="WGS84").
  it('have the length that GeographicLib has for them, though the line is cut on its straight way', async () => {
    assertNear((await measures(line([139.7, 35.6], [237.6, 37.8])))['length'], 8_294_611.312_683_242);
    assertNear((await measures(line([170, 60], [200, 65])))['length'], 1_624_821.830_643_616_4);
    assertNear((await measures(line([-160, 65], [-190, 60])))['length'], 1_624_821.830_643_616_4);
  });

  it('bound areas of the size and perimeter that GeographicLib has for them', async () => {
    for (const [west, south, east, north, area, perimeter] of [
      [150, 40, 230, 60, 10_894_168_824_641.688, 15_210_008.916_189_168],
      [50, 40, 130, 60, 10_894_168_824_641.688, 15_210_008.916_189_168],
      [170, 60, 190, 63, 351_263_874_617.8789, 2_789_732.427_916_808_5],
      [-210, 40, -130, 60, 10_894_168_824_641.688, 15_210_008.916_189_168],
    ] as const) {
      const found = await measures(rectangle(west, south, east, north));
      assertNear(found['area'], area);
      assertNear(found['perimeter'], perimeter);
    }
  });

  it('are the same where data is cut already as RFC 7946 has it, in any order and direction', async () => {
    const [start, end] = [
      [170, 60],
      [-160, 65],
    ];
    const y = 60 + 5 / 3;
    for (const cut of [
      multiLine([start, [180, y]], [[-180, y], end]),
      multiLine([[-180, y], end], [start, [180, y]]),
      multiLine([[180, y], start], [[-180, y], end]),
      // Seven decimals.
      multiLine([start, [180, 61.6666667]], [[-180, 61.6666667], end]),
    ])
      assertNear((await measures(cut))['length'], 1_624_821.830_643_616_4);
    const halves = [rectangle(150, 40, 180, 60), rectangle(-180, 40, -130, 60)];
    const area = await measures({
      type: 'MultiPolygon',
      coordinates: halves.flatMap((half) => collectParts(half).polygons),
    });
    assertNear(area['area'], 10_894_168_824_641.688);
    assertNear(area['perimeter'], 15_210_008.916_189_168);
  });

  it('have no vertex less where one is off the straight line', async () => {
    const bent = await measures(line([170, 60], [180, 70], [190, 60]));
    const shifted = await measures(line([50, 60], [60, 70], [70, 60]));
    assertNear(bent['length'], shifted['length'] ?? 0);
  });

  it('are those of the vertices of a plane', async () => {
    // 170 to 190 degrees east at two heights of a Mercator projection about 150 degrees.
    const radius = (6_378_137 * Math.PI) / 180;
    const coordinates = [
      [20 * radius, 8_000_000],
      [50 * radius, 8_500_000],
    ];
    const at = (falseEasting: number) =>
      measures({
        ...makeLayer([line(...coordinates.map(([x = 0, y = 0]) => [x + falseEasting, y]))]),
        ...crsMember(3832),
      });
    assertNear((await at(0))['length'], (await at(-60 * radius))['length'] ?? 0, 1e-8);
  });

  it('measure what they do 60 degrees farther west or east, with holes and in parts', async () => {
    const degrees = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });
    const shape = fc.record({
      west: degrees(90, 179),
      width: degrees(2, 80),
      south: degrees(-80, 60),
      height: degrees(2, 20),
      lean: degrees(0, 1.5),
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ west, width, south, height, lean }) => {
        const make = (shift: number): Geometry[] => {
          const ring = (inset: number): Position[] => {
            const share = 1 - inset;
            const [wide, high, aslant] = [width * share, height * share, lean * share];
            const x = west + shift + ((width + lean) * inset) / 2;
            const y = south + ((height + lean) * inset) / 2;
            return [
              [x, y],
              [x + wide, y + aslant],
              [x + wide + aslant, y + aslant + high],
              [x + aslant, y + high],
              [x, y],
            ];
          };
          return [
            { type: 'Polygon', coordinates: [ring(0), ring(0.5)] },
            { type: 'LineString', coordinates: ring(0).slice(0, 4) },
          ];
        };
        const [own, west60, east60] = await Promise.all(
          [0, -60, 60].map((shift) => computeFeatures({ features: makeLayer(make(shift)) })),
        );
        for (const other of [west60, east60])
          for (const [index, { properties }] of own!.entries())
            for (const name of index === 0 ? ['area', 'perimeter'] : ['length'])
              assertNear(Number(other![index]!.properties[name]), Number(properties[name]), 1e-8);
      }),
      { numRuns: 60 },
    );
  });

  it('have their vertices on the ellipsoid, and are cut where they cross', async () => {
    const inputs = {
      features: line([139.7, 35.6], [237.6, 37.8]),
      maxLength: 1000,
      method: 'geodesic',
    };
    const { outputs } = await execute(densify, runDensify, { inputs });
    const [feature] = (outputs['result'] as FeatureCollection).features;
    const crossings: number[] = [];
    eachPosition(feature!.geometry, ([x = 0, y = 0]) => {
      assert.ok(Math.abs(x) <= 180);
      if (Math.abs(x) === 180) crossings.push(y);
    });
    assert.equal(crossings.length, 2);
    // By pyproj 3.7.2: 48.204 350 317 620 21 degrees.
    for (const y of crossings) assert.ok(Math.abs(y - 48.204_350_317_6) < 1e-6, `${y}`);
    const dense = await measures(feature!);
    assertNear(dense['length'], 8_294_611.312_683_242);
  });
});

it('an edge of more than half a turn is told where it was cut as well', async () => {
  const inputs = { features: line([-100, 10], [220, 10]) };
  const { outputs, logged } = await execute(measure, runMeasure, { inputs });
  assert.match(logged.join(), /^1 feature has edges that span more than 180 degrees/);
  const [feature] = (outputs['result'] as FeatureCollection).features;
  // 320 degrees of the parallel: 2 pi a cos(10) / sqrt(1 - e^2 sin(10)^2) * 320 / 360.
  assertNear(feature?.properties?.['length'], 35_084_596.501_809);
});
