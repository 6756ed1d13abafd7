import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseJson, validateDocument } from '@zaizao/epcis';
import { readCapture } from '../domain/prepare.ts';
import { groupsOfAll } from '../log/leaf.ts';
import { plainCapture } from '../service/plain-reading.ts';
import { BATCH, type Document } from './documents.ts';
import { round } from './reading.ts';

/** Microseconds of processor time an event that each step of reading a document takes, by itself. */
export function readingSteps(documents: readonly Document[]): Readonly<Record<string, number>> {
  const some = documents.slice(0, 20);
  const how = { isXml: false, nowUs: Date.now() * 1000, limit: 10_000 };
  const parsed = some.map((d) => parseJson(d.body));
  const prepared = some.flatMap((d) => {
    const reading = readCapture(d.body, how);
    return reading.kind === 'prepared' ? [reading.prepared] : [];
  });
  const secrets = randomBytes(32 * BATCH);
  const committed = prepared.map((p) => groupsOfAll(p.accepted, secrets, true));
  const parse = cost(some.length, () => some.map((d) => parseJson(d.body)));
  const validate = cost(some.length, () => parsed.map((json) => validateDocument(json)));
  const whole = cost(some.length, () => some.map((d) => readCapture(d.body, how)));
  return {
    parse,
    validate,
    hashAndIndex: round(whole - parse - validate),
    commit: cost(some.length, () => {
      return prepared.map((p) => groupsOfAll(p.accepted, secrets, true));
    }),
    columns: cost(some.length, () => {
      return prepared.map((p, i) => {
        return plainCapture(p, secrets, committed[i] ?? { bytes: new Uint8Array(0), ends: [] });
      });
    }),
  };
}

function cost(documents: number, work: () => unknown): number {
  for (let i = 0; i < 3; i++) work();
  const before = process.cpuUsage();
  for (let i = 0; i < 5; i++) work();
  const { user } = process.cpuUsage(before);
  return round(user / (5 * documents * BATCH));
}

/** Microseconds of processor time that a process and its children have taken; undefined where it can't be read. */
export function processorTime(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    let ticks = 0;
    for (const one of [String(pid), ...children].filter((p) => p !== '')) {
      // Fields after the command, which is in brackets; those of ended children are the parent's.
      const fields = readFileSync(`/proc/${one}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      const own = one === String(pid) ? [11, 12, 13, 14] : [11, 12];
      for (const field of own) ticks += Number(fields[field] ?? 0);
    }
    return ticks * 10_000;
  } catch {
    return undefined; // another system, or a process that ended just now
  }
}
