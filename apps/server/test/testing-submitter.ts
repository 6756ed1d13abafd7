import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { receiveWalkIn } from '@zaizao/modules/cores/contract';
import { addInstrument } from '@zaizao/modules/instruments/contract';
import { addPartner } from '@zaizao/modules/parties/contract';
import { addStation } from '@zaizao/modules/production/contract';
import { signInDemo } from '@zaizao/platform/identity/contract';

/** One thing to be made exactly once; its marker tells it from all others in the database. */
export interface Submission {
  readonly marker: string;
  readonly path: string;
  readonly key: string;
  readonly body: unknown;
  /** The first answer; absent while none came. */
  answer?: { readonly status: number; readonly body: unknown };
}

/** Somebody who submits without pause and remembers what was acknowledged. */
export class Submitter {
  url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #supplierId: string;
  readonly acknowledged: Submission[] = [];
  /** Submissions that a kill cut off and that were sent again. */
  uncertain = 0;
  #count = 0;

  private constructor(url: string, headers: Record<string, string>, supplierId: string) {
    this.url = url;
    this.#headers = headers;
    this.#supplierId = supplierId;
  }

  static async at(url: string): Promise<Submitter> {
    const r = await fetch(new URL(signInDemo.path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ role: 'owner' }),
    });
    const cookie = r.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ');
    const headers = { cookie, 'accept-language': 'en' };
    const made = new Submitter(url, headers, '');
    const body = { name: 'supplier', kind: 'repair-shop' };
    const supplier = { marker: '', path: addPartner.path, key: randomUUID(), body };
    const answer = await made.#send(supplier);
    const { id } = (answer?.body ?? {}) as { id?: string }; // the contract of addPartner
    if (!id) throw new Error(`the supplier was not entered: ${JSON.stringify(answer)}`);
    return new Submitter(url, headers, id);
  }

  /** Submits from `width` hands at once until told to stop; answers what was sent meanwhile. */
  load(width: number): { stop(): Promise<Submission[]> } {
    let going = true;
    const sent: Submission[] = [];
    const hand = async () => {
      while (going) {
        const s = this.#next();
        sent.push(s);
        const answer = await this.#send(s);
        if (!answer) return; // the server is gone
        this.#took(s, answer);
      }
    };
    const hands = Array.from({ length: width }, hand);
    return {
      stop: async () => {
        going = false;
        await Promise.all(hands);
        return sent;
      },
    };
  }

  /**
   * Sends everything once more under its first key: what was acknowledged must be answered with the
   * same words, what was cut off must now be done.
   */
  async replay(submissions: readonly Submission[]): Promise<void> {
    const queue = [...submissions];
    const hand = async () => {
      for (let s = queue.shift(); s; s = queue.shift()) await this.#again(s);
    };
    await Promise.all(Array.from({ length: 8 }, hand));
  }

  async #again(s: Submission): Promise<void> {
    const again = await this.#send(s);
    if (!again) throw new Error('the server is gone while nobody killed it');
    if (!s.answer) {
      this.uncertain++;
      this.#took(s, again, true);
    } else if (!isDeepStrictEqual(again, s.answer) && !isRepeatedEvent(s, again.status)) {
      const both = JSON.stringify([s.answer, again]);
      throw new Error(`${s.path} ${s.marker}: acknowledged, then answered otherwise: ${both}`);
    }
  }

  #took(s: Submission, answer: { status: number; body: unknown }, again = false): void {
    if (answer.status >= 300 && !(again && isRepeatedEvent(s, answer.status))) {
      throw new Error(`${s.path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    s.answer = answer;
    this.acknowledged.push(s);
  }

  #next(): Submission {
    const n = ++this.#count;
    const name = `K-${n}`;
    const key = randomUUID();
    switch (n % 5) {
      case 0:
        return { marker: name, path: addPartner.path, key, body: { name, kind: 'repair-shop' } };
      case 1: {
        const body = { name, kind: 'dial-indicator', intervalDays: 365 };
        return { marker: name, path: addInstrument.path, key, body };
      }
      case 2:
        return { marker: name, path: addStation.path, key, body: { name, kind: 'assembly' } };
      case 3: {
        const body = {
          ...{ number: '3708010-D9A', supplierId: this.#supplierId, channel: 'direct' },
          donor: { machineSerial: name },
        };
        return { marker: name, path: receiveWalkIn.path, key, body };
      }
      default: {
        const eventID = `urn:uuid:${key}`;
        const body = {
          '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
          ...{ type: 'ObjectEvent', action: 'OBSERVE', eventID, bizStep: 'inspecting' },
          ...{ eventTime: '2026-02-01T08:00:00+08:00', eventTimeZoneOffset: '+08:00' },
          epcList: [`https://id.gs1.org/8004/9520000019${n}`],
        };
        return { marker: eventID, path: '/epcis/events', key, body };
      }
    }
  }

  async #send(s: Submission): Promise<{ status: number; body: unknown } | undefined> {
    try {
      const r = await fetch(new URL(s.path, this.url), {
        method: 'POST',
        headers: {
          ...{ ...this.#headers, origin: this.url },
          ...{ 'content-type': 'application/json', 'idempotency-key': s.key },
        },
        body: JSON.stringify(s.body),
      });
      const text = await r.text();
      return { status: r.status, body: text === '' ? undefined : JSON.parse(text) };
    } catch {
      return undefined; // the connection was cut: whether it was done is not known yet
    }
  }
}

/** The standard knows no idempotency key: an event of a known eventID is a conflict, not a second one. */
function isRepeatedEvent(s: Submission, status: number): boolean {
  return s.path.startsWith('/epcis/') && status === 409;
}
