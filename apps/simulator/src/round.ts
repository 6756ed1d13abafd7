import { thingHistory } from '@zaizao/modules/ledger/contract';
import type { Product } from './products.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** One line of what happened, for whoever watches. */
export interface Told {
  readonly step: string;
  readonly zh: string;
  readonly en: string;
  readonly epc?: string;
  readonly eventId?: string;
}

/** Where a round stops: on the way through the plant, on the shelf, in the shop window, or back home. */
const STAGES = [
  ...['quoted', 'accepted', 'received', 'graded', 'dismantled', 'cleaned', 'inspected'],
  ...['assembled', 'finished', 'certified', 'stock', 'listed'],
  ...['ordered', 'picked', 'delivered', 'sold'],
] as const;
export type Stage = (typeof STAGES)[number];

export interface RoundOptions {
  readonly product: Product;
  readonly rng: Random;
  /** The simulated start; steps follow each other by minutes. The present when absent. */
  readonly start?: Date;
  /** How far to go: to the shelf, or sold and back. */
  readonly until: Stage;
  /** Everything goes well (the command and the tour); else as the plant’s figures have it. */
  readonly smooth?: boolean;
  readonly tell?: (line: Told) => void;
}

const MINUTE = 60_000;

/** A round of the loop while it goes on: the people, the chances, the simulated clock. */
export class Round {
  readonly w: World;
  readonly o: RoundOptions;
  readonly rng: Random;
  #ms: number | undefined;

  constructor(w: World, o: RoundOptions) {
    this.w = w;
    this.o = o;
    this.rng = o.rng;
    this.#ms = o.start?.getTime();
  }

  get people() {
    return this.w.people;
  }

  /** Minutes pass. */
  pass(minutes: number): void {
    if (this.#ms === undefined) return;
    this.#ms = Math.min(this.#ms + minutes * MINUTE, Date.now() - 1000);
    this.w.setTime(new Date(this.#ms));
  }

  async tell(step: string, zh: string, en: string, epc?: string): Promise<void> {
    if (!this.o.tell) return;
    const history = epc
      ? await this.people.owner.do(thingHistory, { params: { epc }, query: { limit: 1 } })
      : undefined;
    const eventId = history?.items[0]?.eventId;
    this.o.tell({ step, zh, en, ...(epc ? { epc } : {}), ...(eventId ? { eventId } : {}) });
  }

  /** The round goes no further than this stage. */
  stopsBy(stage: Stage): boolean {
    return STAGES.indexOf(this.o.until) <= STAGES.indexOf(stage);
  }
}
