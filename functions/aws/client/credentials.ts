/** Keys with which requests are signed. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

type Provide = () => Credentials | Promise<Credentials>;

/** Lambda gives each process its keys, which are good for as long as it lives. */
const fromEnvironment: Provide = () => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
  if (!accessKeyId || !secretAccessKey)
    throw new Error('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set');
  const { AWS_SESSION_TOKEN: sessionToken } = process.env;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
};

let provide = fromEnvironment;

/** The keys that are good now. */
export const currentCredentials: Provide = () => provide();

/** For what is no function of Lambda: where keys come from, and new ones before they expire. */
export function provideCredentials(from: Provide): void {
  provide = from;
}
