import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type ContourLine, ContourTracer } from '../../../geo/vectorise/contour-lines.ts';
import { type Levels, listedLevels, regularLevels } from '../../../geo/vectorise/levels.ts';
import { oracle } from '../../processes/support/oracle.ts';

type Rows = readonly (readonly number[])[];

const budget = { most: 1_000_000, exceeded: () => new Error('too many') };

function trace(rows: Rows, levels: Levels, most = budget): ContourLine[] {
  const tracer = new ContourTracer(rows[0]!.length, levels, most);
  for (const row of rows) tracer.row(Float64Array.from(row));
  return tracer.lines();
}

/** Lines as GDAL draws them, which goes on with the values of the outermost pixels to the edge of the raster. */
function traceWithRim(rows: Rows, levels: Levels): ContourLine[] {
  const padded = rows.map((row) => [row[0]!, ...row, row.at(-1)!]);
  const [width, height] = [rows[0]!.length, rows.length];
  // The rim is a pixel wide here, half a pixel there; within it lines run straight outwards.
  const halved = (place: number, size: number): number =>
    Math.min(Math.max(place - 1, (place - 0.5) / 2), size + (place - size - 1.5) / 2);
  return trace([padded[0]!, ...padded, padded.at(-1)!], levels).map((line) => ({
    ...line,
    columns: line.columns.map((column) => halved(column, width)),
    rows: line.rows.map((row) => halved(row, height)),
  }));
}

const computeLength = ({ columns, rows }: ContourLine): number =>
  columns
    .slice(1)
    .reduce(
      (sum, column, index) => sum + Math.hypot(column - columns[index]!, rows[index + 1]! - rows[index]!),
      0,
    );

/** A line whatever its direction, and a ring whatever its beginning. */
function normalised(positions: readonly (readonly number[])[]): string {
  const written = positions.map(([x = 0, y = 0]) => `${x.toFixed(6)} ${y.toFixed(6)}`);
  if (written[0] !== written.at(-1)) return [written.join(), written.toReversed().join()].sort()[0]!;
  const ring = written.slice(1);
  const turns = [ring, ring.toReversed()].flatMap((turned) =>
    turned.map((_, index) => [...turned.slice(index), ...turned.slice(0, index)].join()),
  );
  return turns.sort()[0]!;
}

/** The level whose line passes the missing pixel of the fixture. */
const BESIDE_MISSING = '260.0';

describe('contour lines of other engines', () => {
  it('are as many and as long as those of gdal_contour', () => {
    const { input, params, expected } = oracle('contour_lines');
    const rows = (input as Rows).map((row) => row.map((value) => (value === -9999 ? Number.NaN : value)));
    const lines = traceWithRim(rows, regularLevels(params.interval, 0));
    const found = Object.groupBy(lines, ({ value }) => value.toFixed(1));
    assert.deepEqual(Object.keys(found).sort(), Object.keys(expected).sort());
    for (const [value, [count, length]] of Object.entries(expected as Record<string, [number, number]>)) {
      const sum = found[value]!.reduce((total, line) => total + 10 * computeLength(line), 0);
      if (value === BESIDE_MISSING) {
        // GDAL goes on into the half of a cell that is nearer to its other corners; here the line is interrupted.
        assert.equal(found[value]!.length, count + 1);
        assert.ok(sum < length && sum > length - 20, `${sum} instead of ${length}`);
      } else {
        assert.equal(found[value]!.length, count, value);
        assert.ok(Math.abs(sum - length) < 1e-6 * length, `${value}: ${sum} instead of ${length}`);
      }
    }
  });

  it('are those of gdal_contour in noise, which has many saddles', () => {
    const { input, params, expected } = oracle('contour_random');
    const lines = traceWithRim(input, regularLevels(params.interval, 0));
    const found = lines.map(({ value, columns, rows }) => {
      const positions = columns.map((column, index) => [column, rows[index]!]);
      return `${value}: ${normalised(positions)}`;
    });
    const wanted = (expected as [number, number[][]][]).map(
      ([value, positions]) => `${value}: ${normalised(positions)}`,
    );
    assert.deepEqual(found.sort(), wanted.sort());
  });
});

/** Some values lie exactly at levels, which are multiples of 1. */
const grids = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), fc.boolean())
  .chain(([width, height, whole]) => {
    const value = whole
      ? fc.integer({ min: -2, max: 2 }).map(Number)
      : fc.integer({ min: -200, max: 200 }).map((sixtyFourths) => sixtyFourths / 64);
    const pixel = fc.oneof(
      { weight: 9, arbitrary: value },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
    const row = fc.array(pixel, { minLength: width, maxLength: width });
    return fc.array(row, { minLength: height, maxLength: height });
  });

describe('contour lines of any raster', () => {
  it('have vertices only between two pixels, where linear interpolation gives the level', () => {
    fc.assert(
      fc.property(grids, (rows) => {
        for (const { value, columns, rows: lineRows } of trace(rows, regularLevels(1, 0))) {
          for (const [index, column] of columns.entries()) {
            const [x, y] = [column - 0.5, lineRows[index]! - 0.5];
            assert.ok(Number.isInteger(x) || Number.isInteger(y));
            const first = rows[Math.floor(y)]![Math.floor(x)]!;
            const last = rows[Math.ceil(y)]![Math.ceil(x)]!;
            const share = x - Math.floor(x) + (y - Math.floor(y));
            assert.ok(Math.abs(first + (last - first) * share - value) < 1e-9);
          }
        }
      }),
    );
  });

  it('pass wherever a level lies between neighbours of a cell without missing pixels', () => {
    fc.assert(
      fc.property(grids, (rows) => {
        const lines = trace(rows, regularLevels(1, 0));
        const isCell = (row: number, column: number) =>
          [0, 1].every((down) =>
            [0, 1].every((across) => Number.isFinite(rows[row + down]?.[column + across] ?? Number.NaN)),
          );
        for (const [row, values] of rows.entries()) {
          for (let column = 0; column + 1 < values.length; column++) {
            const [first, last] = [values[column]!, values[column + 1]!];
            const low = Math.min(first, last);
            if (!(isCell(row, column) || isCell(row - 1, column))) continue;
            for (let level = Math.floor(low) + 1; level < Math.max(first, last); level++) {
              const x = column + 0.5 + (level - first) / (last - first);
              const passes = lines.some((line) =>
                line.columns.some(
                  (at, index) =>
                    line.value === level && Math.abs(at - x) < 1e-9 && line.rows[index] === row + 0.5,
                ),
              );
              assert.ok(passes, `${level} between ${first} and ${last}`);
            }
          }
        }
      }),
    );
  });

  it('end at the outermost pixels or beside a missing one, or are closed', () => {
    fc.assert(
      fc.property(grids, (rows) => {
        const [width, height] = [rows[0]!.length, rows.length];
        for (const { columns, rows: lineRows } of trace(rows, regularLevels(1, 0.5))) {
          const [x, y] = [columns[0]! - 0.5, lineRows[0]! - 0.5];
          if (columns.at(-1) === columns[0] && lineRows.at(-1) === lineRows[0]) continue;
          const around = [-1, 0, 1].flatMap((down) =>
            [-1, 0, 1].map((across) => rows[Math.floor(y) + down]?.[Math.floor(x) + across]),
          );
          const outermost = x === 0 || y === 0 || x === width - 1 || y === height - 1;
          assert.ok(outermost || around.some((value) => Number.isNaN(value)));
        }
      }),
    );
  });

  it('repeat no position in a row', () => {
    fc.assert(
      fc.property(grids, (rows) => {
        for (const line of trace(rows, regularLevels(1, 0))) {
          assert.ok(line.columns.length > 1);
          for (let index = 1; index < line.columns.length; index++)
            assert.ok(
              line.columns[index] !== line.columns[index - 1] || line.rows[index] !== line.rows[index - 1],
            );
        }
      }),
    );
  });
});

describe('levels', () => {
  it('are written with the digits that people would write', () => {
    const [line] = trace(
      [
        [0, 0.35],
        [0, 0.35],
      ],
      regularLevels(0.1, 0),
    ).slice(-1);
    assert.equal(line?.value, 0.3);
  });

  it('rank values as counting does', () => {
    const values = fc.oneof(
      fc.integer({ min: -50, max: 50 }).map((value) => value / 10),
      fc.double({ min: -5, max: 5, noNaN: true }),
    );
    fc.assert(
      fc.property(values, (value) => {
        const regular = regularLevels(0.1, 0.5);
        const rank = regular.rank(value);
        assert.ok(regular.valueOf(rank - 1) <= value && regular.valueOf(rank) > value);
        const listed = [3, -1, 0.1, 0.1, 2.5];
        assert.equal(
          listedLevels(listed).rank(value),
          [...new Set(listed)].filter((level) => level <= value).length,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('may not be more than a result may have vertices', () => {
    const rows = [
      [0, 1e300],
      [0, 1],
    ];
    for (const interval of [1e-300, 1])
      assert.throws(() => trace(rows, regularLevels(interval, 0), { ...budget, most: 5000 }), /too many/);
  });
});
