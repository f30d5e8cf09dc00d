/** A page of the service, to take parts of; what it says is escaped by the service as always, and nothing in it runs. */
export async function fetchPage(url: string): Promise<Document | undefined> {
  const response = await fetch(url, { headers: { Accept: 'text/html' } });
  if (!response.ok) return undefined;
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}
