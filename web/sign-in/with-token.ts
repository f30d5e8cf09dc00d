/** Asks as the browser does by itself. */
const plainFetch = globalThis.fetch.bind(globalThis);

/**
 * Lets everything that the page asks the service carry the token: its own modules, the map that reads files in ranges, the
 * reference of the API. What others are asked never has it; a browser takes it off where the service leads to the bucket.
 * @param refused hears when the service does not take the token any more
 */
export function carryToken(base: string, token: string, refused: () => void): void {
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (!isOfService(url, base)) return plainFetch(input, init);
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    headers.set('Authorization', `Bearer ${token}`);
    const response = await plainFetch(input, { ...init, headers });
    if (response.status === 401) refused();
    return response;
  };
}

export const isOfService = (url: URL, base: string): boolean =>
  url.href === base || url.href.startsWith(`${base}/`) || url.href.startsWith(`${base}?`);
