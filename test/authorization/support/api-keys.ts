import { emulatorSignature } from './identities.ts';

interface ApiKey {
  readonly id: string;
  readonly value: string;
  readonly description?: string;
}

/** The API keys of an emulator, as its operator sees them. */
export class ApiKeys {
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** The key that the deployment made for a name. */
  async named(name: string): Promise<ApiKey> {
    const { item = [] } = await this.#ask<{ item?: ApiKey[] }>('GET', '/apikeys?includeValues=true');
    const found = item.find(({ description }) => description === `Key of ${name}`);
    if (!found) throw new Error(`There is no key of ${name}`);
    return found;
  }

  /** Makes a key that is in no usage plan. */
  make(name: string): Promise<ApiKey> {
    return this.#ask('POST', '/apikeys', { name, enabled: true });
  }

  /** Puts a key into the usage plan of the deployment, as operators may themselves. */
  async addToPlan({ id }: ApiKey): Promise<void> {
    const { item: [plan] = [] } = await this.#ask<{ item?: { id: string }[] }>('GET', '/usageplans');
    await this.#ask('POST', `/usageplans/${plan?.id}/keys`, { keyId: id, keyType: 'API_KEY' });
  }

  async remove({ id }: ApiKey): Promise<void> {
    await this.#ask('DELETE', `/apikeys/${id}`);
  }

  async #ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.#endpoint}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', Authorization: emulatorSignature('apigateway') },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text || '{}') as Answer;
  }
}
