import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { Crs84 } from '../../../core/shared/uris.ts';
import { crs84 } from '../../../geo/crs/crs.ts';
import {
  definitionsSource,
  findDefinition,
  findRegister,
  supportedCodes,
} from '../../../geo/crs/definitions.ts';
import { parseCrs } from '../../../geo/crs/find-crs.ts';
import { urnFromIdentifier } from '../../../geo/crs/identifiers.ts';
import { transformBetweenCrs } from '../../../geo/crs/transformation.ts';
import { oracle } from '../../processes/support/oracle.ts';
import { crsFrom } from '../../support/crs.ts';

const refusal = (identifier: string): string => {
  try {
    parseCrs(identifier, '/inputs/crs');
  } catch (error) {
    assert.ok(error instanceof InvalidInput, String(error));
    assert.equal(error.faults[0]!.pointer, '/inputs/crs');
    return error.faults[0]!.detail;
  }
  return assert.fail(`${identifier} was accepted`);
};

describe('the identifier of a CRS', () => {
  for (const identifier of [
    'EPSG:28992',
    'epsg:28992',
    '[EPSG:28992]',
    'http://www.opengis.net/def/crs/EPSG/0/28992',
    'https://www.opengis.net/def/crs/EPSG/0/28992',
    'http://www.opengis.net/def/crs/EPSG/9.8.4/28992',
    'urn:ogc:def:crs:EPSG::28992',
    'urn:ogc:def:crs:EPSG:6.9:28992',
    'urn:x-ogc:def:crs:EPSG::28992',
    'urn:ogc:def:crs:EPSG:28992',
    'urn:opengis:def:crs:EPSG::28992',
    'http://opengis.net/def/crs/EPSG/0/28992',
  ]) {
    it(`may be ${identifier}`, () => {
      const { name, isGeographic, metresPerUnit } = crsFrom(identifier);
      assert.deepEqual([name, isGeographic, metresPerUnit], ['EPSG:28992', false, 1]);
    });
  }

  for (const identifier of [
    Crs84,
    'https://www.opengis.net/def/crs/OGC/1.3/CRS84',
    'http://www.opengis.net/def/crs/OGC/0/CRS84h',
    'urn:ogc:def:crs:OGC:1.3:CRS84',
    'urn:ogc:def:crs:OGC::CRS84h',
    'urn:ogc:def:crs:OGC:CRS84',
    'urn:ogc:def:crs:OGC:2:84',
    'OGC:CRS84',
    'OGC:CRS84h',
    '[OGC:CRS84]',
    'CRS84',
    'CRS:84',
  ]) {
    it(`of CRS84 may be ${identifier}`, () => {
      assert.equal(crsFrom(identifier), crs84);
    });
  }

  it('and its URN name the same CRS, for every code', () => {
    for (const code of supportedCodes()) {
      const name = `${findRegister(code)}:${code}`;
      assert.equal(
        crsFrom(urnFromIdentifier({ authority: findRegister(code), code: String(code) })).name,
        name,
      );
    }
    assert.equal(crsFrom(urnFromIdentifier(crs84.identifier!)).name, Crs84);
  });

  it('that is no identifier is refused, with what would be right', () => {
    for (const wrong of [
      '',
      'WGS84',
      '4326',
      'EPSG:',
      'EPSG:x',
      'EPSG:4326 ; DROP',
      'ESRI:',
      'OGC:84',
      'EPSG::4326',
    ]) {
      assert.match(refusal(wrong), /not known\. Use an EPSG code \(EPSG:28992, http/);
    }
    assert.ok(refusal('x'.repeat(10_000)).length < 500);
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/CRS:?84|EPSG:\d/i.test(text));
        refusal(text);
      }),
    );
  });

  it('of ESRI that is said to be of EPSG is what was meant, which is told', () => {
    for (const [said, meant] of [
      ['EPSG:102100', 'ESRI:102100'],
      ['urn:ogc:def:crs:EPSG::102113', 'ESRI:102113'],
      ['http://www.opengis.net/def/crs/EPSG/0/54009', 'ESRI:54009'],
    ] as const) {
      const { guess, ...crs } = parseCrs(said, '/inputs/crs');
      assert.deepEqual(crs, parseCrs(meant, '/inputs/crs'));
      assert.match(
        guess ?? '',
        new RegExp(`^EPSG:\\d+ is not in the EPSG registry. It is treated as ${meant}\\.$`),
      );
    }
    assert.match(refusal('ESRI:28992'), /is not in the ESRI registry; EPSG:28992 exists/);
  });

  it('that the register does not have is refused', () => {
    for (const code of ['EPSG:1', 'EPSG:999999999', 'EPSG:0']) {
      assert.match(refusal(code), /which is not in the EPSG registry\. Use/);
    }
  });

  it('that is known but cannot be computed is told apart', () => {
    // A Lambert conic that counts to the west, geocentric and vertical ones.
    for (const code of ['EPSG:2296', 'EPSG:4978', 'EPSG:5709']) {
      assert.match(refusal(code), /known but not supported: .* available here\. Use another CRS\.$/);
    }
  });

  it('with heights is refused with its horizontal part', () => {
    assert.match(refusal('EPSG:7415'), /has a vertical axis; use its horizontal CRS, EPSG:28992\./);
    assert.match(refusal('urn:ogc:def:crs:EPSG::4979'), /EPSG:4326\./);
  });
});

describe('what a CRS is', () => {
  it('geographic or projected, with its unit', () => {
    for (const [code, isGeographic, metresPerUnit] of [
      [4326, true, 1],
      [4258, true, 1],
      [4269, true, 1],
      [3857, false, 1],
      [2263, false, 1200 / 3937],
      [2222, false, 0.3048],
      [3035, false, 1],
      [27700, false, 1],
    ] as const) {
      const crs = crsFrom(`EPSG:${code}`);
      assert.deepEqual([crs.isGeographic, crs.metresPerUnit], [isGeographic, metresPerUnit]);
    }
  });

  it('comes from the register, for more than five thousand codes', () => {
    assert.match(definitionsSource, /^EPSG v\d+\.\d+, PROJ \d+\.\d+\.\d+$/);
    assert.ok(supportedCodes().length > 5000);
    const wanted = [
      28992, 27700, 2154, 3035, 32633, 3031, 3995, 2263, 3857, 4258, 4269, 4326, 25832, 2180, 21781,
    ];
    for (const code of [...wanted, 5070, 3338, 5514, 23031, 31287, 4230, 2053]) {
      assert.ok(findDefinition(code), `EPSG:${code}`);
    }
  });
});

/** The transformation between two CRSs by their names. */
const between = (from: string, to: string) => transformBetweenCrs(crsFrom(from), crsFrom(to));

interface Case {
  readonly crs: string;
  readonly metresPerUnit: number;
  readonly input: readonly number[][];
  readonly expected: readonly number[][];
}

const distance = ([x, y]: readonly number[], [u, v]: readonly number[]): number =>
  Math.hypot(x! - u!, y! - v!);

describe('the transformation', () => {
  const { from_crs84, pairs } = oracle('reproject_crs') as {
    readonly from_crs84: readonly Case[];
    readonly pairs: readonly (Case & { readonly from: string; readonly to: string })[];
  };

  it('has places enough to compare', () => {
    assert.ok(from_crs84.length >= 40 && from_crs84.every(({ input }) => input.length >= 6));
  });

  for (const { crs, metresPerUnit, input, expected } of from_crs84) {
    it(`to ${crs} and back agrees with pyproj to a centimetre`, () => {
      const [there, back] = [between(Crs84, crs), between(crs, Crs84)];
      for (const [index, position] of input.entries()) {
        const away = distance(there(position), expected[index]!) * metresPerUnit;
        assert.ok(away < 0.01, `${position} is ${away} m off`);
        const [longitude = 0, latitude = 0] = back(expected[index]!);
        const east = (longitude - position[0]!) * Math.cos((latitude * Math.PI) / 180);
        assert.ok(Math.hypot(east, latitude - position[1]!) * 111_320 < 0.02);
      }
    });
  }

  for (const { from, to, metresPerUnit, input, expected } of pairs) {
    it(`from ${from} to ${to} agrees with pyproj to a centimetre`, () => {
      const transform = between(from, to);
      for (const [index, position] of input.entries()) {
        const away = distance(transform(position), expected[index]!) * metresPerUnit;
        assert.ok(away < 0.01, `${position} is ${away} m off`);
      }
    });
  }

  it('leaves degrees on equal datums as they are, to the last digit', () => {
    const position = [5.123456789012345, 52.98765432109876, 12];
    for (const code of [4326, 4258, 4171, 7844]) {
      assert.deepEqual(between(Crs84, `EPSG:${code}`)(position), position);
    }
  });

  it('keeps heights and what else a position has', () => {
    const [x, y, ...rest] = between(Crs84, 'EPSG:28992')([5, 52, 43.5, 7]);
    assert.ok(Number.isFinite(x) && Number.isFinite(y));
    assert.deepEqual(rest, [43.5, 7]);
  });

  it('gives numbers that are not finite where the target has no place, and throws nothing', () => {
    for (const [from, to, position] of [
      [Crs84, 'EPSG:3857', [0, 90]],
      [Crs84, 'EPSG:3395', [0, -90]],
      ['EPSG:3035', Crs84, [1e9, 1e9]],
    ] as const) {
      assert.ok(!between(from, to)([...position]).every(Number.isFinite), `${from} ${to}`);
    }
  });

  it('comes back where it started, anywhere in Europe', () => {
    const places = fc.tuple(
      fc.double({ min: -9, max: 30, noNaN: true }),
      fc.double({ min: 36, max: 70, noNaN: true }),
    );
    const crss = fc.constantFrom(
      'EPSG:3035',
      'EPSG:3857',
      'EPSG:25832',
      'EPSG:4258',
      'EPSG:3034',
      'EPSG:28992',
    );
    fc.assert(
      fc.property(crss, places, (crs, place) => {
        const back = between(crs, Crs84)(between(Crs84, crs)(place));
        assert.ok(distance(back, place) < 5e-8, `${place} ${back}`);
      }),
    );
  });
});
