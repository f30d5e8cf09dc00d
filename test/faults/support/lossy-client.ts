import { type SendOnce, sendOnce } from '../../../functions/aws/client/send-once.ts';

/** What the clients of AWS have in common that is needed to lose something of what they hear. */
interface Client {
  readonly middlewareStack: unknown;
}

type Next = (args: {
  readonly request: { readonly headers: Readonly<Record<string, string>> };
}) => Promise<unknown>;

interface Stack {
  addRelativeTo(
    middleware: (next: Next) => Next,
    options: { readonly relation: 'after'; readonly toMiddleware: string; readonly name: string },
  ): void;
}

/** Answers that a client loses at most: it gives up repeating some fifty requests in. */
const MOST = 20;

/** Of a connection that was broken off, which the client tries again. */
const broken = () => Object.assign(new Error('The connection was reset'), { code: 'ECONNRESET' });

/**
 * A client that does not hear the answer to the first attempt of its first requests: AWS has done them, and is asked again.
 * @param note is told of each answer that is lost
 */
export function loseFirstAnswers<T extends Client>(client: T, note: () => void): T {
  let lost = 0;
  (client.middlewareStack as Stack).addRelativeTo(
    (next) => async (args) => {
      const answer = await next(args);
      if (lost >= MOST || !/attempt=1\b/.test(args.request.headers['amz-sdk-request'] ?? '')) return answer;
      lost++;
      note();
      throw broken();
    },
    { relation: 'after', toMiddleware: 'retryMiddleware', name: 'loseFirstAnswers' },
  );
  return client;
}

/** The same of requests without the SDK. */
export function losingFirstAnswers(note: () => void): SendOnce {
  let lost = 0;
  return async (request) => {
    const answer = await sendOnce(request);
    if (lost >= MOST || !/attempt=1\b/.test(String(request.headers['amz-sdk-request']))) return answer;
    lost++;
    note();
    throw broken();
  };
}
