import { Refusal } from '../shared/errors.ts';
import { ExceptionType } from '../shared/uris.ts';
import { type Authorization, allows, type Principal, type Scope, scopeName } from './authorization.ts';
import { challenge, credentialsWanted } from './challenge.ts';
import type { Operation } from './operations.ts';

/** Nobody proved who they are. */
class Unauthenticated extends Refusal {
  constructor(authorization: Authorization) {
    const { mode } = authorization;
    const asked = challenge(authorization);
    super(401, ExceptionType.blank, 'Unauthorized', {
      detail:
        `The request carries no valid credentials. ${mode === 'none' ? '' : credentialsWanted[mode]}`.trim(),
      headers: asked === undefined ? {} : { 'WWW-Authenticate': asked },
    });
  }
}

/** The credentials are good, and not for this. */
class ScopeMissing extends Refusal {
  constructor(scope: Scope, authorization: Authorization) {
    const name = scopeName(scope, authorization);
    const asked = challenge(authorization, { error: 'insufficient_scope', scope });
    super(403, ExceptionType.blank, 'Forbidden', {
      detail: `The credentials do not have the scope "${name}", which this operation needs.`,
      headers: asked === undefined ? {} : { 'WWW-Authenticate': asked },
    });
  }
}

/** Lets a request through that may be made. @throws Unauthenticated, ScopeMissing */
export function authorize(
  { scope }: Pick<Operation, 'scope'>,
  principal: Principal | undefined,
  authorization: Authorization,
): void {
  if (scope === 'public') return;
  if (!principal?.owner) throw new Unauthenticated(authorization);
  if (!allows(principal, scope)) throw new ScopeMissing(scope, authorization);
}
