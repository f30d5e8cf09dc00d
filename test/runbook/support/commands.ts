import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';

/** Commands of AWS's and npm's that a page of docs/operate gives, in text and in blocks. */
function commandsIn(page: string): string[] {
  const text = readFileSync(join(root, 'docs/operate', `${page}.md`), 'utf8');
  const inText = [...text.matchAll(/`((?:aws|npm run) [^`]+)`/g)].map(([, command = '']) => command);
  const inBlocks = [...text.matchAll(/^(?:\$ )?((?:aws|npm run) .+)$/gm)].map(
    ([, command = '']) => command.split(/ {2,}#/)[0] ?? '',
  );
  return [...inText, ...inBlocks].map((command) => command.trim());
}

/** Runs commands as they stand in a page, with what is meant in the place of what stands for it. */
export class Operator {
  readonly #commands: readonly string[];
  readonly #directory: string;
  readonly #ran = new Set<string>();

  /** @param directory where files are that commands read and write */
  constructor(page: string, directory: string) {
    this.#commands = commandsIn(page);
    this.#directory = directory;
  }

  /**
   * Runs the command of the page that begins so. @param values by the words in capitals, or others, that stand for them
   * @returns what it says, as JSON where it is
   */
  run(start: string, values: Readonly<Record<string, string>> = {}): unknown {
    const command = this.#commands.find((candidate) => candidate.startsWith(start));
    if (!command) throw new Error(`The page has no command that begins with "${start}"`);
    this.#ran.add(command);
    let filled = command;
    for (const [name, value] of Object.entries(values)) {
      if (!filled.includes(name)) throw new Error(`"${command}" has no ${name}`);
      filled = filled.replaceAll(name, value);
    }
    return shell(filled, this.#directory);
  }

  /** Commands of the page that were not run. */
  get left(): readonly string[] {
    return this.#commands.filter((command) => !this.#ran.has(command));
  }
}

/** The command line has an address of its own for SQS, whatever the environment says of endpoints. */
const toEmulator = 'aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }';

/** Runs a command of AWS's or npm's. @returns what it says, as JSON where it is */
export function shell(command: string, directory: string): unknown {
  const said = execFileSync('bash', ['-c', `${toEmulator}; ${command}`], {
    encoding: 'utf8',
    cwd: command.startsWith('npm') ? root : directory,
    env: {
      ...process.env,
      PATH: `${process.env['AWS_CLI_DIRECTORY']}:${process.env['PATH']}`,
      AWS_DEFAULT_REGION: process.env['AWS_REGION'],
    },
  });
  return /^[[{]/.test(said) ? JSON.parse(said) : said;
}
