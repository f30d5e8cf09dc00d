import { main, Problem } from './lib/progress.ts';
import { countUnfinished, deployedFunctions, readTotals } from './lib/service-status.ts';
import { describeSpend, describeTotals, describeUnfinished } from './lib/status-lines.ts';

/**
 * `npm run status -- STAGE`: how a deployment is doing, in lines for people: unfinished jobs, what the last day and the
 * month had, and what functions and requests of the month have cost.
 */
await main(async () => {
  const [stage] = process.argv.slice(2);
  if (!stage) throw new Problem('Usage: npm run status -- STAGE, for example production');
  const now = new Date();
  const monthStart = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const read = async () => {
    const functions = await deployedFunctions(stage);
    return Promise.all([
      countUnfinished(stage),
      readTotals(stage, functions, new Date(now.getTime() - 86_400_000), now),
      readTotals(stage, functions, monthStart, now),
    ]);
  };
  const [unfinished, day, month] = await read().catch((error: Error) => {
    if (error.message !== 'Region is missing') throw error;
    throw new Problem('Set AWS_REGION to the region of the deployment, for example eu-central-1');
  });
  console.log(describeUnfinished(unfinished, now));
  console.log(describeTotals('Last 24 hours', day));
  console.log(describeTotals('This month', month));
  for (const line of describeSpend(month, process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION']))
    console.log(line);
  return 0;
});
