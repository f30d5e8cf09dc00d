import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { execute, type Order } from './product.ts';

/**
 * Executes processes on files for whoever writes a request per line; answers with one line each. A result is written to the
 * file that the request names: its bytes, or its JSON.
 */
interface Request extends Order {
  readonly resultFile: string;
}

// Answers alone go to the standard output, whatever libraries print.
console.log = console.error;
console.info = console.error;
const answer = (value: object): boolean => process.stdout.write(`${JSON.stringify(value)}\n`);

// What nobody awaits is a failure of the product, too: it ends this process, and the one who asked sees it.
process.on('unhandledRejection', (reason) => {
  const text = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
  console.error(`a rejection that nobody awaits: ${text.split('\n').slice(0, 4).join(' | ')}`);
  process.exit(70);
});

for await (const line of createInterface({ input: process.stdin })) {
  const { resultFile, ...order } = JSON.parse(line) as Request;
  const result = await execute(order);
  if (result.kind === 'done') {
    const { value, messages } = result;
    writeFileSync(resultFile, value instanceof Uint8Array ? value : JSON.stringify(value));
    answer({ kind: 'done', messages });
  } else {
    answer(result);
  }
}
// Helper threads must not keep it alive.
process.exit(0);
