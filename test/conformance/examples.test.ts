import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryService } from '../support/memory-service.ts';

const { get, execute } = memoryService();
const definition = (await get('/api')).json;
type Example = { readonly summary: string; readonly value: object };
type Path = {
  readonly post?: {
    readonly requestBody: { readonly content: Record<string, { examples?: Record<string, Example> }> };
  };
};

/** What a client finds in the API definition can be sent as it stands. */
describe('the examples of the API definition', () => {
  for (const [path, { post }] of Object.entries(definition.paths as Record<string, Path>)) {
    const examples = Object.values(post?.requestBody.content['application/json']?.examples ?? {});
    const id = path.split('/')[2]!;
    for (const { summary, value } of examples) {
      test(`${id}: ${summary}`, async () => {
        const { status, bytes, text } = await execute(id, value);
        assert.equal(status, 200, text.slice(0, 500));
        assert.ok(bytes.length > 0);
      });
    }
  }
});
