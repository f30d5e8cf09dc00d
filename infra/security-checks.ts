import type { CfnResource } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, type IApplyRule, type NagRuleResult } from 'cdk-nag';

/**
 * The rules of AWS Solutions. A finding names the resource that a statement allows; where that comes from another
 * stack the name is a generated export, which nobody could write into an acknowledgement, so it reads `<import>`.
 */
export class SecurityChecks extends AwsSolutionsChecks {
  protected override applyRule(params: IApplyRule): void {
    const rule = (node: CfnResource): NagRuleResult => {
      const result = params.rule(node);
      return Array.isArray(result) ? result.map(withoutExports) : result;
    };
    super.applyRule({ ...params, ruleSuffixOverride: params.ruleSuffixOverride ?? params.rule.name, rule });
  }
}

const withoutExports = (finding: string): string => finding.replace(/[\w-]+:ExportsOutput\w+/g, '<import>');
