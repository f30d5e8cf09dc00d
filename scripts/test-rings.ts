import { stopSignal } from './lib/processes.ts';
import { main, Problem } from './lib/progress.ts';
import { bombsRing, conclude, infraRing, runRing, unitRing } from './lib/tests.ts';

const rings = [unitRing, bombsRing, infraRing];

/** `npm run test:unit`, `npm run test:bombs`, `npm run test:infra`: rings that need nothing but Node. */
await main(async () => {
  const ring = rings.find(({ name }) => name === process.argv[2]);
  if (!ring) throw new Problem(`Which ring? ${rings.map(({ name }) => name).join(', ')}`);
  return conclude([await runRing({ ...ring, signal: stopSignal() })]);
});
