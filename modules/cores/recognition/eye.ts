import { ThreadPool } from '@zaizao/platform/threads';
import type { Answer, Known, Task, Told } from './worker.ts';

const eye = new ThreadPool<Task, Answer>(new URL('./worker.ts', import.meta.url));

/** What a picture shows, as numbers; rejects when it cannot be read. */
export async function look(bytes: Uint8Array): Promise<Float32Array> {
  const answer = await eye.ask({ look: bytes });
  if (!('vector' in answer)) throw new Error('asked for numbers');
  return answer.vector;
}

/** What the known pictures say of it, those of its own thing left out. */
export async function tell(
  vector: Float32Array,
  known: readonly Known[],
  group: string,
): Promise<Told> {
  const answer = await eye.ask({ tell: vector, known, group });
  if (!('told' in answer)) throw new Error('asked to tell');
  return answer.told;
}
