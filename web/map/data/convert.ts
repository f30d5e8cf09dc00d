import { parseInPieces } from './stream-geojson.ts';

/**
 * The layer at an address as GeoJSON, by the process of the service that converts layers, as it does for a download.
 * @param process address of its executions
 * @throws Error in the words of the service
 */
export async function convertToGeoJson(process: string, href: string): Promise<unknown> {
  const mediaType = 'application/geo+json';
  const response = await fetch(process, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: mediaType },
    body: JSON.stringify({ inputs: { features: { href } }, outputs: { result: { format: { mediaType } } } }),
  });
  if (!response.ok) throw new Error(await reason(response));
  return response.body ? parseInPieces(response.body) : response.json();
}

/** The first fault of a problem document; it goes on from the name of an input, and ends with a full stop. */
async function reason(response: Response): Promise<string> {
  const status = `${response.status} ${response.statusText}`.trim();
  try {
    const { errors, detail, title } = (await response.json()) as {
      readonly errors?: readonly { readonly detail: string }[];
      readonly detail?: string;
      readonly title?: string;
    };
    return (errors?.[0]?.detail ?? detail ?? title ?? status).replace(/\.$/, '');
  } catch {
    return status;
  }
}
