import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type {
  GetCommandInput,
  PutCommandInput,
  QueryCommandInput,
  UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type AwsError, isNamed } from './aws-error.ts';
import type { ServiceOptions } from './aws-service.ts';
import { JsonService } from './json-service.ts';

type Marshalled = Record<string, AttributeValue>;
type Values = Readonly<Record<string, unknown>>;

/** DynamoDB, whose items are plain values here. */
export class Documents {
  readonly #service: Pick<JsonService, 'call'>;

  constructor(service: Pick<JsonService, 'call'>) {
    this.#service = service;
  }

  async get({ Key = {}, ...input }: GetCommandInput): Promise<Values | undefined> {
    const { Item } = await this.#call<{ Item?: Marshalled }>('GetItem', { ...input, Key: marshall(Key) });
    return Item && unmarshall(Item);
  }

  async put({ Item = {}, ...input }: PutCommandInput): Promise<void> {
    await this.#call('PutItem', { ...withValues(input), Item: toItem(Item) });
  }

  /** @returns the attributes that were asked for */
  async update({ Key = {}, ...input }: UpdateCommandInput): Promise<Values | undefined> {
    const asked = { ...withValues(input), Key: marshall(Key) };
    const { Attributes } = await this.#call<{ Attributes?: Marshalled }>('UpdateItem', asked);
    return Attributes && unmarshall(Attributes);
  }

  async query({ ExclusiveStartKey: start, ...input }: QueryCommandInput) {
    type Page = { readonly Items?: readonly Marshalled[]; readonly LastEvaluatedKey?: Marshalled };
    const asked = { ...withValues(input), ...(start ? { ExclusiveStartKey: marshall(start) } : {}) };
    const { Items = [], LastEvaluatedKey } = await this.#call<Page>('Query', asked);
    return {
      Items: Items.map((item) => unmarshall(item)),
      LastEvaluatedKey: LastEvaluatedKey && unmarshall(LastEvaluatedKey),
    };
  }

  #call<Output>(action: string, input: object): Promise<Output> {
    return this.#service.call<Output>(action, input);
  }
}

const toItem = (item: Values): Marshalled => marshall(item, { removeUndefinedValues: true });

function withValues<T extends { readonly ExpressionAttributeValues?: Values | undefined }>(input: T): T {
  const { ExpressionAttributeValues: values } = input;
  return values ? { ...input, ExpressionAttributeValues: toItem(values) } : input;
}

/** Whether a write was refused for its condition, and the item as it is where it was asked for. */
export function refusedItem(error: unknown): { readonly item: Values | undefined } | undefined {
  if (!isNamed(error, 'ConditionalCheckFailedException')) return undefined;
  const { item } = error as AwsError;
  return { item: item === undefined ? undefined : unmarshall(item as Marshalled) };
}

/** The tables of the region. */
export const documents = (options: ServiceOptions): Documents =>
  new Documents(new JsonService('dynamodb', options));
