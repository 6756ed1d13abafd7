import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export class DirectoryInUse extends Error {}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EPERM'; // it lives, but is another user's
  }
}

/** When a process began, in ticks since the machine did; empty where the system does not say. */
function beginningOf(pid: number): string {
  try {
    // Fields after the command, which is in brackets and may hold spaces; the 20th is the start.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Whether the process that wrote a lock still runs: after a crash its number may be another's. */
function holds(pid: number, began: string): boolean {
  if (!(pid > 0) || pid === process.pid || !alive(pid)) return false;
  return began === '' || began === beginningOf(pid);
}

/** What the lock says; one that stays empty was left by a kill between making and writing it. */
function ownerIn(path: string): string {
  const read = () => readFileSync(path, 'utf8');
  if (read() === '') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  return read();
}

/**
 * Takes `path` as a lock file that names our process: PGlite has no lock of its own and two
 * processes on one directory corrupt it. A lock left by a dead process is taken over.
 */
export function lockDirectory(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, `${process.pid} ${beginningOf(process.pid)}`, { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 2) throw e;
      const [holder = '', began = ''] = ownerIn(path).split(' ');
      if (holds(Number(holder), began)) {
        throw new DirectoryInUse(
          `数据目录正被进程 ${holder} 使用（${path}）。请先停止它，或用 ZAIZAO_HOME 指定另一个目录。 / ` +
            `The data directory is in use by process ${holder} (${path}). Stop it, or set ZAIZAO_HOME to another directory.`,
        );
      }
      rmSync(path, { force: true });
    }
  }
}
