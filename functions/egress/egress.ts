import { explainUrlRefusal, parseAllowHosts } from '../../core/net/url-guard.ts';
import type { Egress, OpenOptions } from '../../core/ports.ts';
import type { Source } from '../../core/run/context.ts';
import { Env, optional } from '../../core/shared/env.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { explained } from './explain.ts';
import { send, UrlRefused } from './follow-redirects.ts';
import { AddressRefused } from './lookup.ts';
import { RemoteSource } from './remote-source.ts';

/** Seconds that a subscriber has to answer. */
const POST_SECONDS = 10;

/** The way out over HTTP. Every connection is guarded: no URL of a client leads into a network of the service. */
export class GuardedEgress implements Egress {
  readonly #allowHosts: readonly string[];

  /** @param allowHosts `host:port` pairs that are let through whatever their address is. */
  constructor(allowHosts: readonly string[]) {
    this.#allowHosts = allowHosts;
  }

  open(href: string, options: OpenOptions): Promise<Source> {
    return RemoteSource.open(href, options, this.#allowHosts);
  }

  async check(href: string, pointer: string): Promise<void> {
    const refusal = explainUrlRefusal(href, this.#allowHosts);
    if (refusal) throw explained(new UrlRefused(href, refusal), href, pointer, undefined);
  }

  async post(
    href: string,
    body: string,
    headers: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<number> {
    const timeout = AbortSignal.timeout(POST_SECONDS * 1000);
    try {
      const response = await send(href, {
        method: 'POST',
        headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) },
        body,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        allowHosts: this.#allowHosts,
      });
      response.destroy();
      return response.statusCode ?? 0;
    } catch (error) {
      if (error instanceof UrlRefused) throw new InvalidInput('/subscriber', `"${href}" ${error.message}`);
      if (error instanceof AddressRefused) {
        throw new InvalidInput('/subscriber', `"${href}" has a host that is not on the public internet.`);
      }
      throw error;
    }
  }
}

/** The way out with the exceptions that the environment names. */
export const egressFromEnvironment = (): Egress =>
  new GuardedEgress(parseAllowHosts(optional(Env.EgressAllowHosts) ?? ''));
