import { type EmulatorResults, FLOOR } from '../../bench/emulator/emulator-results.ts';

/** What clients of the emulator wait for, beside what it takes itself. */
export function emulatorSection({ machine, on, rounds, requests }: EmulatorResults): string {
  const floor = requests[FLOOR];
  const lines = Object.entries(requests).map(([name, { p50, p90 }]) => {
    const beyond = floor && name !== FLOOR ? (p50 - floor.p50).toFixed(1) : '';
    return `| ${name} | ${p50.toFixed(1)} | ${p90.toFixed(1)} | ${beyond} |`;
  });
  return `
## End to end on the emulator

${machine}, on ${on}. From the client's request to the end of the response, one client, ${rounds} rounds in each of which every request is sent once, all functions warm. *${FLOOR}* is one that does nothing, behind the same kind of API: what the emulator (MiniStack, in Python) takes itself.
It also answers for DynamoDB, S3 and Step Functions, so that the difference says more about the emulator than about the functions, whose own time is in the table of requests; on AWS, both are other numbers.

| request | p50, ms | p90, ms | p50 beyond the empty function, ms |
| --- | ---: | ---: | ---: |
${lines.join('\n')}
`;
}
