/** Acts done one after another in the order they were asked for. */
export interface Turns<I, O> {
  /**
   * Asks for an act: it begins when those before it have ended. What is asked again while it is the
   * last in the row is the same act: two taps make one. Anything else is never dropped.
   */
  readonly ask: (input: I) => Promise<O>;
  readonly isIdle: () => boolean;
}

export function inTurn<I, O>(
  act: (input: I) => Promise<O>,
  isSame: (a: I, b: I) => boolean,
): Turns<I, O> {
  let last: { readonly input: I; readonly answer: Promise<O> } | undefined;
  return {
    ask: (input) => {
      if (last && isSame(last.input, input)) return last.answer;
      const next = () => act(input);
      // one that broke does not take those behind it along
      const answer = last ? last.answer.then(next, next) : next();
      const mine = { input, answer };
      last = mine;
      const leave = () => {
        if (last === mine) last = undefined;
      };
      answer.then(leave, leave);
      return answer;
    },
    isIdle: () => last === undefined,
  };
}
