import { decodeError, encodeError } from './errors.ts';

/** One end of the way between two threads: a port, or the thread itself on the side that has started it. */
export interface ChannelPort {
  postMessage(message: unknown, buffers: readonly ArrayBuffer[]): void;
  // biome-ignore lint/suspicious/noExplicitAny: as Node.js declares it
  on(event: 'message', listener: (message: any) => void): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: as Node.js declares it
  off(event: 'message', listener: (message: any) => void): unknown;
}

/**
 * What one side offers the other: methods of one argument. Arguments and answers are copied as `postMessage` does; an
 * answer may come later.
 */
// biome-ignore lint/suspicious/noExplicitAny: each side has arguments and answers of its own
type Methods<Side> = { readonly [Name in keyof Side]: (data: any) => unknown };
type Data<Method> = Method extends (data: infer Argument) => unknown ? Argument : never;
type Answer<Method> = Method extends (data: never) => infer Result ? Awaited<Result> : never;

/** An answer whose buffers are handed over instead of copied; this side cannot use them any more. */
export class HandedOver<Value> {
  readonly value: Value;
  readonly buffers: readonly ArrayBuffer[];

  constructor(value: Value, buffers: readonly ArrayBuffer[]) {
    this.value = value;
    this.buffers = buffers;
  }
}

/** How one side offers its methods: an answer may be handed over. */
export type Handlers<Side> = {
  readonly [Name in keyof Side]: (
    data: Data<Side[Name]>,
  ) =>
    | Answer<Side[Name]>
    | HandedOver<Answer<Side[Name]>>
    | Promise<Answer<Side[Name]> | HandedOver<Answer<Side[Name]>>>;
};

/** What crosses: a call with the id under which it is answered, an event without one, or an answer. */
type Message =
  | { readonly name: string; readonly data: unknown; readonly id?: number }
  | { readonly answer: number; readonly value?: unknown; readonly error?: ReturnType<typeof encodeError> };

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The protocol of all threads: either side calls methods of the other and waits for answers, or tells it something and
 * does not wait. Messages of one side come in the order in which they were sent, so that what is told before an answer
 * comes before it. Errors cross as {@link encodeError} writes them.
 */
export class Channel<Own extends Methods<Own>, Other extends Methods<Other>> {
  readonly #port: ChannelPort;
  readonly #handlers: Handlers<Own>;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  #closed: { readonly reason: unknown } | undefined;

  /** @param handlers what this side offers. What a handler of an event throws has no way back, so they must not throw. */
  constructor(port: ChannelPort, handlers: Handlers<Own>) {
    this.#port = port;
    this.#handlers = handlers;
    port.on('message', this.#receive);
  }

  /** Calls a method of the other side. @throws what it throws, or the reason for which the channel was closed */
  call<Name extends keyof Other & string>(
    name: Name,
    data: Data<Other[Name]>,
    buffers: readonly ArrayBuffer[] = [],
  ): Promise<Answer<Other[Name]>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw this.#closed.reason;
      const id = ++this.#calls;
      this.#post({ name, data, id }, buffers);
      this.#waiting.set(id, { resolve, reject });
    });
  }

  /** Notifies the other side, which does not answer. */
  notify<Name extends keyof Other & string>(
    name: Name,
    data: Data<Other[Name]>,
    buffers: readonly ArrayBuffer[] = [],
  ): void {
    this.#post({ name, data }, buffers);
  }

  /** Ends this side: it hears nothing any more, and calls that are not answered yet end with the reason. */
  close(reason: unknown): void {
    if (this.#closed) return;
    this.#closed = { reason };
    this.#port.off('message', this.#receive);
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #post(message: Message, buffers: readonly ArrayBuffer[] = []): void {
    this.#port.postMessage(message, buffers);
  }

  readonly #receive = (message: Message): void => {
    if ('answer' in message) {
      const waiting = this.#waiting.get(message.answer);
      this.#waiting.delete(message.answer);
      if (message.error) waiting?.reject(decodeError(message.error));
      else waiting?.resolve(message.value as never);
    } else if (message.id === undefined) void this.#handle(message.name, message.data);
    else void this.#answer(message.id, message.name, message.data);
  };

  async #answer(id: number, name: string, data: unknown): Promise<void> {
    try {
      const result = await this.#handle(name, data);
      if (result instanceof HandedOver) this.#post({ answer: id, value: result.value }, result.buffers);
      else this.#post({ answer: id, value: result });
    } catch (error) {
      this.#post({ answer: id, error: encodeError(error) });
    }
  }

  #handle(name: string, data: unknown): unknown {
    return this.#handlers[name as keyof Own](data as Data<Own[keyof Own]>);
  }
}
