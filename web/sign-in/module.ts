import { scriptStrings } from '../../strings/scripts.ts';
import { askedFor, element } from '../shared/dom.ts';
import { followLinks } from './follow-links.ts';
import { goToProvider, isReturn, leaveProvider, type Settings, takeReturn } from './provider.ts';
import { endSession, forgetAll, keepSession, readSession, type Session } from './session.ts';
import { showPage } from './show-page.ts';
import { carryToken } from './with-token.ts';

/** Signing in and out, on pages of a service that people sign in to; elsewhere no page has this module. */
for (const place of askedFor('sign-in')) {
  const { base = '', issuer = '', client = '', scopes = '', audience } = place.dataset;
  const settings: Settings = { base, issuer, client, scopes, audience };
  const session = readSession();
  if (isReturn()) void comeBack(place, settings);
  else if (session) greet(place, settings, session);
  else offer(place, settings);
}

async function comeBack(place: HTMLElement, settings: Settings): Promise<void> {
  place.replaceChildren(scriptStrings.signingIn);
  try {
    const { tokens, after } = await takeReturn(settings);
    keepSession(tokens);
    location.replace(after);
  } catch (error) {
    // The code is of no use any more, and nobody should copy it.
    history.replaceState(null, '', location.pathname);
    offer(place, settings);
    complain((error as Error).message);
  }
}

function greet(place: HTMLElement, settings: Settings, session: Session): void {
  // What the service does not take any more is forgotten, and the page says how to sign in again.
  carryToken(settings.base, session.token, () => {
    endSession();
    location.reload();
  });
  followLinks(settings.base);
  const out = element('button', { type: 'button', class: 'small' }, scriptStrings.signOut);
  out.addEventListener('click', () => {
    forgetAll();
    void leaveProvider(settings, session.idToken);
  });
  place.replaceChildren(element('span', { class: 'soft' }, session.name), out);
  if (document.querySelector('[data-sign-in]')) void showWithToken();
}

/** The page that was asked for, as the person may see it. */
async function showWithToken(): Promise<void> {
  const wall = document.querySelector<HTMLElement>('[data-sign-in]');
  wall?.replaceChildren(element('p', { class: 'soft' }, scriptStrings.loading));
  const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (response.status !== 401) showPage(await response.text());
}

function offer(place: HTMLElement, settings: Settings): void {
  place.replaceChildren(makeButton(settings, 'small'));
  const wall = document.querySelector('[data-sign-in]');
  wall?.append(makeButton(settings, 'primary'));
}

function makeButton(settings: Settings, look: string): HTMLElement {
  const button = element('button', { type: 'button', class: look }, scriptStrings.signIn);
  button.addEventListener('click', () => {
    button.disabled = true;
    goToProvider(settings).catch((error: unknown) => {
      button.disabled = false;
      complain((error as Error).message);
    });
  });
  return button;
}

function complain(reason: string): void {
  const said = element('p', { class: 'notice bad', role: 'alert' }, scriptStrings.signInFailed(reason));
  document.querySelector('main')?.prepend(said);
}
