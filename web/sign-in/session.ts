import { readClaims, type Tokens } from './provider.ts';

const KEY = 'sign-in';

/** Who is signed in, in this tab. */
export interface Session {
  readonly token: string;
  readonly idToken?: string;
  /** Milliseconds. */
  readonly expires: number;
  readonly name: string;
}

/** Seconds that a token is thought to be good for when nobody says. */
const USUAL_SECONDS = 300;

/**
 * Each page is a document of its own, so that what is kept in memory alone would be gone with the next click. The storage of
 * the session is this tab's, is never sent anywhere by itself, and is empty when the tab is closed.
 */
export function keepSession({
  access_token: token,
  id_token: idToken,
  expires_in = USUAL_SECONDS,
}: Tokens): void {
  const { name, preferred_username: user, email } = idToken === undefined ? {} : readClaims(idToken);
  const session: Session = {
    token,
    ...(idToken === undefined ? {} : { idToken }),
    expires: Date.now() + expires_in * 1000,
    name: [name, user, email].find((one): one is string => typeof one === 'string' && one !== '') ?? '',
  };
  sessionStorage.setItem(KEY, JSON.stringify(session));
}

/** Who is signed in, as long as the token is good. */
export function readSession(): Session | undefined {
  const text = sessionStorage.getItem(KEY);
  const session = text === null ? undefined : (JSON.parse(text) as Session);
  if (session && session.expires > Date.now()) return session;
  return undefined;
}

/** The token is good no more; drafts of forms stay for who signs in again. */
export const endSession = (): void => sessionStorage.removeItem(KEY);

/** Forgets everything of the person, drafts of forms too. */
export const forgetAll = (): void => sessionStorage.clear();
