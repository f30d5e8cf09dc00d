import type { SignIn } from '../../core/api/sign-in.ts';
import { pageStrings } from '../../strings/page.ts';
import { html, type Markup } from './parts/markup.ts';

/** Whether people sign in on the pages; otherwise nothing of a page speaks of it. */
export const canSignIn = ({ clientId }: SignIn): boolean => clientId !== undefined;

/** Where scripts put the button to sign in or out, with what they need to know for that. Its script comes before all others. */
export const signInMarkup = (
  { issuer, clientId, scopes = [], audience }: SignIn,
  baseUrl: string,
): Markup | string =>
  clientId === undefined
    ? ''
    : html`<div class="sign-in" data-module="sign-in" data-base="${baseUrl}" data-issuer="${issuer}" data-client="${clientId}" data-scopes="${scopes.join(' ')}"${audience === undefined ? '' : html` data-audience="${audience}"`}></div>`;

/** What a page says to whom it may only be shown when they have signed in. Scripts add the button, or show the page itself. */
export const signInWall = (): Markup =>
  html`<div class="notice" data-sign-in><p>${pageStrings.signInToSee}</p><noscript><p>${pageStrings.signInNeedsScripts}</p></noscript></div>`;

/** What a page says of who asks, in a sentence. */
export function describeSignIn({ mode, signedIn, issuer = '' }: SignIn): string {
  if (signedIn) return pageStrings.signedIn;
  switch (mode) {
    case 'none':
      return pageStrings.openToAll;
    case 'iam':
      return pageStrings.signedRequests;
    case 'apiKey':
      return pageStrings.keyRequests;
    case 'jwt':
    case 'cognito':
      return pageStrings.tokenRequests(issuer);
  }
}
