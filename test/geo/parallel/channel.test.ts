import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MessageChannel } from 'node:worker_threads';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { Channel, HandedOver, type Handlers } from '../../../geo/parallel/channel.ts';

interface Asker {
  heard(text: string): void;
  twice(value: number): number;
}
interface Answerer {
  add(values: readonly number[]): number;
  fill(length: number): Uint8Array;
  fails(pointer: string): never;
  silent(nothing: undefined): number;
}

/** Both ends of a way, the one that answers and the one that asks, and what the asker has heard. */
function ends(changes: Partial<Handlers<Answerer>> = {}) {
  const { port1, port2 } = new MessageChannel();
  const heard: string[] = [];
  const answerer: Channel<Answerer, Asker> = new Channel<Answerer, Asker>(port1, {
    add: (values) => {
      answerer.notify('heard', `add ${values}`);
      return values.reduce((sum, value) => sum + value, 0);
    },
    fill: async (length) => {
      const bytes = new Uint8Array(length).fill(7);
      return new HandedOver(bytes, [bytes.buffer]);
    },
    fails: (pointer) => {
      throw new InvalidInput(pointer, 'is wrong.');
    },
    silent: () => new Promise(() => {}),
    ...changes,
  });
  const asker = new Channel<Asker, Answerer>(port2, {
    heard: (text) => void heard.push(text),
    twice: (value) => value * 2,
  });
  return { asker, answerer, heard, close: () => port1.close() };
}

describe('a channel between threads', () => {
  test('answers each call with its own answer, whatever the order, and tells what was told before first', async () => {
    const { asker, answerer, heard, close } = ends({
      add: async (values) => {
        await new Promise((resolve) => setTimeout(resolve, values[0]! * 5));
        answerer.notify('heard', `${values}`);
        return values[0]!;
      },
    });
    const order: number[] = [];
    await Promise.all([3, 1, 2].map(async (value) => order.push(await asker.call('add', [value]))));
    assert.deepEqual(order, [1, 2, 3]);
    assert.deepEqual(heard, ['1', '2', '3']);
    assert.equal(await answerer.call('twice', 4), 8);
    close();
  });

  test('hands over what need not be copied', async () => {
    const sent: Uint8Array[] = [];
    const { asker, close } = ends({
      fill: (length) => {
        const bytes = new Uint8Array(length).fill(7);
        sent.push(bytes);
        return new HandedOver(bytes, [bytes.buffer]);
      },
    });
    assert.deepEqual(await asker.call('fill', 3), new Uint8Array([7, 7, 7]));
    assert.equal(sent[0]!.length, 0);
    close();
  });

  test('throws what the other side has thrown, also where the answer cannot be sent', async () => {
    const { asker, close } = ends({ add: () => (() => 1) as unknown as number });
    await assert.rejects(asker.call('fails', '/inputs/a'), (error) => {
      assert.ok(error instanceof InvalidInput);
      assert.equal(error.detail, '/inputs/a: is wrong.');
      return true;
    });
    await assert.rejects(asker.call('add', []), { name: 'DataCloneError' });
    await assert.rejects(asker.call('silent', (() => {}) as never), { name: 'DataCloneError' });
    close();
  });

  test('that is closed ends the calls that wait, and those that come', async () => {
    const { asker, answerer, heard, close } = ends();
    const reason = new Error('over');
    const waiting = asker.call('silent', undefined);
    asker.close(reason);
    asker.close(new Error('again'));
    await assert.rejects(waiting, reason);
    await assert.rejects(asker.call('add', [1]), reason);
    answerer.notify('heard', 'late');
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(heard, []);
    close();
  });
});
