import {
  type DynamoDBClient,
  GetItemCommand,
  type GetItemCommandInput,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** An item, or a part of one, as values of JavaScript. */
type Plain = Readonly<Record<string, unknown>>;

/** Members of a request that have values of items. */
interface Values {
  readonly Item?: object;
  readonly Key?: object;
  readonly ExpressionAttributeValues?: object;
  readonly ExclusiveStartKey?: object;
}
const valueNames = ['Item', 'Key', 'ExpressionAttributeValues', 'ExclusiveStartKey'] as const;

/** A request of the SDK about the table. */
type Asking<Input> = Omit<Input, 'TableName' | keyof Values> & Pick<Values, keyof Values & keyof Input>;

export type Update = Asking<UpdateItemCommandInput>;

/**
 * A table whose items go in and come out as values of JavaScript. It does what the SDK's layer of documents does, without its
 * second stack of middleware, with which a client cannot keep the first one (`cacheMiddleware`).
 */
export class ItemTable {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** Distinguishes what is remembered of tables. */
  get name(): string {
    return this.#table;
  }

  /** The item as the last write left it. */
  async get(Key: object): Promise<Plain | undefined> {
    const input = this.#encode<GetItemCommandInput>({ Key, ConsistentRead: true });
    const { Item } = await this.#client.send(new GetItemCommand(input));
    return Item && unmarshall(Item);
  }

  async put(asking: Asking<PutItemCommandInput>): Promise<void> {
    await this.#client.send(new PutItemCommand(this.#encode<PutItemCommandInput>(asking)));
  }

  /** @returns the attributes that `ReturnValues` asks for */
  async update(asking: Update): Promise<Plain | undefined> {
    const { Attributes } = await this.#client.send(
      new UpdateItemCommand(this.#encode<UpdateItemCommandInput>(asking)),
    );
    return Attributes && unmarshall(Attributes);
  }

  /** A page of an index. @returns what was read, and where the next page begins if there may be one */
  async query(asking: Asking<QueryCommandInput>): Promise<{ items: Plain[]; last: Plain | undefined }> {
    const { Items = [], LastEvaluatedKey } = await this.#client.send(
      new QueryCommand(this.#encode<QueryCommandInput>(asking)),
    );
    return {
      items: Items.map((item) => unmarshall(item)),
      last: LastEvaluatedKey && unmarshall(LastEvaluatedKey),
    };
  }

  #encode<Input>(asking: Asking<Input> & Values): Input {
    const input: Record<string, unknown> = { TableName: this.#table, ...asking };
    for (const name of valueNames)
      if (asking[name]) input[name] = marshall(asking[name] as Plain, { removeUndefinedValues: true });
    return input as Input;
  }
}
