import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { Env, required } from '../../core/shared/env.ts';
import { fetchObject, taskCredentials } from './fetch-bundle.ts';

/*
 * The command of a task of the large class: fetches the bundle of the worker from the bucket of assets and runs it. It is part of
 * the task's definition, so that any image with Node.js will do, and needs nothing but what Node.js has.
 */
async function start(): Promise<void> {
  const bucket = required(Env.BundleBucket);
  const key = required(Env.BundleKey);
  const region = process.env['AWS_REGION'] ?? '';
  const endpoint = process.env['AWS_ENDPOINT_URL'];
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const url = new URL(
    // Emulators have no name in the DNS for each bucket.
    endpoint ? `${endpoint}/${bucket}/${key}` : `https://${bucket}.s3.${region}.${suffix}/${key}`,
  );
  const archive = await fetchObject(url, region, await taskCredentials(process.env));
  const directory = mkdtempSync(join(tmpdir(), 'bundle-'));
  for (const [name, bytes] of Object.entries(unzipSync(archive))) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(path, bytes);
  }
  await import(pathToFileURL(join(directory, 'index.mjs')).href);
}

// Without a handler of its errors: Node.js writes them to the log and ends with 1.
void start();
