/** One application identifier and its value, for example `{ ai: '01', value: '09520123456788' }`. */
export interface Element {
  readonly ai: string;
  readonly value: string;
}

/** The value of the first element with that application identifier. */
export function valueFor(elements: readonly Element[], ai: string): string | undefined {
  return elements.find((element) => element.ai === ai)?.value;
}
