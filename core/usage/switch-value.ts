/** Value of the switch while executions go on; any other is what the operator says about why they do not. */
export const SWITCH_ON = 'on';

/** What clients are told where the operator says nothing. */
const NO_MESSAGE = 'The operator has suspended executions for now.';

/** The message of the operator while executions are stopped; undefined while they go on. @param value of the switch */
export function readSwitch(value: string | undefined): string | undefined {
  const text = value?.trim() ?? SWITCH_ON;
  if (text.toLowerCase() === SWITCH_ON) return undefined;
  return text === '' || text.toLowerCase() === 'off' ? NO_MESSAGE : text;
}

/** The value that stops executions with a message. */
export const switchOff = (message: string): string => (message.trim() === '' ? 'off' : message.trim());
