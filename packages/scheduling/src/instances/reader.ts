/** Largest time that an instance may hold; sums of them stay exact. */
const MOST_TIME = 100_000_000;

/** Largest count that is worth looping over. */
const MOST_COUNT = 100_000;

/** What a number is, for the sentence that refuses it. */
interface Kind {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

/**
 * Reads an instance file number by number and remembers the first thing that is wrong, with its
 * line. After that every number read is 0, so that readers need to look at `fault` at their ends
 * only. Lines that begin with # and blank lines are left out.
 */
export class NumberReader {
  readonly #words: string[] = [];
  readonly #lines: number[] = [];
  /** Index of the word that begins each line that is not left out. */
  readonly #starts: number[] = [];
  #next = 0;
  fault: string | undefined;

  constructor(text: string) {
    for (const [index, line] of text
      .replace(/^\uFEFF/, '')
      .split(/\r\n|\r|\n/)
      .entries()) {
      const words = line.split(/\s+/).filter(Boolean);
      if (words.length === 0 || words[0]?.startsWith('#')) continue;
      this.#starts.push(this.#words.length);
      for (const word of words) {
        this.#words.push(word);
        this.#lines.push(index + 1);
      }
    }
  }

  /** Lines with numbers. */
  get rows(): number {
    return this.#starts.length;
  }

  /** Numbers left of the row that the next number is in; 0 at a row's end. */
  leftIn(row: number): number {
    return (this.#starts[row + 1] ?? this.#words.length) - this.#next;
  }

  /** Says what is wrong, once; the line is that of the number read last. */
  refuse(what: string): void {
    const last = Math.min(this.#next, this.#words.length) - 1;
    const line = this.#lines[Math.max(0, last)] ?? 1;
    this.fault ??= `line ${line}: ${what}`;
  }

  count(name: string, most = MOST_COUNT, least = 0): number {
    return this.#whole({ name, least, most });
  }

  time(): number {
    return this.#whole({ name: 'a time', least: 0, most: MOST_TIME });
  }

  /** A number that is not needed: the mean flexibility of a header. */
  skip(): void {
    const word = this.#words[this.#next++];
    if (word === undefined) this.refuse('the file ends here');
    else if (!Number.isFinite(Number(word))) this.refuse(`“${shown(word)}” is not a number`);
  }

  #whole({ name, least, most }: Kind): number {
    if (this.fault !== undefined) return 0;
    const word = this.#words[this.#next++];
    if (word === undefined) {
      this.refuse(`the file ends where ${name} is expected`);
      return 0;
    }
    const value = Number(word);
    // Whole numbers are also written 5.0; forms such as 0x10 are no numbers here.
    if (/^[+-]?\d+(?:\.0*)?$/.test(word) && value >= least && value <= most) return value;
    this.refuse(`“${shown(word)}” is not ${name}, a whole number from ${least} to ${most}`);
    return 0;
  }
}

function shown(word: string): string {
  return word.length > 20 ? `${word.slice(0, 20)}…` : word;
}
