import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Ticket } from '../../core/jobs/waiting-line.ts';
import type { Line } from '../../core/ports.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { groupOfOwner } from './group-of-owner.ts';

/** Queues of SQS, one for each compute class. They are fair: messages carry the group of their owner. */
export class FairQueues implements Line {
  readonly #client: SQSClient;
  readonly #urls: Readonly<Record<ComputeClass, string>>;

  constructor(client: SQSClient, urls: Readonly<Record<ComputeClass, string>>) {
    this.#client = client;
    this.#urls = urls;
  }

  async enter(ticket: Ticket, seconds: number): Promise<void> {
    await this.#client.send(
      new SendMessageCommand({
        QueueUrl: this.#urls[ticket.computeClass],
        MessageBody: JSON.stringify(ticket),
        MessageGroupId: groupOfOwner(ticket.owner),
        DelaySeconds: seconds,
      }),
    );
  }
}

/** The queues that the environment names, at the endpoint of the region: the names in the URLs of an emulator may not resolve. */
export const line = (urls: string): Line =>
  new FairQueues(
    new SQSClient({ maxAttempts: 4, useQueueUrlAsEndpoint: false }),
    JSON.parse(urls) as Record<ComputeClass, string>,
  );
