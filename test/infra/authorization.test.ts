import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { type AuthorizationMode, parseAuthorization } from '../../core/api/authorization.ts';
import { hasHead, operationList } from '../../core/api/operations.ts';
import type { AuthorizationSettings } from '../../infra/config/authorization.ts';
import { settingsFor } from '../../infra/config/config.ts';
import {
  findOnlyResource,
  findResources,
  type Json,
  statementsByFunction,
  synthesizeTemplates,
  type Templates,
} from './support/service.ts';

const environments: Readonly<Record<AuthorizationMode, Record<string, string>>> = {
  none: { AUTHORIZATION: 'none' },
  iam: { AUTHORIZATION: 'iam', AUTHORIZATION_ADMINS: 'arn:aws:iam::123456789012:role/teams/operator' },
  jwt: {
    AUTHORIZATION: 'jwt',
    JWT_ISSUER: 'https://login.example.org/realms/maps',
    JWT_AUDIENCE: 'https://processes.example.org, maps',
    JWT_SCOPE_PREFIX: 'maps/',
    JWT_CLIENT_ID: 'pages',
  },
  cognito: { AUTHORIZATION: 'cognito', COGNITO_CALLBACK_URLS: 'https://processes.example.org/' },
  apiKey: { AUTHORIZATION: 'apiKey', API_KEYS: 'anna,bram', AUTHORIZATION_ADMINS: 'bram' },
};
const settingsOf = (mode: AuthorizationMode): AuthorizationSettings =>
  settingsFor('dev', environments[mode]).authorization;
const modes = Object.keys(environments) as AuthorizationMode[];
const templates = Object.fromEntries(
  modes.map((mode) => [mode, synthesizeTemplates('dev', { authorization: settingsOf(mode) })]),
) as Record<AuthorizationMode, Templates>;

/** What a method of the template needs, by method and path. */
function needsByMethod({ api }: Templates): Map<string, Json> {
  const resources = findResources(api, 'AWS::ApiGateway::Resource');
  const makePath = (reference: Json): string =>
    reference['Fn::GetAtt']
      ? '/'
      : `${makePath(resources[reference.Ref]!.Properties.ParentId).replace(/\/$/, '')}/${resources[reference.Ref]!.Properties.PathPart}`;
  return new Map(
    Object.values(findResources(api, 'AWS::ApiGateway::Method')).map(({ Properties }) => [
      `${Properties.HttpMethod} ${makePath(Properties.ResourceId)}`,
      Properties,
    ]),
  );
}

const expected: Readonly<Record<AuthorizationMode, readonly [type: string, needsKey: boolean]>> = {
  none: ['NONE', false],
  iam: ['AWS_IAM', false],
  jwt: ['CUSTOM', false],
  cognito: ['CUSTOM', false],
  apiKey: ['NONE', true],
};

for (const mode of modes) {
  describe(`authorization by ${mode}`, () => {
    const { api, state } = templates[mode];
    const methods = needsByMethod(templates[mode]);
    const authorizers = Object.entries(findResources(api, 'AWS::ApiGateway::Authorizer'));
    const authorizerOf = (type: string) =>
      authorizers.find(([, { Properties }]) => Properties.Type === type)?.[0];

    for (const operation of operationList) {
      const { operationId, method, path, scope, representations } = operation;
      test(`${operationId} ${scope === 'public' ? 'needs nothing' : `needs it`}, and so does its HEAD`, () => {
        const [type, needsKey] = scope === 'public' ? ['NONE', false] : expected[mode];
        for (const name of hasHead(operation) ? [method, 'HEAD'] : [method]) {
          const found = methods.get(`${name} ${path}`);
          assert.equal(found.AuthorizationType, type);
          assert.equal(found.ApiKeyRequired ?? false, needsKey);
          // Who goes to a page is led to where they sign in, by an authorizer that needs no header.
          const authorizerId = authorizerOf(
            method === 'GET' && representations.includes('html' as never) ? 'REQUEST' : 'TOKEN',
          );
          assert.ok(type !== 'CUSTOM' || authorizerId !== undefined);
          assert.deepEqual(found.AuthorizerId, type === 'CUSTOM' ? { Ref: authorizerId } : undefined);
        }
      });
    }

    test('what an authorizer that needs no header has said is not remembered', () => {
      const pages = authorizers.filter(([, { Properties }]) => Properties.Type === 'REQUEST');
      assert.equal(pages.length, mode === 'jwt' || mode === 'cognito' ? 1 : 0);
      for (const [, { Properties }] of pages) assert.equal(Properties.AuthorizerResultTtlInSeconds, 0);
    });

    test('preflights and methods that are not offered need nothing', () => {
      for (const [name, { AuthorizationType, ApiKeyRequired }] of methods) {
        if (/^(OPTIONS|ANY) /.test(name))
          assert.deepEqual([AuthorizationType, ApiKeyRequired ?? false], ['NONE', false], name);
      }
    });

    test('every function behind the API is told of it', () => {
      for (const { Properties } of Object.values(findResources(api, 'AWS::Lambda::Function'))) {
        const text = resolved(Properties.Environment.Variables.AUTHORIZATION);
        assert.equal(parseAuthorization(text).mode, mode, Properties.Description);
      }
    });

    test('only where there are owners the table lists the jobs of all, and lists may read it', () => {
      const indexes = findOnlyResource(state, 'AWS::DynamoDB::Table').Properties.GlobalSecondaryIndexes;
      const names = indexes.map(({ IndexName }: Json) => IndexName);
      assert.equal(names.includes('newest-first-of-all'), mode !== 'none');
      const allowed = [...statementsByFunction(api)].filter(([, statements]) =>
        JSON.stringify(statements).includes('newest-first-of-all'),
      );
      assert.equal(allowed.length, mode === 'none' ? 0 : 2);
    });

    test('401 says which credentials would do, and 403 is for good ones', () => {
      const responses = Object.values(findResources(api, 'AWS::ApiGateway::GatewayResponse')).map(
        ({ Properties }) => Properties,
      );
      for (const { StatusCode, ResponseParameters, ResponseTemplates, ResponseType } of responses) {
        const asked = ResponseParameters['gatewayresponse.header.WWW-Authenticate'];
        assert.equal(asked !== undefined, StatusCode === '401' && mode !== 'none', ResponseType);
        if (asked) assert.match(asked, /^'[^']+'$/);
        assert.equal(JSON.parse(ResponseTemplates['application/json']).status, Number(StatusCode));
      }
      const unauthenticated = responses.filter(({ StatusCode }) => StatusCode === '401');
      const kinds = unauthenticated.map(({ ResponseType }) => ResponseType).sort();
      const more: Partial<Record<AuthorizationMode, string[]>> = {
        iam: ['EXPIRED_TOKEN', 'INVALID_SIGNATURE', 'MISSING_AUTHENTICATION_TOKEN'],
        apiKey: ['INVALID_API_KEY'],
      };
      assert.deepEqual(kinds, [...(more[mode] ?? []), 'UNAUTHORIZED'].sort());
    });

    test('the deployment warns of a service that is open to all', () => {
      const warnings = Annotations.fromStack(templates[mode].service.api).findWarning(
        '*',
        Match.stringLikeRegexp('Authorization is none'),
      );
      assert.equal(warnings.length, mode === 'none' ? 1 : 0);
    });
  });
}

/** Text of the template with the names of what is made in place of the ids that it will have. */
function resolved(value: Json): string {
  if (typeof value === 'string') return value;
  const [, parts] = value['Fn::Join'];
  return parts
    .map((part: Json) => (typeof part === 'string' ? part : JSON.stringify(part).replaceAll('"', "'")))
    .join('');
}

const toldBy = (mode: AuthorizationMode) => {
  const [{ Properties }] = Object.values(findResources(templates[mode].api, 'AWS::Lambda::Function')) as [
    Json,
  ];
  return parseAuthorization(resolved(Properties.Environment.Variables.AUTHORIZATION));
};

describe('by IAM', () => {
  test('administrators are roles without their path, as the gateway tells callers', () => {
    assert.deepEqual(toldBy('iam').admins, ['arn:aws:iam::123456789012:role/operator']);
  });
});

describe('by tokens', () => {
  test('a function with no grants verifies them, and the gateway remembers for a minute', () => {
    for (const mode of ['jwt', 'cognito'] as const) {
      const all = Object.values(findResources(templates[mode].api, 'AWS::ApiGateway::Authorizer'));
      const { Properties } = all.find(({ Properties: { Type } }) => Type === 'TOKEN') as Json;
      assert.equal(Properties.IdentitySource, 'method.request.header.Authorization');
      assert.equal(Properties.AuthorizerResultTtlInSeconds, 60);
      const statements = statementsByFunction(templates[mode].api).get('Verifies access tokens') ?? [];
      const actions = statements.flatMap((statement) => statement.actions);
      assert.deepEqual([...actions].sort(), [
        'logs:CreateLogStream',
        'logs:PutLogEvents',
        'xray:PutTelemetryRecords',
        'xray:PutTraceSegments',
      ]);
    }
  });

  test('functions know issuer, audience and prefix of the scopes', () => {
    assert.deepEqual(toldBy('jwt'), {
      mode: 'jwt',
      issuer: 'https://login.example.org/realms/maps',
      audience: ['https://processes.example.org', 'maps'],
      scopePrefix: 'maps/',
      clientId: 'pages',
    });
  });
});

describe('by a user pool', () => {
  const { state } = templates.cognito;

  test('users are made by the operator, and pages use the code flow without a secret', () => {
    const { Properties: pool } = findOnlyResource(state, 'AWS::Cognito::UserPool');
    assert.equal(pool.AdminCreateUserConfig.AllowAdminCreateUserOnly, true);
    const { Properties: client } = findOnlyResource(state, 'AWS::Cognito::UserPoolClient');
    assert.equal(client.GenerateSecret, false);
    assert.deepEqual(client.AllowedOAuthFlows, ['code']);
    assert.deepEqual(client.CallbackURLs, ['https://processes.example.org/']);
    assert.equal(client.PreventUserExistenceErrors, 'ENABLED');
  });

  test('there is a domain with pages to sign in, and tokens are short and can be revoked', () => {
    const { Properties: client } = findOnlyResource(state, 'AWS::Cognito::UserPoolClient');
    const [pool] = Object.keys(findResources(state, 'AWS::Cognito::UserPool'));
    const { Properties: domain } = findOnlyResource(state, 'AWS::Cognito::UserPoolDomain');
    assert.deepEqual([domain.UserPoolId, client.UserPoolId], [{ Ref: pool }, { Ref: pool }]);
    assert.deepEqual(client.LogoutURLs, client.CallbackURLs);
    assert.deepEqual([client.AllowedOAuthFlowsUserPoolClient, client.EnableTokenRevocation], [true, true]);
    assert.deepEqual(
      [client.AccessTokenValidity, client.RefreshTokenValidity, client.TokenValidityUnits.AccessToken],
      [60, 1440, 'minutes'],
    );
    // Nobody signs in with a password beside these pages.
    assert.ok((client.ExplicitAuthFlows ?? []).every((flow: string) => flow === 'ALLOW_REFRESH_TOKEN_AUTH'));
  });

  test('the authorizer believes the tokens of this pool and this client alone', () => {
    const told = JSON.stringify(toldBy('cognito'));
    assert.match(told, /ProviderURL/);
    const { clients = [], clientId, mode } = toldBy('cognito');
    assert.deepEqual([mode, clients], ['cognito', [clientId]]);
    const [client] = Object.keys(findResources(state, 'AWS::Cognito::UserPoolClient'));
    assert.match(String(clientId), new RegExp(client!));
  });

  test('the client of the pages cannot ask for the scope of administrators, who are a group', () => {
    const { Properties: client } = findOnlyResource(state, 'AWS::Cognito::UserPoolClient');
    const scopes = JSON.stringify(client.AllowedOAuthScopes);
    assert.match(scopes, /\/read.*\/execute/);
    assert.doesNotMatch(scopes, /admin/);
    const { Properties: group } = findOnlyResource(state, 'AWS::Cognito::UserPoolGroup');
    assert.equal(group.GroupName, 'admin');
    const { Properties: server } = findOnlyResource(state, 'AWS::Cognito::UserPoolResourceServer');
    assert.deepEqual(
      server.Scopes.map(({ ScopeName }: Json) => ScopeName),
      ['read', 'execute', 'admin'],
    );
    assert.equal(toldBy('cognito').scopePrefix, `${server.Identifier}/`);
  });

  test('users outlive the stack in production', () => {
    const { state: production } = synthesizeTemplates('production', {
      authorization: settingsOf('cognito'),
    });
    const { DeletionPolicy, Properties } = findOnlyResource(production, 'AWS::Cognito::UserPool');
    assert.deepEqual([DeletionPolicy, Properties.DeletionProtection], ['RetainExceptOnCreate', 'ACTIVE']);
  });

  test('there is no pool in another mode', () => {
    for (const mode of modes.filter((name) => name !== 'cognito'))
      assert.deepEqual(findResources(templates[mode].state, 'AWS::Cognito::UserPool'), {}, mode);
  });
});

describe('by API keys', () => {
  const { api } = templates.apiKey;

  test('each key is in the usage plan, which limits what it may ask for', () => {
    assert.equal(Object.keys(findResources(api, 'AWS::ApiGateway::ApiKey')).length, 2);
    assert.equal(Object.keys(findResources(api, 'AWS::ApiGateway::UsagePlanKey')).length, 2);
    const { Properties } = findOnlyResource(api, 'AWS::ApiGateway::UsagePlan');
    assert.deepEqual(Properties.Throttle, { RateLimit: 50, BurstLimit: 100 });
    assert.deepEqual(Properties.Quota, { Limit: 100_000, Period: 'DAY' });
    assert.equal(Properties.ApiStages.length, 1);
  });

  test('the plan is that of this API and its stage, and each of its keys works there', () => {
    const { Properties: plan } = findOnlyResource(api, 'AWS::ApiGateway::UsagePlan');
    const only = (type: string) => Object.keys(findResources(api, type))[0];
    const [stage] = plan.ApiStages;
    assert.deepEqual(stage.ApiId, { Ref: only('AWS::ApiGateway::RestApi') });
    assert.deepEqual(stage.Stage, { Ref: only('AWS::ApiGateway::Stage') });
    const keys = findResources(api, 'AWS::ApiGateway::ApiKey');
    for (const { Properties } of Object.values(keys)) assert.equal(Properties.Enabled, true);
    const planned = Object.values(findResources(api, 'AWS::ApiGateway::UsagePlanKey')).map(
      ({ Properties }) => {
        assert.deepEqual(Properties.UsagePlanId, { Ref: only('AWS::ApiGateway::UsagePlan') });
        assert.equal(Properties.KeyType, 'API_KEY');
        return Properties.KeyId.Ref;
      },
    );
    assert.deepEqual(planned.sort(), Object.keys(keys).sort());
    // A key is read from the header of requests, and not from what an authorizer says.
    const { Properties: rest } = findOnlyResource(api, 'AWS::ApiGateway::RestApi');
    assert.ok([undefined, 'HEADER'].includes(rest.ApiKeySourceType));
  });

  test('keys are in no template: their values are made by API Gateway', () => {
    for (const { Properties } of Object.values(findResources(api, 'AWS::ApiGateway::ApiKey')))
      assert.equal(Properties.Value, undefined);
  });

  test('administrators are told by the ids of their keys', () => {
    const { admins = [] } = toldBy('apiKey');
    assert.equal(admins.length, 1);
    assert.match(admins[0]!, /^api-key\|\{'Ref':'Keybram/);
  });
});

describe('settings', () => {
  const wrong: [string, Record<string, string>, RegExp][] = [
    ['an unknown mode', { AUTHORIZATION: 'basic' }, /none, iam, jwt, cognito, apiKey/],
    ['jwt without an issuer', { AUTHORIZATION: 'jwt', JWT_AUDIENCE: 'a' }, /JWT_ISSUER/],
    ['an issuer without TLS', { ...environments.jwt, JWT_ISSUER: 'http://login.example.org' }, /https/],
    ['jwt without an audience', { ...environments.jwt, JWT_AUDIENCE: '' }, /JWT_AUDIENCE/],
    ['a prefix that ends a header', { ...environments.jwt, JWT_SCOPE_PREFIX: 'a"b' }, /JWT_SCOPE_PREFIX/],
    ['cognito without a callback', { AUTHORIZATION: 'cognito' }, /COGNITO_CALLBACK_URLS/],
    [
      'a callback without TLS',
      { AUTHORIZATION: 'cognito', COGNITO_CALLBACK_URLS: 'http://example.org' },
      /use https/,
    ],
    ['API keys without a key', { AUTHORIZATION: 'apiKey' }, /API_KEYS/],
    ['the same key twice', { AUTHORIZATION: 'apiKey', API_KEYS: 'a,a' }, /twice/],
    ['a key with a name that is none', { AUTHORIZATION: 'apiKey', API_KEYS: 'a b' }, /letters/],
    [
      'an administrator without a key',
      { AUTHORIZATION: 'apiKey', API_KEYS: 'a', AUTHORIZATION_ADMINS: 'b' },
      /not in API_KEYS/,
    ],
    [
      'an administrator who is a session',
      { AUTHORIZATION: 'iam', AUTHORIZATION_ADMINS: 'arn:aws:sts::123456789012:assumed-role/a/b' },
      /ARN of a role/,
    ],
  ];
  for (const [name, environment, message] of wrong) {
    test(`${name} is refused with what would be right`, () => {
      assert.throws(() => settingsFor('dev', environment), message);
    });
  }

  test('an issuer on this machine is taken where the way out leads there', () => {
    const local = {
      ...environments.jwt,
      JWT_ISSUER: 'http://127.0.0.1:9000',
      EGRESS_ALLOW_HOSTS: '127.0.0.1:9000',
    };
    assert.equal(settingsFor('local', local).authorization.mode, 'jwt');
  });
});

test('without a client to sign in with all methods ask for a token', () => {
  const { JWT_CLIENT_ID: _, ...environment } = environments.jwt;
  const { authorization } = settingsFor('dev', environment);
  const { api } = synthesizeTemplates('dev', { authorization });
  const types = Object.values(findResources(api, 'AWS::ApiGateway::Authorizer')).map(
    ({ Properties }) => Properties.Type,
  );
  assert.deepEqual(types, ['TOKEN']);
});

test('pages ask for tokens at the pages of the pool, or at the origins that are named', () => {
  assert.match(toldBy('cognito').signInOrigins?.[0] ?? '', /^https:\/\/.*\.auth\..*amazoncognito\.com$/);
  const jwt = { ...environments.jwt, JWT_SIGN_IN_ORIGINS: 'https://oauth2.example.org' };
  const { authorization } = settingsFor('dev', jwt);
  assert.ok(authorization.mode === 'jwt');
  assert.deepEqual(authorization.signInOrigins, ['https://oauth2.example.org']);
  for (const wrong of ['http://a.example', 'https://a.example/token', 'https://a.example; script-src *'])
    assert.throws(() => settingsFor('dev', { ...jwt, JWT_SIGN_IN_ORIGINS: wrong }), /JWT_SIGN_IN_ORIGINS/);
});
