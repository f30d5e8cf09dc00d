/** The emulator finds out by it which service is asked for; it does not verify it. */
export const emulatorSignature = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=none`;

/** Asks IAM or STS of an emulator, neither of which the service uses itself. @returns the text of an element of the answer */
export async function ask(
  endpoint: string,
  service: 'iam' | 'sts',
  parameters: Readonly<Record<string, string>>,
  element: string,
): Promise<string> {
  const version = service === 'iam' ? '2010-05-08' : '2011-06-15';
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Authorization: emulatorSignature(service),
    },
    body: new URLSearchParams({ ...parameters, Version: version }),
  });
  const text = await response.text();
  const found = new RegExp(`<${element}>([^<]+)</${element}>`).exec(text)?.[1];
  if (!found) throw new Error(`${service} ${parameters['Action']}: ${response.status} ${text}`);
  return found;
}
