import { EndpointType, type RestApi, type RestApiProps, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayDomain } from 'aws-cdk-lib/aws-route53-targets';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { FrontDoor } from '../config/front-door.ts';

/** Requests from one address within five minutes from which on the managed web ACL refuses more. */
const REQUESTS_PER_ADDRESS = 3000;

/** What a REST API has to be made with for the way that clients reach it. */
export function endpointProps({ domain, vpcEndpoints }: FrontDoor): Partial<RestApiProps> {
  if (vpcEndpoints)
    return {
      endpointConfiguration: { types: [EndpointType.PRIVATE] },
      policy: onlyThrough(vpcEndpoints),
    };
  return {
    endpointConfiguration: { types: [EndpointType.REGIONAL] },
    // Whoever has a domain wants it to be the only way in: the other would go round a web ACL in front of the domain.
    ...(domain ? { disableExecuteApiEndpoint: true } : {}),
  };
}

/** The policy of a private API: whatever does not come through one of the endpoints is refused. */
const onlyThrough = (vpcEndpoints: readonly string[]): PolicyDocument => {
  const statement = (effect: Effect, conditions: object) =>
    new PolicyStatement({
      effect,
      principals: [new AnyPrincipal()],
      actions: ['execute-api:Invoke'],
      resources: ['execute-api:/*'],
      conditions,
    });
  return new PolicyDocument({
    statements: [
      statement(Effect.ALLOW, {}),
      statement(Effect.DENY, { StringNotEquals: { 'aws:SourceVpce': [...vpcEndpoints] } }),
    ],
  });
};

/** Adds what stands before an API: a domain with its certificate and record, and a web ACL. */
export function addFrontDoor(scope: Construct, api: RestApi, { domain, webAcl }: FrontDoor): void {
  if (domain) addDomain(scope, api, domain);
  if (webAcl)
    new CfnWebACLAssociation(scope, 'WebAclAssociation', {
      resourceArn: api.deploymentStage.stageArn,
      webAclArn: webAcl === 'managed' ? managedWebAcl(scope).attrArn : webAcl,
    });
}

function addDomain(
  scope: Construct,
  api: RestApi,
  { name, hostedZoneId, hostedZoneName }: NonNullable<FrontDoor['domain']>,
): void {
  const zone = HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId, zoneName: hostedZoneName });
  const certificate = new Certificate(scope, 'Certificate', {
    domainName: name,
    validation: CertificateValidation.fromDns(zone),
  });
  const domainName = api.addDomainName('Domain', {
    domainName: name,
    certificate,
    endpointType: EndpointType.REGIONAL,
    securityPolicy: SecurityPolicy.TLS_1_2,
  });
  new ARecord(scope, 'Record', {
    zone,
    recordName: name,
    target: RecordTarget.fromAlias(new ApiGatewayDomain(domainName)),
  });
}

/**
 * A web ACL for who has none: known bad addresses and inputs, and a rate per address. The size of bodies is counted and
 * not refused: execute requests are larger than the 8 KB that the common rules allow.
 */
function managedWebAcl(scope: Construct): CfnWebACL {
  const measured = (metricName: string) => ({
    cloudWatchMetricsEnabled: true,
    sampledRequestsEnabled: true,
    metricName,
  });
  const managed = (
    name: string,
    priority: number,
    ruleActionOverrides: CfnWebACL.RuleActionOverrideProperty[] = [],
  ) => ({
    name,
    priority,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: 'AWS', name, ruleActionOverrides } },
    visibilityConfig: measured(name),
  });
  return new CfnWebACL(scope, 'WebAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: measured('webAcl'),
    rules: [
      managed('AWSManagedRulesAmazonIpReputationList', 0),
      managed('AWSManagedRulesKnownBadInputsRuleSet', 1),
      managed('AWSManagedRulesCommonRuleSet', 2, [
        { name: 'SizeRestrictions_BODY', actionToUse: { count: {} } },
        // An execute request has URLs of inputs and of the subscriber in its body; the egress guard decides on them.
        { name: 'GenericRFI_BODY', actionToUse: { count: {} } },
        { name: 'EC2MetaDataSSRF_BODY', actionToUse: { count: {} } },
      ]),
      {
        name: 'rate',
        priority: 3,
        action: { block: { customResponse: { responseCode: 429 } } },
        statement: { rateBasedStatement: { limit: REQUESTS_PER_ADDRESS, aggregateKeyType: 'IP' } },
        visibilityConfig: measured('rate'),
      },
    ],
  });
}
