import type { ApiRequest } from '../../core/api/http.ts';
import type { Ports } from '../../core/ports.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { logger } from '../observe/logger.ts';
import { claimUsage } from './claim-usage.ts';

/** An execution that a request asks for: its id, and what the quotas say once it begins. */
export class ExecutionClaim {
  /** That of a synchronous execution; a job may have another. */
  readonly id: string;
  readonly #owner: string;
  readonly #process: ProcessDeclaration;
  readonly #ports: Ports;
  #counted: string;
  #fields: Readonly<Record<string, string>> = {};

  constructor({ owner }: ApiRequest, process: ProcessDeclaration, ports: Ports) {
    this.id = ports.clock.newID();
    this.#counted = this.id;
    this.#owner = owner;
    this.#process = process;
    this.#ports = ports;
  }

  /** Fields of the answer that say what the client has left; none before {@link begin}. */
  get fields(): Readonly<Record<string, string>> {
    return this.#fields;
  }

  /**
   * Counts the execution, right before it begins. @throws QuotaExceeded, UsageUnknown
   * @returns whether it waits for its turn
   */
  async begin(kind: 'job' | 'sync', id = this.id): Promise<boolean> {
    const { computeClass } = this.#process;
    this.#counted = id;
    const claim = { id, owner: this.#owner, kind, computeClass };
    const { fields, waits } = await claimUsage(claim, this.#ports);
    this.#fields = fields;
    return waits;
  }

  /** Takes back what was counted, where nothing has begun; what cannot be taken back counts. */
  async giveUp(): Promise<void> {
    if (Object.keys(this.#fields).length === 0) return;
    try {
      await this.#ports.usage.settle(this.#counted, { gbSeconds: 0, bytes: 0 });
    } catch (error) {
      logger.warn('Usage:NotSettled', { jobID: this.#counted, error });
    }
  }
}
