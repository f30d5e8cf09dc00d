import { scriptStrings } from '../../strings/scripts.ts';

/** Sends a file where the service says, and gives the address under which an input names it. @throws Error that says what to do */
export async function upload(
  baseUrl: string,
  file: File,
  mediaType: string,
  onProgress: (percent: number) => void,
): Promise<string> {
  const asked = await fetch(`${baseUrl}/uploads`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ mediaType, size: file.size }),
  });
  const answer = (await asked.json()) as {
    href: string;
    upload: { href: string; headers: Record<string, string> };
    errors?: readonly { detail: string }[];
    detail?: string;
  };
  if (!asked.ok) throw new Error(answer.errors?.[0]?.detail ?? answer.detail ?? scriptStrings.uploadFailed);
  await send(answer.upload, file, onProgress);
  return answer.href;
}

/** fetch() says nothing of progress; this older way does. */
const send = (
  { href, headers }: { readonly href: string; readonly headers: Readonly<Record<string, string>> },
  file: File,
  onProgress: (percent: number) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', href);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(Math.round((100 * loaded) / Math.max(total, 1))),
    );
    request.addEventListener('load', () =>
      request.status < 300 ? resolve() : reject(new Error(scriptStrings.uploadFailed)),
    );
    request.addEventListener('error', () => reject(new Error(scriptStrings.uploadFailed)));
    request.send(file);
  });
