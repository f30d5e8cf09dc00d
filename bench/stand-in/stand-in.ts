import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Terms } from './expressions.ts';
import { Table } from './table.ts';

/** What was asked of AWS: `dynamodb:Query`, `s3:PutObject`, `states:StartExecution`. */
export type Calls = Record<string, number>;

export interface Tally {
  readonly calls: Readonly<Calls>;
  /** What DynamoDB would charge for. */
  readonly units: { readonly read: number; readonly write: number };
}

/** Runs a function that is called by another one, with the JSON of its event. @returns the JSON of its answer */
export type Invoke = (name: string, event: string) => Promise<string>;

/**
 * The parts of AWS that functions call, in memory on the loopback interface: the same clients send the same requests,
 * and what answers costs the process that is measured nothing. It takes what this project sends, and refuses all else. It is for
 * counting calls and time, never for proving how AWS behaves: the emulator is for that.
 */
export class StandIn {
  readonly table = new Table();
  readonly #objects = new Map<string, { readonly body: Buffer; readonly type: string }>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #invoke: Invoke;
  /** Jobs whose execution was started, in order. */
  readonly started: string[] = [];
  #calls: Calls = {};

  constructor(invoke: Invoke = () => Promise.reject(new Error('Nothing to invoke'))) {
    this.#invoke = invoke;
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    // Functions wait for one another longer than a server keeps an idle connection.
    this.#server.keepAliveTimeout = 600_000;
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What was asked since the last call of this. */
  take(): Tally {
    const calls = this.#calls;
    this.#calls = {};
    return { calls, units: this.table.takeUnits() };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    try {
      const target = request.headers['x-amz-target'];
      if (typeof target === 'string') this.#answerJson(target, body, response);
      else if (request.url?.startsWith('/2015-03-31/functions/'))
        await this.#callFunction(request, body, response);
      else this.#answerObject(request, body, response);
    } catch (error) {
      console.error(error);
      response.writeHead(400, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ __type: 'ValidationException', message: String(error) }));
    }
  }

  #count(call: string): void {
    this.#calls[call] = (this.#calls[call] ?? 0) + 1;
  }

  #answerJson(target: string, body: Buffer, response: ServerResponse): void {
    const input = JSON.parse(body.toString()) as Terms & Record<string, unknown>;
    const [service = '', action = ''] = target.split('.');
    const answer = service.startsWith('DynamoDB')
      ? this.#askTable(action, input)
      : this.#askOther(action, input);
    response.writeHead('__type' in answer ? 400 : 200, { 'Content-Type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer));
  }

  #askTable(action: string, input: Terms & Record<string, unknown>): object {
    this.#count(`dynamodb:${action}`);
    const answer = this.table.answer(action, input);
    if (answer) return answer;
    const isTold = input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD';
    return {
      __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: isTold ? this.table.find(input) : undefined,
    };
  }

  #askOther(action: string, input: Record<string, unknown>): object {
    switch (action) {
      case 'StartExecution':
        this.#count('states:StartExecution');
        this.started.push(String(input['name']));
        return { executionArn: `${input['stateMachineArn']}:${input['name']}`, startDate: 1.7e9 };
      case 'GetSecretValue':
        this.#count('secretsmanager:GetSecretValue');
        return { SecretString: 'a secret for measuring', VersionStages: [input['VersionStage']] };
      case 'GetParameter':
        this.#count('ssm:GetParameter');
        return { Parameter: { Name: input['Name'], Value: 'on' } };
      default:
        throw new Error(`The stand-in has no ${action}`);
    }
  }

  async #callFunction(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    this.#count('lambda:Invoke');
    const name = decodeURIComponent(request.url?.split('/')[3] ?? '');
    const answer = await this.#invoke(name, body.toString());
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(answer);
  }

  #answerObject(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const { method = 'GET', url = '/' } = request;
    const key = decodeURIComponent(url.split('?')[0] ?? '');
    const actions: Readonly<Record<string, string>> = {
      GET: 'GetObject',
      HEAD: 'HeadObject',
      PUT: 'PutObject',
    };
    this.#count(`s3:${actions[method] ?? method}`);
    if (method === 'PUT') {
      this.#objects.set(key, { body, type: request.headers['content-type'] ?? '' });
      response.writeHead(200, { ETag: '"0"' });
      response.end();
      return;
    }
    const object = this.#objects.get(key);
    response.writeHead(object ? 200 : 404, {
      'Content-Type': object?.type ?? 'application/xml',
      'Content-Length': object?.body.length ?? 0,
    });
    response.end(method === 'HEAD' ? undefined : object?.body);
  }
}
