/** The thread that solves teardowns, lines and crews: one task after the other. */
import { solveLine, solveMachine } from '@zaizao/disassembly';
import { answerInThread } from '@zaizao/platform/threads';
import { solvePlan } from '../domain/plan.ts';
import type { Work } from './thread.ts';

function solve(work: Work): unknown {
  switch (work.kind) {
    case 'plan':
      return solvePlan(work.problem, work.known);
    case 'line':
      return solveLine(work.problem, work.options);
    case 'crew':
      return solveMachine(work.problem, work.options);
  }
}

answerInThread<Work, unknown>((work) => ({ answer: solve(work) }));
