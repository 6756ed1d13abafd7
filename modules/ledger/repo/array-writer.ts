/** Numbers of PostgreSQL's types, fixed for ever (`pg_type.dat`). */
const OID = { int2: 21, int4: 23, int8: 20, text: 25, bytea: 17, jsonb: 3802 } as const;

const HEADER = 20;
/** Longer texts are better left to the engine's own encoder. */
const SHORT = 96;

/**
 * An array parameter in PostgreSQL's binary form, for `unnest`: nothing is escaped here and nothing is
 * looked for in a text there. Made in whatever thread has the values, and sent as it is.
 */
export class ArrayWriter {
  readonly #type: keyof typeof OID;
  #bytes: Buffer;
  #length = HEADER;
  #count = 0;
  #nulls = 0;

  /** @param room bytes to begin with */
  constructor(type: keyof typeof OID, room = 4_096) {
    this.#type = type;
    this.#bytes = Buffer.allocUnsafeSlow(room);
  }

  text(value: string | undefined): this {
    if (value === undefined) return this.null();
    const at = this.#begin(3 * value.length);
    return this.#end(at, this.#put(value, at));
  }

  /** @param value JSON */
  json(value: string): this {
    const at = this.#begin(3 * value.length + 1);
    this.#bytes[at] = 1; // version of the format
    return this.#end(at, 1 + this.#put(value, at + 1));
  }

  bytes(value: Uint8Array): this {
    const at = this.#begin(value.length);
    this.#bytes.set(value, at);
    return this.#end(at, value.length);
  }

  /** A safe integer into an array of `int8`, a small one into the others. */
  number(value: number): this {
    const at = this.#begin(8);
    if (this.#type === 'int2') return this.#end(at, this.#bytes.writeInt16BE(value, at) - at);
    if (this.#type === 'int4') return this.#end(at, this.#bytes.writeInt32BE(value, at) - at);
    const high = Math.floor(value / 0x1_0000_0000);
    this.#bytes.writeInt32BE(high, at);
    this.#bytes.writeUInt32BE(value - high * 0x1_0000_0000, at + 4);
    return this.#end(at, 8);
  }

  null(): this {
    const at = this.#begin(0);
    this.#nulls = 1;
    this.#bytes.writeInt32BE(-1, at - 4);
    return this;
  }

  /** The parameter; in memory of its own, which may be handed to another thread. */
  taken(): Uint8Array<ArrayBuffer> {
    const b = this.#bytes;
    const header = [this.#count === 0 ? 0 : 1, this.#nulls, OID[this.#type], this.#count, 1];
    for (const [i, word] of header.entries()) b.writeInt32BE(word, 4 * i);
    return new Uint8Array(b.subarray(0, this.#count === 0 ? 12 : this.#length));
  }

  /** Makes room for an element, behind the four bytes of its length. */
  #begin(room: number): number {
    const needed = this.#length + 4 + room;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * needed);
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#count++;
    this.#length += 4;
    return this.#length;
  }

  #end(at: number, length: number): this {
    this.#bytes.writeInt32BE(length, at - 4);
    this.#length = at + length;
    return this;
  }

  #put(value: string, at: number): number {
    if (value.length > SHORT) return this.#bytes.write(value, at);
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code > 127) return this.#bytes.write(value, at);
      this.#bytes[at + i] = code;
    }
    return value.length;
  }
}
