import type { Run } from '../../core/processes/declaration.ts';
import { eachGeometry } from '../engines/features/each-geometry.ts';
import { type Invalidity, loadGeos } from '../engines/geos/geos.ts';
import { repaired } from '../engines/geos/repair.ts';
import { readLayer } from '../engines/layers/read.ts';
import { writeLayer } from '../engines/layers/write.ts';
import type declaration from './process.ts';

type Reported = { readonly index: number } & Invalidity;

/** Repairs what is not valid and leaves the rest as it is. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layer = await readLayer(inputs.features, context);
  const geos = await loadGeos();
  const report: Reported[] = [];
  const features = await eachGeometry(layer, context, 'Repairing', (geometry, index) =>
    geos.scope((scope) => {
      const handle = scope.read(geometry);
      const invalidity = scope.invalidity(handle);
      if (!invalidity) return {};
      report.push({ index, ...invalidity });
      return { geometry: scope.geometry(repaired(scope, handle, inputs)) };
    }),
  );
  return {
    result: await writeLayer({ ...layer, features }, context.format('result')),
    report: report.map(({ index, reason, location: [x, y] }) => ({ index, reason, location: [x, y] })),
  };
};
