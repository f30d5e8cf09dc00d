import { memorySource } from '../../../core/execution/sources.ts';
import type { Egress, OpenOptions, StoredObject } from '../../../core/ports.ts';
import type { Source } from '../../../core/run/context.ts';
import { InvalidInput, LimitExceeded } from '../../../core/shared/errors.ts';
import { GuardedEgress } from '../../../functions/egress/egress.ts';

export interface SentRequest {
  readonly href: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A network that consists of the documents it is given; everything else does not answer. */
export class MemoryEgress implements Egress {
  readonly documents = new Map<string, StoredObject>();
  /** What was POSTed, in order. */
  readonly posted: SentRequest[] = [];
  /** Status that a POST to the URL answers; 204 where it is not listed. */
  readonly answers = new Map<string, number>();

  /** Serves a document at a URL. */
  serve(href: string, body: Uint8Array | string, mediaType: string): void {
    this.documents.set(href, { body: typeof body === 'string' ? Buffer.from(body) : body, mediaType });
  }

  async open(
    href: string,
    { pointer, mediaType, layer, maximumBytes = Infinity, signal }: OpenOptions,
  ): Promise<Source> {
    signal?.throwIfAborted();
    const document = this.documents.get(href);
    if (!document) throw new InvalidInput(pointer, `"${href}" does not answer.`);
    const { body } = document;
    if (body.length > maximumBytes) {
      throw new LimitExceeded(
        pointer,
        `"${href}" has ${body.length} bytes; at most ${maximumBytes} are read.`,
      );
    }
    return {
      ...memorySource(pointer, () => body),
      href,
      mediaType: mediaType ?? document.mediaType,
      ...(layer === undefined ? {} : { layer }),
    };
  }

  async check(href: string, pointer: string): Promise<void> {
    await new GuardedEgress([]).check(href, pointer);
  }

  /** URLs that never answer. */
  readonly silent = new Set<string>();

  async post(
    href: string,
    body: string,
    headers: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<number> {
    this.posted.push({ href, body, headers });
    if (this.silent.has(href)) {
      await new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    }
    return this.answers.get(href) ?? 204;
  }
}
