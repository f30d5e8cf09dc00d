import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.ts';
import { step } from '../../scripts/lib/progress.ts';
import { pythonWith } from '../../scripts/lib/python.ts';
import { type JobStore, postgresql, tinydb } from './job-stores.ts';
import { measurePeer, type PeerCost } from './measure.ts';
import { startPostgres } from './postgres.ts';
import { startPygeoapi } from './pygeoapi.ts';

const REQUIREMENTS = 'bench/peer/requirements.txt';

/** Costs by where jobs are kept, or the sentence that says why they were not measured. */
export interface Peers {
  readonly version: string;
  readonly TinyDB: Record<string, PeerCost>;
  readonly PostgreSQL: Record<string, PeerCost> | string;
}

/** Measures pygeoapi with each of its stores of jobs; whatever is started is stopped. @param save is told what is known so far */
export async function measurePeers(listed: readonly number[], save: (peers: Peers) => void): Promise<void> {
  const version = /^pygeoapi==(.*)$/m.exec(readFileSync(join(root, REQUIREMENTS), 'utf8'))?.[1] ?? '';
  let peers: Peers = { version, TinyDB: {}, PostgreSQL: 'PostgreSQL was not measured.' };
  const add = (more: Partial<Peers>) => {
    peers = { ...peers, ...more };
    save(peers);
  };
  add({});
  const python = await pythonWith({ folder: 'venv-peer', title: 'pygeoapi', requirements: REQUIREMENTS });
  const directory = mkdtempSync(join(tmpdir(), 'bench-peer-'));
  const measure = async (store: JobStore) => {
    store.fill(0);
    const server = await startPygeoapi(python, directory, store.manager);
    try {
      return await step(`Measuring pygeoapi with ${store.name}`, () => measurePeer(server, store, listed));
    } finally {
      await server.stop();
    }
  };
  try {
    add({ TinyDB: await measure(tinydb(directory)) });
    const postgres = await startPostgres();
    if (typeof postgres === 'string') return add({ PostgreSQL: postgres });
    try {
      add({ PostgreSQL: await measure(postgresql(directory, postgres)) });
    } finally {
      await postgres.stop();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
