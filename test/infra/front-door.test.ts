import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settingsFor } from '../../infra/config/config.ts';
import { findOnlyResource, findResources, synthesizeTemplates } from './support/service.ts';

const zone = { HOSTED_ZONE_ID: 'Z123', HOSTED_ZONE_NAME: 'example.org' };
const withDoor = (environment: Record<string, string>) =>
  synthesizeTemplates('dev', settingsFor('dev', environment)).api;

describe('a domain of one’s own', () => {
  const environment = { ...zone, DOMAIN_NAME: 'processes.example.org' };
  const api = withDoor(environment);

  test('has a certificate, a record and TLS 1.2, and is the base of all links', () => {
    assert.equal(settingsFor('dev', environment).publicBaseUrl, 'https://processes.example.org');
    const { Properties: domain } = findOnlyResource(api, 'AWS::ApiGateway::DomainName');
    assert.deepEqual([domain.DomainName, domain.SecurityPolicy], ['processes.example.org', 'TLS_1_2']);
    assert.equal(
      findOnlyResource(api, 'AWS::CertificateManager::Certificate').Properties.ValidationMethod,
      'DNS',
    );
    assert.equal(findOnlyResource(api, 'AWS::Route53::RecordSet').Properties.Name, 'processes.example.org.');
    const { Properties: mapping } = findOnlyResource(api, 'AWS::ApiGateway::BasePathMapping');
    assert.equal(mapping.BasePath, undefined);
  });

  test('is the only way in, so that nothing goes round what stands before it', () => {
    assert.equal(
      findOnlyResource(api, 'AWS::ApiGateway::RestApi').Properties.DisableExecuteApiEndpoint,
      true,
    );
    assert.equal(
      findOnlyResource(withDoor({}), 'AWS::ApiGateway::RestApi').Properties.DisableExecuteApiEndpoint,
      undefined,
    );
  });
});

describe('a web ACL', () => {
  const arn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/mine/0a1b';
  test('of the operator is attached to the stage', () => {
    const { Properties } = findOnlyResource(withDoor({ WEB_ACL: arn }), 'AWS::WAFv2::WebACLAssociation');
    assert.equal(Properties.WebACLArn, arn);
    assert.match(JSON.stringify(Properties.ResourceArn), /\/stages\//);
  });

  test('that the stack makes bounds the rate, and refuses no large bodies', () => {
    const api = withDoor({ WEB_ACL: 'managed' });
    const { Rules } = findOnlyResource(api, 'AWS::WAFv2::WebACL').Properties;
    const common = Rules.find(({ Name }: { Name: string }) => Name === 'AWSManagedRulesCommonRuleSet');
    const counted = common.Statement.ManagedRuleGroupStatement.RuleActionOverrides.map(
      ({ Name, ActionToUse }: { Name: string; ActionToUse: object }) => [Name, Object.keys(ActionToUse)[0]],
    );
    assert.deepEqual(counted[0], ['SizeRestrictions_BODY', 'Count']);
    assert.ok(Rules.some(({ Statement }: { Statement: object }) => 'RateBasedStatement' in Statement));
    assert.equal(Object.keys(findResources(api, 'AWS::WAFv2::WebACLAssociation')).length, 1);
  });
});

describe('a private API', () => {
  test('is reached through its endpoints alone', () => {
    const { Properties } = findOnlyResource(
      withDoor({ VPC_ENDPOINTS: 'vpce-0a, vpce-0b' }),
      'AWS::ApiGateway::RestApi',
    );
    assert.deepEqual(Properties.EndpointConfiguration.Types, ['PRIVATE']);
    const [, deny] = Properties.Policy.Statement;
    assert.equal(deny.Effect, 'Deny');
    assert.deepEqual(deny.Condition, { StringNotEquals: { 'aws:SourceVpce': ['vpce-0a', 'vpce-0b'] } });
  });
});

describe('what cannot be', () => {
  for (const [environment, message] of [
    [{ DOMAIN_NAME: 'processes.example.org' }, /needs HOSTED_ZONE_ID and HOSTED_ZONE_NAME/],
    [{ ...zone, DOMAIN_NAME: 'processes.example.com' }, /is not in the zone example\.org/],
    [{ WEB_ACL: 'yes' }, /use managed, or the ARN of a regional web ACL/],
    [{ VPC_ENDPOINTS: 'vpc-1' }, /use ids such as vpce-/],
    [
      { ...zone, DOMAIN_NAME: 'a.example.org', VPC_ENDPOINTS: 'vpce-0a' },
      /A private API cannot have a custom domain here/,
    ],
  ] as const)
    test(`${JSON.stringify(environment)} is refused`, () => {
      assert.throws(() => settingsFor('dev', environment), message);
    });
});
