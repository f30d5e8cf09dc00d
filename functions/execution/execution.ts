import type { ApiRequest } from '../../core/api/http.ts';
import type { Preferences } from '../../core/execution/preferences.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import type { ExecutionClaim } from '../usage/execution-claim.ts';

/** An execution that was understood and may begin, whichever way its client asked for it. */
export interface Execution {
  readonly request: ApiRequest;
  readonly process: ProcessDeclaration;
  /** What is executed: the request with what was negotiated. */
  readonly parsed: ExecuteRequest;
  readonly preferences: Preferences;
  /** That the quotas are asked for, before anything is begun. */
  readonly claim: ExecutionClaim;
}
