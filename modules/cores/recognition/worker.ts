/** The thread that looks at pictures: bytes in, numbers out; and compares them with what is known. */
import { answerInThread } from '@zaizao/platform/threads';
import { calibrate, confidenceOf, describe, type Example, guess, strengthOf } from '@zaizao/vision';
import { decode } from './decode.ts';

export interface Known {
  readonly label: string;
  readonly group: string;
  readonly part: string;
  readonly vector: Float32Array;
}

export type Task =
  | { readonly look: Uint8Array }
  | {
      readonly tell: Float32Array;
      readonly known: readonly Known[];
      readonly group: string;
    };

export interface Told {
  /** Pictures told by the others, and how many of those rightly. */
  readonly tried: number;
  readonly right: number;
  readonly guesses: readonly {
    readonly label: string;
    readonly confidence: number;
    readonly similarity: number;
    /** Parts of this label among the nearest, nearest first. */
    readonly parts: readonly string[];
  }[];
}

export type Answer = { readonly vector: Float32Array } | { readonly told: Told };

const MOST_GUESSES = 3;

function tell(vector: Float32Array, known: readonly Known[], group: string): Told {
  const calibration = calibrate(known);
  const guesses = guess(vector, known, group);
  const [best] = guesses;
  const sure = best ? confidenceOf(calibration, strengthOf(best)) : 0;
  return {
    tried: calibration.tried,
    right: calibration.right,
    guesses: guesses.slice(0, MOST_GUESSES).map((g) => {
      const mine: Example[] = known
        .filter((k) => k.label === g.label)
        .map((k) => ({ label: k.part, group: k.group, vector: k.vector }));
      return {
        label: g.label,
        // what the winner is not believed for, the others share by their votes
        confidence:
          g === best ? sure : ((1 - sure) * g.score) / Math.max(1e-9, 1 - (best?.score ?? 0)),
        similarity: g.similarity,
        parts: guess(vector, mine, group)
          .slice(0, MOST_GUESSES)
          .map((p) => p.label),
      };
    }),
  };
}

answerInThread<Task, Answer>(async (task) =>
  'look' in task
    ? { answer: { vector: describe(await decode(task.look)) } }
    : { answer: { told: tell(task.tell, task.known, task.group) } },
);
