import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { threadId } from 'node:worker_threads';
import type { Runs } from '../../../../core/processes/declaration.ts';
import { Encoded, type RunContext, type Source } from '../../../../core/run/context.ts';
import { InvalidInput } from '../../../../core/shared/errors.ts';
import { Instance, Module } from '../../../../core/shared/webassembly.ts';
import { serve } from '../../../../functions/worker/threads/serve.ts';
import { translateLayer } from '../../../../geo/gdal/translate-layer.ts';
import { onGeometry } from '../../../../geo/geos/refused-geometry.ts';

type Inputs = { readonly sources?: readonly Source[]; readonly text?: string };
const algorithm = (run: (inputs: Inputs, context: RunContext) => Promise<object>) => async () => ({ run });

/** What the tests of threads run: reading, telling, failing, and never ending. */
const runs = {
  reads: algorithm(async ({ sources = [] }, context) => {
    const parts = await Promise.all(sources.map((source) => source.read(1, 2)));
    const whole = await sources[0]!.bytes();
    context.warn('A value was rounded.', { input: sources[0]!.pointer });
    context.log('read', { pointers: sources.map(({ pointer }) => pointer) });
    return {
      parts: parts.map((part) => Buffer.from(part).toString()),
      file: new Encoded('application/octet-stream', whole.subarray(1), ['The format has no names.']),
      pooled: new Encoded('text/plain', Buffer.from('from the pool')),
      format: context.format('file'),
      size: await sources[0]!.size(),
      values: sources.map(({ value }) => value),
    };
  }),
  /** Gives back what it got. */
  repeats: algorithm(async (inputs) => inputs),
  refuses: algorithm(async ({ text = '' }, context) => {
    context.warn('A value was rounded.');
    throw new InvalidInput('/inputs/text', `is "${text}"`);
  }),
  breaks: algorithm(async () => {
    throw new TypeError('a fault of the process', { cause: new Error('its cause') });
  }),
  /** The system refuses to write there as it does on a full disk. */
  fills: algorithm(async () => ({ file: writeFileSync('/dev/full', 'text') })),
  hangs: algorithm(async () => {
    for (;;);
  }),
  /** Has GDAL read a file for many seconds, in which nothing else runs; says so before. */
  translates: algorithm(async ({ text = '' }, context) => {
    const given = (content: string) => ({
      files: new Map([['file.gml', new TextEncoder().encode(content)]]),
      candidates: ['file.gml'],
    });
    const point = '<m><p><q><g:Point><g:pos>5 52</g:pos></g:Point></q><n>text</n></p></m>';
    const head = '<c xmlns:g="http://www.opengis.net/gml">';
    const member = point.replaceAll('m>', 'g:featureMember>');
    // GDAL is loaded by then.
    const { driver } = (await translateLayer(given(`${head}${member}</c>`))) ?? {};
    const large = text === '' ? '' : `${head}${member.repeat(Number(text))}</c>`;
    context.warn('GDAL begins.');
    if (large !== '') await translateLayer(given(large));
    return { driver, thread: threadId };
  }),
  /** In native code, which does not end with its thread. */
  sticks: algorithm(async () => {
    const query =
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS c FROM n';
    return { file: new DatabaseSync(':memory:').prepare(query).get() };
  }),
  /** Leaves files, one held by SQLite; answers where they are, or goes on for ever. */
  litters: algorithm(async ({ text }) => {
    const directory = mkdtempSync(join(tmpdir(), 'layer-'));
    writeFileSync(join(directory, 'input.gpkg'), 'x'.repeat(1000));
    if (text === 'hang') for (;;);
    if (text === 'refuse') throw new InvalidInput('/inputs/text', directory);
    return { directory, thread: threadId };
  }),
  /** Refuses what stopped WebAssembly in the middle of its work. */
  traps: algorithm(async ({ text }) => {
    if (text === 'trap')
      await onGeometry('/inputs/features', async () => {
        // (module (func (export "f") unreachable))
        const module = Buffer.from('0061736d010000000104016000000302010007050101660000', 'hex');
        const code = Buffer.from('0a05010300000b', 'hex');
        const { exports } = new Instance(new Module(Buffer.concat([module, code])));
        (exports as unknown as { f: () => void }).f();
      });
    return { thread: threadId };
  }),
  exits: algorithm(async () => process.exit(0)),
} as unknown as Runs;

serve(runs);
