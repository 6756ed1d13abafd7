/** The thread that solves teardowns, lines and crews: one task after the other. */
import { parentPort } from 'node:worker_threads';
import { solveLine, solveMachine } from '@zaizao/disassembly';
import { solvePlan } from '../domain/plan.ts';
import type { Answer, Task } from './thread.ts';

function solve({ work }: Task): unknown {
  switch (work.kind) {
    case 'plan':
      return solvePlan(work.problem, work.known);
    case 'line':
      return solveLine(work.problem, work.options);
    case 'crew':
      return solveMachine(work.problem, work.options);
  }
}

parentPort?.on('message', (task: Task) => {
  try {
    parentPort?.postMessage({ no: task.no, answer: solve(task) } satisfies Answer);
  } catch (e) {
    parentPort?.postMessage({ no: task.no, failure: String(e) } satisfies Answer);
  }
});
