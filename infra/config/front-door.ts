/** How clients reach the API, where it is not by API Gateway's own public address. */
export interface FrontDoor {
  /** A domain of one's own, in a hosted zone of Route 53 in the same account. */
  readonly domain?: {
    /** For example `processes.example.org`. */
    readonly name: string;
    readonly hostedZoneId: string;
    /** For example `example.org`. */
    readonly hostedZoneName: string;
  };
  /** ARN of a web ACL of AWS WAF (regional), or `managed`: one that the stack makes. */
  readonly webAcl?: string;
  /** Ids of the interface endpoints (`execute-api`) through which alone the API is reached: it is not in the internet then. */
  readonly vpcEndpoints?: readonly string[];
}

/**
 * What the environment says: `DOMAIN_NAME` with `HOSTED_ZONE_ID` and `HOSTED_ZONE_NAME`, `WEB_ACL`, and `VPC_ENDPOINTS`
 * (comma separated).
 *
 * @throws Error naming what is missing or cannot be
 */
export function frontDoorFrom(environment: Record<string, string | undefined>): FrontDoor | undefined {
  const { DOMAIN_NAME, HOSTED_ZONE_ID, HOSTED_ZONE_NAME, WEB_ACL, VPC_ENDPOINTS } = environment;
  const door: FrontDoor = {
    ...(DOMAIN_NAME ? { domain: domain(DOMAIN_NAME, HOSTED_ZONE_ID, HOSTED_ZONE_NAME) } : {}),
    ...(WEB_ACL ? { webAcl: WEB_ACL } : {}),
    ...(VPC_ENDPOINTS ? { vpcEndpoints: VPC_ENDPOINTS.split(',').map((id) => id.trim()) } : {}),
  };
  verifyFrontDoor(door);
  return Object.keys(door).length === 0 ? undefined : door;
}

function domain(name: string, hostedZoneId = '', hostedZoneName = ''): NonNullable<FrontDoor['domain']> {
  if (hostedZoneId === '' || hostedZoneName === '')
    throw new Error(
      'DOMAIN_NAME needs HOSTED_ZONE_ID and HOSTED_ZONE_NAME: the Route 53 hosted zone of the name',
    );
  // Names have no case, and links have one way to be written.
  return { name: name.toLowerCase(), hostedZoneId, hostedZoneName: hostedZoneName.toLowerCase() };
}

function verifyFrontDoor({ domain, webAcl, vpcEndpoints }: FrontDoor): void {
  if (domain && domain.name !== domain.hostedZoneName && !domain.name.endsWith(`.${domain.hostedZoneName}`))
    throw new Error(`The domain ${domain.name} is not in the zone ${domain.hostedZoneName}`);
  if (
    webAcl !== undefined &&
    webAcl !== 'managed' &&
    !/^arn:[\w-]+:wafv2:[^:]+:\d{12}:regional\/webacl\//.test(webAcl)
  )
    throw new Error(`WEB_ACL is "${webAcl}": use managed, or the ARN of a regional web ACL`);
  for (const id of vpcEndpoints ?? [])
    if (!/^vpce-[0-9a-f]+$/.test(id))
      throw new Error(`VPC_ENDPOINTS has "${id}": use ids such as vpce-0123456789abcdef0`);
  if (domain && vpcEndpoints)
    throw new Error(
      'A private API cannot have a custom domain here: give the name to a load balancer in front of the endpoint instead',
    );
}
