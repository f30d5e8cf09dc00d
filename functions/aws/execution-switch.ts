import type { ExecutionSwitch } from '../../core/ports.ts';
import { readSwitch } from '../../core/usage/switch-value.ts';
import { logger } from '../observe/logger.ts';
import { JsonService } from './client/json-service.ts';

/** Milliseconds that what was read is taken for what is. Parameters are read some forty times a second in an account. */
const KEPT_MILLISECONDS = 5000;

/**
 * The switch as a parameter of Systems Manager. Where it cannot be read, what was read last goes on to hold, and without
 * that executions go on: what should stop a service must not be what breaks it.
 */
export class SwitchParameter implements ExecutionSwitch {
  readonly #service: Pick<JsonService, 'call'>;
  readonly #name: string;
  #value: string | undefined;
  #readAt = -Infinity;

  constructor(service: Pick<JsonService, 'call'>, name: string) {
    this.#service = service;
    this.#name = name;
  }

  async stopped(): Promise<string | undefined> {
    if (performance.now() - this.#readAt > KEPT_MILLISECONDS) await this.#read();
    return readSwitch(this.#value);
  }

  async #read(): Promise<void> {
    try {
      type Answer = { readonly Parameter?: { readonly Value?: string } };
      const { Parameter } = await this.#service.call<Answer>('GetParameter', { Name: this.#name });
      this.#value = Parameter?.Value;
    } catch (error) {
      logger.error('Switch:NotRead', { name: this.#name, error });
    }
    this.#readAt = performance.now();
  }
}

/** The parameter that the environment names. */
export const executionSwitch = (name: string): ExecutionSwitch =>
  new SwitchParameter(new JsonService('ssm', { attempts: 2, idleMilliseconds: 2000 }), name);
