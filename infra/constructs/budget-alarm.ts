import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';

/** Parts of the budget, in percent, at which a mail is sent: of what is spent, and of what the month is going to cost. */
const SPENT = [50, 80, 100];
const FORECAST = [100];

/** Who is told, and of how much. */
export interface BudgetAlarmProps {
  /** US dollars a month. */
  readonly amount: number;
  /** Name of the budget in the account. */
  readonly name: string;
  readonly subscriber: CfnBudget.SubscriberProperty;
}

/**
 * A monthly budget that tells the operator. It is that of the whole account: costs by tag are known only where somebody
 * has activated the tags for billing, and a budget of tags that are not would never say anything.
 */
export class BudgetAlarm extends Construct {
  constructor(scope: Construct, id: string, { amount, name, subscriber }: BudgetAlarmProps) {
    super(scope, id);
    const notify = (notificationType: 'ACTUAL' | 'FORECASTED') => (threshold: number) => ({
      notification: {
        notificationType,
        comparisonOperator: 'GREATER_THAN',
        thresholdType: 'PERCENTAGE',
        threshold,
      },
      subscribers: [subscriber],
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: name,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount, unit: 'USD' },
      },
      notificationsWithSubscribers: [...SPENT.map(notify('ACTUAL')), ...FORECAST.map(notify('FORECASTED'))],
    });
  }
}
