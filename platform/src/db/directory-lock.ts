import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
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

/**
 * Takes `path` as a lock file holding our pid: PGlite has no lock of its own and two processes
 * on one directory corrupt it. A lock left by a dead process is taken over.
 */
export function lockDirectory(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 0; ; attempt++) {
    try {
      const fd = openSync(path, 'wx');
      writeSync(fd, String(process.pid));
      closeSync(fd);
      return () => rmSync(path, { force: true });
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 2) throw e;
      const holder = Number(readFileSync(path, 'utf8'));
      if (holder !== process.pid && alive(holder)) {
        throw new DirectoryInUse(
          `数据目录正被进程 ${holder} 使用（${path}）。请先停止它，或用 ZAIZAO_HOME 指定另一个目录。 / ` +
            `The data directory is in use by process ${holder} (${path}). Stop it, or set ZAIZAO_HOME to another directory.`,
        );
      }
      rmSync(path, { force: true });
    }
  }
}
