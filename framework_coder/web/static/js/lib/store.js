// @ts-check
// One small store a screen: the view is a function of its state.

/** @template {object} S @param {S} initial */
export function makeStore(initial) {
  let state = initial;
  /** @type {Set<(state: S, before: S) => void>} */
  const listeners = new Set();
  return {
    /** @returns {S} */
    get: () => state,
    /** @param {Partial<S>} part */
    set(part) {
      const before = state;
      state = { ...state, ...part };
      for (const tell of listeners) tell(state, before);
    },
    /** @param {(state: S, before: S) => void} tell @returns {() => void} A function that ends it. */
    subscribe(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
}
