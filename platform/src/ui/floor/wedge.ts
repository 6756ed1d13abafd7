/** Milliseconds between keys of a scanner; hands are slower. */
const FAST = 60;
const SHORTEST = 4;

/**
 * Hears a keyboard-wedge scanner wherever the focus is: a burst of fast keys that ends with Enter or
 * Tab. Keys typed into a field by hand stay with the field.
 */
export class WedgeListener {
  readonly #onCode: (code: string) => void;
  #keys = '';
  #last = 0;

  constructor(onCode: (code: string) => void) {
    this.#onCode = onCode;
  }

  /** Takes one key press at a time (ms); true when it ended a scan, and must go no further. */
  press(key: string, at: number): boolean {
    const isBurst = at - this.#last <= FAST;
    this.#last = at;
    if (key === 'Enter' || key === 'Tab') {
      const code = this.#keys;
      this.#keys = '';
      if (!isBurst || code.length < SHORTEST) return false;
      this.#onCode(code);
      return true;
    }
    if (key.length !== 1) {
      // scanners send the GS1 group separator as a control key, which browsers name like this
      if (key === 'F8' && isBurst) this.#keys += '\u001d';
      return false;
    }
    this.#keys = isBurst ? this.#keys + key : key;
    return false;
  }
}
