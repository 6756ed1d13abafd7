import type { QueryClient } from '@tanstack/react-query';
import { refresh } from './hooks.ts';

/** What the live stream carries: the topic `cores.core-graded` and the event's payload. */
export interface LiveEvent {
  readonly topic: string;
  readonly payload: unknown;
}

type Listener = (event: LiveEvent) => void;
const listeners = new Set<Listener>();

/** Hears every live event of the organisation, e.g. to move a curve; returns how to stop. */
export function onLive(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Reads one message of the stream; undefined for anything else. */
export function liveEventOf(data: string): LiveEvent | undefined {
  try {
    const event: unknown = JSON.parse(data);
    if (typeof event !== 'object' || event === null || !('topic' in event)) return undefined;
    const payload = 'payload' in event ? event.payload : undefined;
    return typeof event.topic === 'string' ? { topic: event.topic, payload } : undefined;
  } catch {
    return undefined;
  }
}

/** Milliseconds in which the topics of a burst are gathered into one refresh. */
const GATHER = 400;

/**
 * Opens the live stream: an event of `cores.…` makes what is on screen of `cores` read again.
 * After a broken connection everything is read again, since events were missed.
 */
export function startLive(client: QueryClient): () => void {
  const modules = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasBroken = false;
  const source = new EventSource('/api/v1/live');
  source.onopen = () => {
    if (wasBroken) void client.invalidateQueries();
    wasBroken = false;
  };
  source.onerror = () => {
    wasBroken = true;
  };
  source.onmessage = ({ data }) => {
    const event = typeof data === 'string' ? liveEventOf(data) : undefined;
    if (!event) return;
    for (const listener of listeners) listener(event);
    modules.add(event.topic.split('.')[0] ?? event.topic);
    timer ??= setTimeout(() => {
      timer = undefined;
      refresh(client, [...modules]);
      modules.clear();
    }, GATHER);
  };
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
