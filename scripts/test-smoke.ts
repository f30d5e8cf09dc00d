import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { local } from './lib/paths.ts';
import { stopSignal } from './lib/processes.ts';
import { main, Problem } from './lib/progress.ts';
import { conclude, runRing, smokeRing } from './lib/tests.ts';

/** `npm run test:smoke -- BASE_URL`: whether a deployed service works, wherever it is. Default: `npm start`'s. */
await main(async () => {
  const urlFile = join(local, 'url');
  const running = existsSync(urlFile) ? readFileSync(urlFile, 'utf8').trim() : undefined;
  const baseUrl = process.argv[2] ?? process.env['BASE_URL'] ?? running;
  if (!baseUrl) throw new Problem('Which service? npm run test:smoke -- https://example.org/v1');
  return conclude([
    await runRing({ ...smokeRing, env: { BASE_URL: baseUrl.replace(/\/+$/, '') }, signal: stopSignal() }),
  ]);
});
