import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { pythonWith } from '../../scripts/lib/python.ts';

/** Python with the clients. */
export const clientsPython = (): Promise<string> =>
  pythonWith({
    folder: 'venv-clients',
    title: 'clients of the standard',
    requirements: 'test/clients/requirements.txt',
  });

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program of the environment to its end. */
export function runProgram(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(command, args, {
    cwd: tmpdir(),
    env: { PATH, HOME, PYTHONDONTWRITEBYTECODE: '1', ...env },
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString() }));
  });
}
