import type { ExecutionSwitch } from '../../../core/ports.ts';
import { readSwitch, SWITCH_ON } from '../../../core/usage/switch-value.ts';

/** A switch that a test turns. */
export class MemorySwitch implements ExecutionSwitch {
  value = SWITCH_ON;

  async stopped(): Promise<string | undefined> {
    return readSwitch(this.value);
  }
}
