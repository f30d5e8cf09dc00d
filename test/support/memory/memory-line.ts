import type { Ticket } from '../../../core/jobs/waiting-line.ts';
import type { Line } from '../../../core/ports.ts';

/** Queues that remember what was brought to them. */
export class MemoryLine implements Line {
  readonly tickets: { readonly ticket: Ticket; readonly seconds: number }[] = [];

  async enter(ticket: Ticket, seconds: number): Promise<void> {
    this.tickets.push({ ticket: { ...ticket }, seconds });
  }
}
