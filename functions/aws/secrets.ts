import type { Secrets } from '../../core/ports.ts';
import type { SigningKeys } from '../../core/shared/signing-keys.ts';
import { isNamed } from './client/aws-error.ts';
import { JsonService } from './client/json-service.ts';

/** Milliseconds that keys are kept: a rotation is known everywhere after so long. */
const KEPT = 5 * 60_000;

type ReadVersion = (stage: 'AWSCURRENT' | 'AWSPREVIOUS') => Promise<string | undefined>;

/** The versions of a secret, of which Secrets Manager keeps the one before by itself. */
export class SecretVersions implements Secrets {
  readonly #read: ReadVersion;
  readonly #now: () => number;
  #kept: { readonly until: number; readonly keys: Promise<SigningKeys> } | undefined;

  /** @param now milliseconds */
  constructor(read: ReadVersion, now: () => number = Date.now) {
    this.#read = read;
    this.#now = now;
  }

  signingKeys(): Promise<SigningKeys> {
    if (this.#kept && this.#now() < this.#kept.until) return this.#kept.keys;
    const keys = this.#readKeys();
    this.#kept = { until: this.#now() + KEPT, keys };
    // What failed is tried again with the next use.
    keys.catch(() => {
      this.#kept = undefined;
    });
    return keys;
  }

  async #readKeys(): Promise<SigningKeys> {
    const [current, previous] = await Promise.all([this.#read('AWSCURRENT'), this.#read('AWSPREVIOUS')]);
    if (!current) throw new Error('The secret that signs cursors and callbacks has no current version');
    return previous ? { current, previous } : { current };
  }
}

/** The secret that the environment names. */
export function secrets(
  arn: string,
  service: Pick<JsonService, 'call'> = new JsonService('secretsmanager', { attempts: 4 }),
): Secrets {
  return new SecretVersions(async (VersionStage) => {
    try {
      const asked = { SecretId: arn, VersionStage };
      return (await service.call<{ SecretString?: string }>('GetSecretValue', asked)).SecretString;
    } catch (error) {
      // Before the first rotation there is no version before.
      if (isNamed(error, 'ResourceNotFoundException') && VersionStage === 'AWSPREVIOUS') return undefined;
      throw error;
    }
  });
}
