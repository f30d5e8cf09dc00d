import { type ChildProcess, execFile, spawn } from 'node:child_process';

/** What a task of the large class is deployed with. */
export interface TaskContainer {
  readonly image: string;
  readonly user: string;
  /** Megabytes. */
  readonly memory: number;
  readonly command: readonly string[];
}

/** A task that runs. */
export interface LargeTask {
  readonly child: ChildProcess;
  signal(signal: NodeJS.Signals): void;
}

/** Starts a task with its variables. */
export type StartTask = (
  jobID: string,
  container: TaskContainer,
  variables: Readonly<Record<string, string>>,
) => LargeTask;

/** As a process of this machine, with the same command. */
export const startProcess: StartTask = (_, { command: [, ...parameters] }, variables) => {
  const child = spawn(process.execPath, parameters, {
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return { child, signal: (signal) => void child.kill(signal) };
};

/**
 * Arguments of Docker for a task as it is deployed: its image, user, memory and command. It reaches the emulator, which listens on the
 * loopback interface, by the network of this machine.
 */
export const dockerArguments = (
  name: string,
  { image, user, memory, command }: TaskContainer,
  variables: Readonly<Record<string, string>>,
): readonly string[] => [
  'run',
  '--rm',
  `--name=${name}`,
  '--network=host',
  `--user=${user}`,
  `--memory=${memory}m`,
  ...Object.keys(variables).map((variable) => `--env=${variable}`),
  image,
  ...command,
];

/** In a container, as ECS does. */
export const startContainer: StartTask = (jobID, container, variables) => {
  const name = `large-${jobID}`;
  const child = spawn('docker', dockerArguments(name, container, variables), {
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  // A client of Docker that is killed leaves its container running.
  const signal = (wanted: NodeJS.Signals) =>
    void execFile('docker', ['kill', `--signal=${wanted}`, name], () => undefined);
  return { child, signal };
};
