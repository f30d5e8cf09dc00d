import { stopSignal } from './lib/processes.ts';
import { main, Problem } from './lib/progress.ts';
import { conclude, infraRing, runRing, unitRing } from './lib/tests.ts';

const rings = [unitRing, infraRing];

/** `npm run test:unit`, `npm run test:infra`: rings that need nothing but Node. */
await main(async () => {
  const ring = rings.find(({ name }) => name === process.argv[2]);
  if (!ring) throw new Problem(`Which ring? ${rings.map(({ name }) => name).join(' or ')}`);
  return conclude([await runRing({ ...ring, signal: stopSignal() })]);
});
