import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { local, root } from './paths.ts';
import { run } from './processes.ts';
import { Problem, step } from './progress.ts';

const OLDEST = [3, 11] as const;
/** A virtual environment of the project's own, below `.local`. */
export interface PythonEnvironment {
  /** Folder below `.local`. */
  readonly folder: string;
  /** What is installed, for the reader: "the AWS emulator". */
  readonly title: string;
  /** Path of the pinned requirements below the root of the project. */
  readonly requirements: string;
}

/** Python with the AWS emulator. */
export const emulatorPython = (signal?: AbortSignal): Promise<string> =>
  pythonWith(
    { folder: 'venv', title: 'the AWS emulator', requirements: 'scripts/emulator/requirements.txt' },
    signal,
  );

/** Interpreter of a virtual environment, which is made or renewed where needed. */
export async function pythonWith(
  { folder, title, requirements }: PythonEnvironment,
  signal?: AbortSignal,
): Promise<string> {
  const environment = join(local, folder);
  const marker = join(environment, 'installed-requirements.txt');
  const interpreter = join(environment, 'bin', 'python');
  const pinned = join(root, requirements);
  const wanted = readFileSync(pinned, 'utf8');
  if (existsSync(interpreter) && existsSync(marker) && readFileSync(marker, 'utf8') === wanted)
    return interpreter;
  const python = findPython();
  await step(`Installing ${title} into .local/${folder} (once)`, async () => {
    mkdirSync(local, { recursive: true });
    rmSync(environment, { recursive: true, force: true });
    const log = join(local, `install-${folder}.log`);
    const common = { env: process.env, log, ...(signal ? { signal } : {}) };
    await run(python, { name: 'python -m venv', args: ['-m', 'venv', environment], ...common });
    const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', pinned];
    await run(interpreter, { name: 'pip install', args, ...common });
    writeFileSync(marker, wanted);
  });
  return interpreter;
}

/** Command of a Python that is new enough and can make virtual environments. @throws Problem that says what to install */
function findPython(): string {
  const found: string[] = [];
  for (const command of [
    process.env['PYTHON'],
    'python3',
    'python3.14',
    'python3.13',
    'python3.12',
    'python3.11',
    'python',
  ]) {
    const version = command && readPythonVersion(command);
    if (!version) continue;
    found.push(`${command} is ${version.join('.')}`);
    if (version[0] < OLDEST[0] || (version[0] === OLDEST[0] && version[1] < OLDEST[1])) continue;
    if (!makesEnvironments(command)) {
      throw new Problem(
        `${command} cannot create virtual environments: install its venv module ` +
          '("apt install python3-venv" on Debian and Ubuntu), then try again.',
      );
    }
    return command;
  }
  throw new Problem(
    `The local service needs Python ${OLDEST.join('.')} or newer for its AWS emulator` +
      `${found.length > 0 ? ` (found: ${found.join(', ')})` : ''}. ` +
      'Install it ("apt install python3 python3-venv", "brew install python@3.13"), or set PYTHON=/path/to/python3.',
  );
}

function readPythonVersion(command: string): [number, number] | undefined {
  try {
    const text = execFileSync(command, ['-c', 'import sys; print(*sys.version_info[:2])'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [major, minor] = text.trim().split(' ').map(Number);
    return major === undefined || minor === undefined ? undefined : [major, minor];
  } catch {
    return undefined;
  }
}

function makesEnvironments(command: string): boolean {
  try {
    execFileSync(command, ['-c', 'import venv, ensurepip'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
