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

// What nobody awaits is a failure of the product, too: it ends this process, and the one who asked sees it.
process.on('unhandledRejection', (reason) => {
  console.error('UNHANDLED REJECTION', reason);
  process.exit(70);
});

for await (const line of createInterface({ input: process.stdin })) {
  const { resultFile, ...order } = JSON.parse(line) as Request;
  const result = await execute(order);
  if (result.kind === 'done') {
    const { value, messages } = result;
    writeFileSync(resultFile, value instanceof Uint8Array ? value : JSON.stringify(value));
    console.log(JSON.stringify({ kind: 'done', messages }));
  } else {
    console.log(JSON.stringify(result));
  }
}
// Helper threads must not keep it alive.
process.exit(0);
