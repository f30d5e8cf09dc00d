import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { findDefinition } from '../../../geo/crs/definitions.ts';
import { findCrs } from '../../../geo/crs/find-crs.ts';

interface Row {
  readonly wkid: number;
  readonly latestWkid: number;
  readonly name: string;
  readonly wkt: string;
  readonly wkt2: string;
}

const list = createRequire(import.meta.url);
const { ProjectedCoordinateSystems: projected } = list('@esri/proj-codes/pe_list_projcs.json') as {
  readonly ProjectedCoordinateSystems: readonly Row[];
};
const { GeographicCoordinateSystems: geographic } = list('@esri/proj-codes/pe_list_geogcs.json') as {
  readonly GeographicCoordinateSystems: readonly Row[];
};

/** How the texts of ESRI's register are understood. */
function counts(rows: readonly Row[], dialect: 'wkt' | 'wkt2') {
  const found = { own: 0, sameAsOther: 0, byDefinition: 0, refused: 0, unknown: 0 };
  const reasons = new Map<string, number>();
  const refusedComputable: number[] = [];
  for (const row of rows) {
    const crs = findCrs(row[dialect]);
    const code = Number(crs?.identifier?.code);
    if (!crs) found.unknown++;
    else if (crs.fault !== undefined) {
      found.refused++;
      const [, reason = crs.fault] = /^whose definition (.*), which is not supported/.exec(crs.fault) ?? [];
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      if (findDefinition(row.latestWkid) !== undefined) refusedComputable.push(row.latestWkid);
    } else if (!crs.identifier) found.byDefinition++;
    else if (code === row.wkid || code === row.latestWkid) found.own++;
    else found.sameAsOther++;
  }
  return { ...found, reasons, refusedComputable };
}

describe("ESRI's own register", () => {
  for (const dialect of ['wkt', 'wkt2'] as const) {
    it(`as ${dialect}: each projected CRS that can be computed is known by a code or used by its definition`, () => {
      const { own, sameAsOther, byDefinition, refused, unknown, refusedComputable, reasons } = counts(
        projected,
        dialect,
      );
      assert.deepEqual({ total: projected.length, unknown }, { total: 7820, unknown: 0 });
      assert.ok(own >= 7470, `${own} have their own code`);
      assert.ok(own + sameAsOther + byDefinition >= 7796, `${own} + ${sameAsOther} + ${byDefinition}`);
      assert.ok(refused <= 24, `${refused} are refused`);
      assert.deepEqual(refusedComputable, []);
      for (const reason of reasons.keys())
        assert.match(
          reason,
          /^(?:(?:has|uses) the (?:projection|parameter|datum) "|whose ellipsoid "(?:Mars|Moon)_2000_[^"]+" is not)/,
        );
    });

    it(`as ${dialect}: so is each geographic CRS`, () => {
      const { own, sameAsOther, byDefinition, unknown, refusedComputable } = counts(geographic, dialect);
      assert.deepEqual({ total: geographic.length, unknown }, { total: 1365, unknown: 0 });
      // The second are those with heights, whose horizontal part has another code.
      assert.ok(
        own >= 963 && own + sameAsOther + byDefinition >= 1253,
        `${own} + ${sameAsOther} + ${byDefinition}`,
      );
      assert.deepEqual(refusedComputable, []);
    });
  }

  it('is read in the names that people know', () => {
    const findCode = (wkid: number) => findCrs(projected.find((row) => row.wkid === wkid)!.wkt)?.name;
    for (const code of [
      2154, 2263, 31370, 31287, 28992, 27700, 3857, 2056, 21781, 25832, 5070, 3035, 27572, 5514,
    ])
      assert.equal(findCode(code), `EPSG:${code}`);
    for (const code of [102008, 102003, 54009, 54030, 102013]) assert.equal(findCode(code), `ESRI:${code}`);
    assert.equal(findCrs(geographic.find(({ wkid }) => wkid === 4267)!.wkt)?.name, 'EPSG:4267');
  });
});
