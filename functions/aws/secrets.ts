import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Secrets } from '../../core/ports.ts';
import type { SigningKeys } from '../../core/shared/signing-keys.ts';
import { logger } from '../observe/logger.ts';

/** Milliseconds that keys are kept: a rotation is known everywhere after so long. */
const KEPT = 5 * 60_000;
/** Milliseconds before they are read again for who names a key that is not known: what is made up costs next to nothing. */
const PAUSE = 30_000;

type ReadVersion = (stage: 'AWSCURRENT' | 'AWSPREVIOUS') => Promise<string | undefined>;

/** The versions of a secret, of which Secrets Manager keeps the one before by itself. */
export class SecretVersions implements Secrets {
  readonly #read: ReadVersion;
  readonly #now: () => number;
  #kept: { readonly since: number; readonly keys: Promise<SigningKeys> } | undefined;

  /** @param now milliseconds */
  constructor(read: ReadVersion, now: () => number = Date.now) {
    this.#read = read;
    this.#now = now;
  }

  signingKeys({ anew = false }: { readonly anew?: boolean } = {}): Promise<SigningKeys> {
    const before = this.#kept;
    if (before && this.#now() < before.since + (anew ? PAUSE : KEPT)) return before.keys;
    const keys = this.#readKeys().catch((error) => {
      if (before === undefined) {
        // What failed is tried again with the next use.
        this.#kept = undefined;
        throw error;
      }
      // Those that are known go on until the next time: a rotation can wait, lists and callbacks cannot.
      logger.warn('SigningKeys:NotRead', { error });
      return before.keys;
    });
    this.#kept = { since: this.#now(), keys };
    return keys;
  }

  async #readKeys(): Promise<SigningKeys> {
    const [current, previous] = await Promise.all([this.#read('AWSCURRENT'), this.#read('AWSPREVIOUS')]);
    if (!current) throw new Error('The secret that signs cursors and callbacks has no current version');
    return previous ? { current, previous } : { current };
  }
}

/** The secret that the environment names. */
export function secrets(arn: string, client = new SecretsManagerClient({ maxAttempts: 4 })): Secrets {
  return new SecretVersions(async (VersionStage) => {
    try {
      const command = new GetSecretValueCommand({ SecretId: arn, VersionStage });
      return (await client.send(command)).SecretString;
    } catch (error) {
      // Before the first rotation there is no version before.
      if (error instanceof ResourceNotFoundException && VersionStage === 'AWSPREVIOUS') return undefined;
      throw error;
    }
  });
}
