/** The thread that balances lines: one after the other. */
import { type LinePlan, type Result, solveLine } from '@zaizao/disassembly';
import { answerInThread } from '@zaizao/platform/threads';
import type { LineTask } from './line-thread.ts';

answerInThread<LineTask, Result<LinePlan>>(({ problem, ...options }) => ({
  answer: solveLine(problem, options),
}));
