import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { settingsFor, switchName } from '../../infra/config/config.ts';

/**
 * Turns the switch of a stage, in the account and region that the environment chooses. @param value see `readSwitch`
 *
 * @returns the name of the parameter
 */
export async function turnSwitch(stage: string, value: string): Promise<string> {
  const { stage: checked } = settingsFor(stage);
  const name = switchName(checked);
  const client = new SSMClient({});
  try {
    await client.send(new PutParameterCommand({ Name: name, Value: value, Type: 'String', Overwrite: true }));
  } finally {
    client.destroy();
  }
  return name;
}
