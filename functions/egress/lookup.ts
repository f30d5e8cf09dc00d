import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from '../../core/net/address-guard.ts';

/** A name that resolves to an address to which the service does not go. */
export class AddressRefused extends Error {
  constructor(hostname: string) {
    super(`${hostname} does not resolve to addresses of the public internet only`);
    this.name = 'AddressRefused';
  }
}

/** Finds all addresses of a name; that of the system, or one of a test. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Resolves a name once, for the very connection that is being made: there is no second look-up that could answer
 * otherwise. One address that is not public is enough to refuse the name.
 */
export const guardLookup =
  (resolve: Resolve): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? new AddressRefused(hostname), []);
      if (!addresses.every(({ address }) => isPublicAddress(address))) {
        return callback(new AddressRefused(hostname), []);
      }
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };

export const guardedLookup = guardLookup(lookup);
