import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Aws, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { scopeDescriptions, scopes } from '../../core/api/authorization.ts';
import { ADMIN_GROUP } from '../../functions/authorizer/verify-token.ts';
import type { ByUserPool } from '../config/authorization.ts';
import type { Settings } from '../config/config.ts';
import { acknowledge } from './acknowledge.ts';
import { removalPolicy } from './removal.ts';

/** Identifier of the resource server, which stands before the scopes in tokens. */
const RESOURCE_SERVER = 'ogcapi';

/**
 * Users of this service, for operators without an identity provider. Users are made by the operator; those in the group
 * `admin` see the jobs of all. A pool gives every user each scope of the client, so the client of the pages has no `admin`.
 */
export class ServiceUserPool extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  /** Origin of the pages on which people sign in, where tokens are given too. */
  readonly pagesOrigin: string;
  /** Stands before the names of scopes. */
  readonly scopePrefix = `${RESOURCE_SERVER}/`;

  constructor(scope: Construct, id: string, settings: Settings, { callbackUrls, domainPrefix }: ByUserPool) {
    super(scope, id);
    this.pool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.ESSENTIALS,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      deletionProtection: settings.onDelete === 'retain',
      removalPolicy: removalPolicy(settings),
    });
    acknowledge(this.pool, {
      'AwsSolutions-COG2': 'Users choose whether they want a second factor; the operator can require one.',
      'AwsSolutions-COG3':
        'Threat protection costs money for each user; the operator turns it on where it is wanted.',
      'AwsSolutions-COG8':
        'Threat protection costs money for each user; the operator turns it on where it is wanted.',
    });
    new CfnUserPoolGroup(this, 'Admins', {
      userPoolId: this.pool.userPoolId,
      groupName: ADMIN_GROUP,
      description: scopeDescriptions.admin,
    });
    const domain = this.pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: domainPrefix ?? `ogc-processes-${settings.stage}-${Aws.ACCOUNT_ID}` },
    });
    this.pagesOrigin = domain.baseUrl();
    const serverScopes = scopes.map(
      (scopeName) => new ResourceServerScope({ scopeName, scopeDescription: scopeDescriptions[scopeName] }),
    );
    const server = this.pool.addResourceServer('Api', {
      identifier: RESOURCE_SERVER,
      scopes: serverScopes,
    });
    const forUsers = serverScopes.filter(({ scopeName }) => scopeName !== 'admin');
    this.client = this.pool.addClient('Pages', {
      // A page cannot keep a secret: it proves with PKCE that it is the one that asked.
      generateSecret: false,
      authFlows: {},
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, ...forUsers.map((each) => OAuthScope.resourceServer(server, each))],
        callbackUrls: [...callbackUrls],
        logoutUrls: [...callbackUrls],
      },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(1),
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
    });
  }
}
