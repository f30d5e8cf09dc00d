import { isDeepStrictEqual } from 'node:util';

/** Where a store on AWS and its twin in memory did not do the same. */
export interface Difference {
  readonly call: string;
  readonly real: unknown;
  readonly twin: unknown;
}

/**
 * Makes every call to a store and to its twin in memory, and answers what the store answers. What the two do not agree on is
 * noted and no error: whoever called would only try again.
 */
export function mirror<T extends object>(
  label: string,
  { real, twin }: { readonly real: T; readonly twin: T },
  differences: Difference[],
): T {
  return new Proxy(real, {
    get: (target, method) => {
      const member: unknown = Reflect.get(target, method);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        const answer = await settle(() => member.apply(target, args));
        const other = await settle(() => (Reflect.get(twin, method) as typeof member).apply(twin, args));
        if (!isDeepStrictEqual(comparable(answer), comparable(other)))
          differences.push({ call: `${label}.${String(method)}(${args})`, real: answer, twin: other });
        if ('error' in answer) throw answer.error;
        return answer.value;
      };
    },
  });
}

type Settled = { readonly value: unknown } | { readonly error: unknown };

async function settle(call: () => unknown): Promise<Settled> {
  try {
    return { value: await call() };
  } catch (error) {
    return { error };
  }
}

/** Without what does not matter: how errors are worded, members that are undefined, and whose buffer bytes are in. */
function comparable(settled: Settled): unknown {
  if ('error' in settled) return 'error';
  return JSON.parse(
    JSON.stringify(settled.value ?? null, (_, part) =>
      part instanceof Uint8Array ? Buffer.from(part).toString('base64') : part,
    ),
  );
}
