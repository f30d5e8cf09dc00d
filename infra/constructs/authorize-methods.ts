import {
  ApiKey,
  AuthorizationType,
  type IAuthorizer,
  IdentitySource,
  type MethodOptions,
  Period,
  RequestAuthorizer,
  type RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import { Annotations, CfnOutput, Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Authorization } from '../../core/api/authorization.ts';
import { keyOwner, stableArn } from '../../core/api/identity.ts';
import type { Operation } from '../../core/api/operations.ts';
import { offersSignIn } from '../../core/api/sign-in.ts';
import { Env } from '../../core/shared/env.ts';
import type { AuthorizationSettings, ByKey } from '../config/authorization.ts';
import { type FunctionDefaults, ServiceFunction } from './service-function.ts';
import type { ServiceUserPool } from './user-pool.ts';

/** Seconds that API Gateway remembers what it was told of a token; the functions look at its expiry themselves. */
const REMEMBERED_SECONDS = 60;

/** What the gateway and the functions need to know of who may ask for what. */
export interface MethodAuthorization {
  /** For the functions behind the API: {@link Env.Authorization}. */
  readonly environment: Readonly<Record<string, string>>;
  /** What a method needs. The authorizers are made with the first method that needs one. */
  optionsFor(operation: Operation): MethodOptions;
  /** To be called when the API has all of its methods. */
  finish(): void;
}

/** Puts the setting into the API. */
export function authorizeMethods(
  scope: Construct,
  api: RestApi,
  defaults: FunctionDefaults,
  userPool: ServiceUserPool | undefined,
): MethodAuthorization {
  const settings = defaults.settings.authorization;
  const keys = settings.mode === 'apiKey' ? makeKeys(scope, settings) : new Map<string, ApiKey>();
  const told = tell(settings, keys, userPool);
  const environment = { [Env.Authorization]: Stack.of(scope).toJsonString(told) };
  if (settings.mode === 'none') warnOfOpenness(scope);
  const options = methodOptions(scope, settings, defaults, environment);
  return {
    environment,
    optionsFor: (operation) => {
      if (operation.scope === 'public') return {};
      return offersSignIn(operation, told) ? options.pages : options.others;
    },
    finish: () => {
      if (settings.mode === 'apiKey') addUsagePlan(api, settings, keys);
    },
  };
}

function methodOptions(
  scope: Construct,
  { mode }: AuthorizationSettings,
  defaults: FunctionDefaults,
  environment: Readonly<Record<string, string>>,
): { readonly others: MethodOptions; readonly pages: MethodOptions } {
  const same = (options: MethodOptions) => ({ others: options, pages: options });
  switch (mode) {
    case 'none':
      return same({});
    case 'iam':
      return same({ authorizationType: AuthorizationType.IAM });
    case 'apiKey':
      return same({ apiKeyRequired: true });
    case 'jwt':
    case 'cognito': {
      const { token, page } = makeTokenAuthorizers(scope, defaults, environment);
      const custom = (authorizer: IAuthorizer): MethodOptions => ({
        authorizationType: AuthorizationType.CUSTOM,
        authorizer,
      });
      return {
        others: custom(token),
        // Made with the first method that needs it: without a client to sign in with there is none.
        get pages() {
          return custom(page());
        },
      };
    }
  }
}

function makeTokenAuthorizers(
  scope: Construct,
  defaults: FunctionDefaults,
  environment: Readonly<Record<string, string>>,
): { readonly token: IAuthorizer; readonly page: () => IAuthorizer } {
  const fn = new ServiceFunction(scope, 'AuthorizeToken', defaults, {
    description: 'Verifies access tokens',
    entry: 'authorizer/token',
    resources: { ...defaults.settings.api, timeout: 15 },
    capabilities: [],
    environment,
  });
  const token = new TokenAuthorizer(scope, 'TokenAuthorizer', {
    handler: fn,
    identitySource: IdentitySource.header('Authorization'),
    resultsCacheTtl: Duration.seconds(REMEMBERED_SECONDS),
  });
  let page: RequestAuthorizer | undefined;
  return {
    token,
    page: () => {
      // Without a header that must be there nothing can be remembered: API Gateway would not know of whom.
      page ??= new RequestAuthorizer(scope, 'PageAuthorizer', {
        handler: fn,
        identitySources: [],
        resultsCacheTtl: Duration.seconds(0),
      });
      return page;
    },
  };
}

function makeKeys(scope: Construct, { keys }: ByKey): Map<string, ApiKey> {
  return new Map(
    keys.map((name) => {
      const key = new ApiKey(scope, `Key-${name}`, { description: `Key of ${name}` });
      new CfnOutput(scope, `KeyId-${name}`, {
        value: key.keyId,
        description: `Id of the API key of ${name}; aws apigateway get-api-key --include-value --api-key ID shows the key`,
      });
      return [name, key];
    }),
  );
}

function addUsagePlan(
  api: RestApi,
  { throttle, requestsPerDay }: ByKey,
  keys: ReadonlyMap<string, ApiKey>,
): void {
  const plan = api.addUsagePlan('Plan', {
    description: 'Throttle and quota of each key',
    throttle: { rateLimit: throttle.rate, burstLimit: throttle.burst },
    quota: { limit: requestsPerDay, period: Period.DAY },
  });
  plan.addApiStage({ stage: api.deploymentStage });
  for (const key of keys.values()) plan.addApiKey(key);
}

function tell(
  settings: AuthorizationSettings,
  keys: ReadonlyMap<string, ApiKey>,
  userPool: ServiceUserPool | undefined,
): Authorization {
  switch (settings.mode) {
    case 'none':
    case 'jwt':
      return settings;
    case 'iam':
      return { mode: 'iam', admins: settings.admins.map((arn) => stableArn(arn) ?? '') };
    case 'apiKey': {
      const admins = settings.admins.map((name) => keyOwner(keys.get(name)?.keyId ?? ''));
      return { mode: 'apiKey', admins };
    }
    case 'cognito': {
      if (!userPool) throw new Error('There is no user pool to authorize with');
      const clientId = userPool.client.userPoolClientId;
      return {
        mode: 'cognito',
        issuer: userPool.pool.userPoolProviderUrl,
        clientId,
        clients: [clientId],
        scopePrefix: userPool.scopePrefix,
        ...(settings.endpoint ? { keysAt: `${settings.endpoint}/${userPool.pool.userPoolId}` } : {}),
        signInOrigins: [userPool.pagesOrigin],
      };
    }
  }
}

function warnOfOpenness(scope: Construct): void {
  Annotations.of(scope).addWarningV2(
    'ogc-processes:open-to-all',
    'Authorization is none: whoever knows the URL can execute processes at your cost, and see and dismiss all jobs. ' +
      'Set AUTHORIZATION to iam, jwt, cognito or apiKey; see docs/operate/authorization.md.',
  );
}
