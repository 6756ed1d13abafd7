import { type ChildProcess, spawn } from 'node:child_process';

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A server in a process of its own, to be ended at any instant. */
export interface ServerProcess {
  readonly url: string;
  /** Sends the signal and waits for the process to be gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<Ending>;
}

const PATIENCE_MS = 120_000;

/**
 * Starts `script` with this Node and waits until it prints `listening URL`.
 * @throws Error with what it wrote when it ends before that
 */
export async function startServerProcess(
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const { child, ended } = launch(script, env);
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const patience = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the server did not listen within ${PATIENCE_MS} ms: ${output}`));
    }, PATIENCE_MS);
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000);
      const found = /^listening (http\S+)$/m.exec(output)?.[1];
      if (!found) return;
      clearTimeout(patience);
      resolve(found);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    void ended.then(({ code, signal }) => {
      clearTimeout(patience);
      reject(new Error(`the server ended (${code ?? signal}) before it listened: ${output}`));
    });
  });
  return {
    url,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Starts `script` and kills it after `ms`, wherever its start has come to by then. */
export async function killWhileStarting(
  script: string,
  env: Readonly<Record<string, string>>,
  ms: number,
): Promise<Ending> {
  const { child, ended } = launch(script, env);
  const timer = setTimeout(() => child.kill('SIGKILL'), ms);
  const ending = await ended;
  clearTimeout(timer);
  return ending;
}

function launch(script: string, env: Readonly<Record<string, string>>) {
  const child: ChildProcess = spawn(process.execPath, [script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<Ending>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  return { child, ended };
}
