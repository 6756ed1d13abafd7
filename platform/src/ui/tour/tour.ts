import type { Text } from '../../kernel/index.ts';

/** A page of the application with what it shows. */
export interface TourPlace {
  readonly to: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly search?: Readonly<Record<string, string>>;
}

/** One step of a guided tour. */
export interface TourStep {
  readonly id: string;
  readonly title: Text;
  readonly body: Text;
  /** The page it happens on; the tour goes there. */
  readonly to?: TourPlace;
  /** Looks for the thing that the step is about; where there is none, `to` says where one begins. */
  readonly find?: () => Promise<TourPlace | undefined>;
  /** CSS selector of what it points at, e.g. `[data-tour="grade"]`. */
  readonly target?: string;
  /** The demo role the step is played in; the tour signs in as it. */
  readonly role?: string;
  /** The step is done when this holds; until then "next" waits. Asked twice a second. */
  readonly until?: () => boolean;
}

interface TourState {
  readonly name: string;
  readonly steps: readonly TourStep[];
  readonly at: number;
}

let state: TourState | undefined;
const listeners = new Set<() => void>();

function set(next: TourState | undefined): void {
  state = next;
  try {
    if (next)
      sessionStorage.setItem('zaizao.tour', JSON.stringify({ name: next.name, at: next.at }));
    else sessionStorage.removeItem('zaizao.tour');
  } catch {
    // storage forbidden: the tour lasts as long as the page
  }
  for (const listener of listeners) listener();
}

/** Starts a tour, or goes on with it where a reload broke it off. */
export function startTour(name: string, steps: readonly TourStep[], at = 0): void {
  set(steps.length ? { name, steps, at: Math.min(Math.max(at, 0), steps.length - 1) } : undefined);
}

/** The tour that a reload broke off, if any. */
function brokenTour(): { name: string; at: number } | undefined {
  try {
    const saved: unknown = JSON.parse(sessionStorage.getItem('zaizao.tour') ?? 'null');
    if (typeof saved !== 'object' || saved === null) return undefined;
    if (!('name' in saved) || !('at' in saved)) return undefined;
    return typeof saved.name === 'string' && typeof saved.at === 'number'
      ? { name: saved.name, at: saved.at }
      : undefined;
  } catch {
    return undefined;
  }
}

export function endTour(): void {
  set(undefined);
}

export function moveTour(by: number): void {
  if (!state) return;
  const at = state.at + by;
  if (at >= state.steps.length) endTour();
  else if (at >= 0) set({ ...state, at });
}

export function currentTour(): TourState | undefined {
  return state;
}

export function onTour(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A tour that the front door of the demonstration offers. */
export interface OfferedTour {
  readonly name: string;
  readonly title: Text;
  readonly lead: Text;
  readonly load: () => Promise<readonly TourStep[]>;
}

let offer: OfferedTour | undefined;

/** Says which tour there is; once, before anything is drawn. */
export function offerTour(tour: OfferedTour): void {
  offer = tour;
}

export function offeredTour(): OfferedTour | undefined {
  return offer;
}

/** Starts the offered tour. */
export async function beginTour(at = 0): Promise<void> {
  if (offer) startTour(offer.name, await offer.load(), at);
}

/** Goes on with the offered tour where a reload broke it off. */
export async function resumeTour(): Promise<void> {
  const broken = brokenTour();
  if (broken && broken.name === offer?.name) await beginTour(broken.at);
}
