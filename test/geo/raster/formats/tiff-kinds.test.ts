import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InvalidInput } from '../../../../core/shared/errors.ts';
import { affineOfPoints } from '../../../../geo/raster/formats/tiff/control-points.ts';
import { fixture, openBytes } from './support.ts';

interface Kind {
  readonly dtype: string;
  /** That of ground control points, where there are some. */
  readonly transform: readonly number[];
  /** Null where a pixel is NaN, and text where it is infinite. */
  readonly pixels: readonly (readonly (number | null)[])[];
  /** Of each band, a zero for each missing pixel. */
  readonly masks: readonly string[];
}

/** What rasterio reads from files of many kinds (see make.py beside them). */
const { engine, files } = JSON.parse(new TextDecoder().decode(fixture('tiff-kinds/expected.json'))) as {
  readonly engine: string;
  readonly files: Readonly<Record<string, Kind>>;
};

/** Complex numbers are read as their parts (complex.test.ts). */
const others = ['complex', 'int64-too-large'];
/** GDAL makes colours of inks. */
const inks = ['cmyk'];
const bent = 'control-points-bent';
/** Decoders round in different ways. */
const findTolerance = (name: string): number => (name.startsWith('jpeg') ? 2 : 0);

describe(`TIFF files of many kinds are those of ${engine}`, () => {
  for (const [name, { dtype, pixels, masks }] of Object.entries(files)) {
    if (others.includes(name) || inks.includes(name) || name === bent) continue;
    it(name, async () => {
      const raster = await openBytes(fixture(`tiff-kinds/${name}.tif`));
      assert.equal(raster.bands.length, pixels.length);
      for (const [index, wanted] of pixels.entries()) {
        // Integers of 64 bits are computed as doubles.
        assert.equal(raster.bands[index]!.dataType, /64$/.test(dtype) ? 'float64' : dtype);
        const found = await raster.read(index + 1);
        for (const [pixel, value] of wanted.entries()) {
          const difference =
            value === null ? (Number.isNaN(found[pixel]!) ? 0 : Infinity) : Math.abs(found[pixel]! - value);
          assert.ok(
            difference <= findTolerance(name),
            `pixel ${pixel} of band ${index + 1} is ${found[pixel]}, not ${value}`,
          );
        }
        // Beside colours and one more band GDAL takes no alpha channel for a mask.
        if (name === 'five-bands') continue;
        const { nodata } = raster.bands[index]!;
        const mask = await raster.readMask?.(index + 1);
        const own = Array.from(found, (value, pixel) =>
          mask?.[pixel] === 0 || value === nodata ? '0' : '1',
        );
        assert.equal(own.join(''), masks[index]);
      }
    });
  }

  it('of inks are the inks themselves', async () => {
    const raster = await openBytes(fixture('tiff-kinds/cmyk.tif'));
    const roles = raster.bands.map(({ colorInterpretation }) => colorInterpretation);
    assert.deepEqual(roles, ['cyan', 'magenta', 'yellow', 'black']);
    const first = await Promise.all([1, 2, 3, 4].map(async (band) => (await raster.read(band))[0]));
    assert.equal(new Set(first).size, 4);
  });

  it('of an alpha channel among five bands are masked by it', async () => {
    const raster = await openBytes(fixture('tiff-kinds/five-bands.tif'));
    assert.deepEqual(await raster.readMask!(1), await raster.read(5));
    assert.equal(await raster.readMask!(5), undefined);
  });

  it('are refused where pixels are no numbers that can be computed with, and the reason is told', async () => {
    const open = async (name: string) => (await openBytes(fixture(`tiff-kinds/${name}.tif`))).read(1);
    await assert.rejects(
      open('int64-too-large'),
      (error) =>
        error instanceof InvalidInput &&
        /1152921504606846977.* write it with values from -2\^53 to 2\^53/.test(error.message),
    );
  });
});

describe('ground control points', () => {
  const points = (
    places: readonly (readonly [number, number])[],
    move: (place: readonly [number, number]) => readonly [number, number],
  ) =>
    places.map((place) => {
      const [x, y] = move(place);
      return { column: place[0], row: place[1], x, y };
    });
  const corners = [
    [0, 0],
    [100, 0],
    [100, 50],
    [0, 50],
  ] as const;

  it('place a raster by the affine transformation that fits them', () => {
    const move = ([column, row]: readonly [number, number]) =>
      [500_000 + 10 * column + 2 * row, 5_300_000 + column - 9 * row] as const;
    const found = affineOfPoints(points(corners, move));
    for (const [index, value] of [500_000, 10, 2, 5_300_000, 1, -9].entries())
      assert.ok(Math.abs(found[index]! - value) < 1e-6, `${found}`);
  });

  it('that no affine transformation fits are refused, as are those in a line', () => {
    const bent = ([column, row]: readonly [number, number]) =>
      [column + row ** 2 / 10, -row - column ** 2 / 50] as const;
    assert.throws(
      () => affineOfPoints(points([...corners, [50, 25]], bent)),
      /do not fit an affine transformation/,
    );
    const line = [
      [0, 0],
      [1, 1],
      [2, 2],
    ] as const;
    assert.throws(() => affineOfPoints(points(line, (place) => place)), /lie on one line/);
  });

  it('of a file are read as rasterio has them', async () => {
    const raster = await openBytes(fixture('tiff-kinds/control-points.tif'));
    const wanted = files['control-points']!.transform;
    for (const [index, value] of raster.transform.entries())
      assert.ok(Math.abs(value - wanted[index]!) < 1e-6, `${raster.transform}`);
    await assert.rejects(
      openBytes(fixture('tiff-kinds/control-points-bent.tif')),
      (error) => error instanceof InvalidInput && /ground control points/.test(error.message),
    );
  });
});

describe('a damaged picture in a TIFF file', () => {
  for (const name of ['jpeg-ycbcr', 'jpeg-grey', 'lerc', 'lerc-zstd', 'webp']) {
    it(`is refused: ${name}`, async () => {
      const bytes = fixture(`tiff-kinds/${name}.tif`);
      const raster = await openBytes(bytes);
      const before = await raster.read(1);
      // The blocks are at the end of the file, or at its beginning: garbage in both places but for the header.
      for (const start of [8, bytes.length >> 1]) {
        const damaged = bytes.slice();
        damaged.fill(0x5a, start + 16, start + 120);
        try {
          const read = await (await openBytes(damaged)).read(1);
          assert.equal(read.length, before.length);
        } catch (error) {
          assert.ok(error instanceof InvalidInput, String(error));
        }
      }
    });
  }
});
