import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { GeosError, loadGeos } from '../../../geo/geos/geos.ts';
import { loadLibrary } from '../../../geo/geos/library.ts';
import { roundStyle as style } from '../../processes/support/buffers.ts';
import { starPolygons } from '../formats/arbitraries.ts';

const geos = await loadGeos();
const bowtie: Geometry = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [2, 2],
      [2, 0],
      [0, 2],
      [0, 0],
    ],
  ],
};
const square: Geometry = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 2],
      [0, 0],
    ],
  ],
};

describe('GEOS', () => {
  it('is loaded once', async () => {
    assert.equal(await loadGeos(), geos);
  });

  it('gives back what it takes in, with exterior rings counter-clockwise', () => {
    fc.assert(
      fc.property(starPolygons(), (polygon) => {
        const clockwise = { ...polygon, coordinates: polygon.coordinates.map((ring) => ring.toReversed()) };
        assert.deepEqual(
          geos.scope((scope) => scope.geometry(scope.read(clockwise))),
          polygon,
        );
      }),
    );
  });

  it('keeps heights', () => {
    const line: Geometry = {
      type: 'LineString',
      coordinates: [
        [0, 0, 5],
        [1, 1, 6],
      ],
    };
    assert.deepEqual(
      geos.scope((scope) => scope.geometry(scope.read(line))),
      line,
    );
  });

  it('says why and where a geometry is not valid', () => {
    const { square: valid, bowtie: invalid } = geos.scope((scope) => ({
      square: scope.invalidity(scope.read(square)),
      bowtie: scope.invalidity(scope.read(bowtie)),
    }));
    assert.equal(valid, undefined);
    assert.deepEqual(invalid, { reason: 'Self-intersection', location: [1, 1] });
  });

  it('repairs by structure and drops what collapses', () => {
    const line = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [2, 2],
          [0, 0],
        ],
      ],
    } as Geometry;
    geos.scope((scope) => {
      assert.equal(scope.area(scope.makeValid(scope.read(bowtie))), 2);
      assert.ok(scope.isEmpty(scope.makeValid(scope.read(line))));
    });
  });

  it('overlays', () => {
    const shifted = JSON.parse(JSON.stringify(square), (_, value) =>
      typeof value === 'number' ? value + 1 : value,
    );
    const areas = geos.scope((scope) => {
      const [one, other] = [scope.read(square), scope.read(shifted)];
      return [
        scope.area(scope.intersection(one, other)),
        scope.area(scope.difference(one, other)),
        scope.area(scope.symmetricDifference(one, other)),
        scope.area(
          scope.unaryUnion(scope.read({ type: 'GeometryCollection', geometries: [square, shifted] })),
        ),
      ];
    });
    assert.deepEqual(areas, [1, 3, 6, 7]);
  });

  it('throws what it refuses, with its reason', () => {
    const open: Geometry = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
      ],
    };
    assert.throws(
      () => geos.scope((scope) => scope.read(open)),
      (error) => {
        assert.ok(error instanceof GeosError);
        assert.match(error.message, /LinearRing/);
        return true;
      },
    );
  });

  it('frees what a scope made, also when it throws', async () => {
    const { Module } = await loadLibrary();
    const ring = Array.from({ length: 10_000 }, (_, index) => [Math.cos(index), Math.sin(index)]);
    const line = { type: 'LineString', coordinates: ring } as Geometry;
    const work = () =>
      assert.throws(() =>
        geos.scope((scope) => {
          scope.buffer(scope.read({ type: 'MultiPoint', coordinates: ring.slice(0, 50) }), 0.1, style);
          scope.read(line);
          throw new Error('on purpose');
        }),
      );
    for (let round = 0; round < 20; round++) work();
    const before = Module.HEAPU8.length;
    for (let round = 0; round < 300; round++) work();
    assert.equal(Module.HEAPU8.length, before);
  });
});
