import { type Fault, Refusal, truncateFaults } from '../shared/errors.ts';
import { ExceptionType } from '../shared/uris.ts';
import { type Authorization, allows, type Principal, type Scope, scopeName } from './authorization.ts';
import { challenge, credentialsWanted } from './challenge.ts';
import type { Operation } from './operations.ts';

/** Nobody proved who they are. */
class Unauthenticated extends Refusal {
  static override readonly name: string = 'Unauthenticated';
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
  static override readonly name: string = 'ScopeMissing';
  /** @param inputs pointers of those that need the scope, where the operation itself does not */
  constructor(scope: Scope, authorization: Authorization, inputs: readonly string[] = []) {
    const name = scopeName(scope, authorization);
    const needing = inputs.length === 0 ? 'this operation' : 'an input that is a result or a collection';
    const asked = challenge(authorization, { error: 'insufficient_scope', scope });
    super(403, ExceptionType.blank, 'Forbidden', {
      detail: `The credentials do not have the scope "${name}", which ${needing} needs.`,
      faults: truncateFaults(inputs.map((pointer): Fault => ({ pointer, detail: describeStored(name) }))),
      headers: asked === undefined ? {} : { 'WWW-Authenticate': asked },
    });
  }
}

const describeStored = (name: string): string =>
  `is a result or a collection of this service, which the credentials may not read without the scope "${name}". Request it too, or upload the data by POST /uploads.`;

/** Whether who asks may see what is stored of theirs. */
export const mayRead = (principal: Principal | undefined): boolean =>
  principal !== undefined && allows(principal, 'read');

/** Lets inputs through that may be read. @param stored pointers of those that are results or collections. @throws ScopeMissing */
export function authorizeInputs(
  stored: readonly string[],
  principal: Principal | undefined,
  authorization: Authorization,
): void {
  if (stored.length > 0 && !mayRead(principal)) throw new ScopeMissing('read', authorization, stored);
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
