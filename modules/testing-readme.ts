import { readFile } from 'node:fs/promises';
import { drawMachine, type StateMachine } from '@zaizao/platform/kernel';

/** Tables without the spaces and dashes that align them. */
const bare = (markdown: string) => markdown.replaceAll(/ +/g, '').replaceAll(/-{3,}/g, '---');

/** Whether the README beside a test draws the machine exactly, whatever the widths of its columns. */
export async function draws<S extends string, E extends string>(
  test: string,
  machine: StateMachine<S, E>,
): Promise<boolean> {
  const readme = await readFile(new URL('./README.md', test), 'utf8');
  return bare(`${readme}\n\n`).includes(`${bare(drawMachine(machine))}\n\n`);
}
