// @ts-check
// Decoders: what comes over the wire is checked, field by field, before any view sees it.

/** @template T @typedef {(value: unknown, path: string) => T} Decoder */

export class DecodeError extends Error {
  /** @param {string} path @param {string} wanted @param {unknown} found */
  constructor(path, wanted, found) {
    super(`${path}: expected ${wanted}, found ${found === null ? "null" : typeof found}`);
  }
}

/** @type {Decoder<string>} */
export const string = (value, path) => {
  if (typeof value !== "string") throw new DecodeError(path, "text", value);
  return value;
};

/** @type {Decoder<number>} */
export const number = (value, path) => {
  if (typeof value !== "number") throw new DecodeError(path, "a number", value);
  return value;
};

/** @type {Decoder<boolean>} */
export const boolean = (value, path) => {
  if (typeof value !== "boolean") throw new DecodeError(path, "true or false", value);
  return value;
};

/** @template T @param {Decoder<T>} decode @returns {Decoder<T | null>} */
export const nullable = (decode) => (value, path) => (value === null ? null : decode(value, path));

/** @template T @param {Decoder<T>} decode @returns {Decoder<T[]>} */
export const list = (decode) => (value, path) => {
  if (!Array.isArray(value)) throw new DecodeError(path, "a list", value);
  return value.map((item, place) => decode(item, `${path}[${place}]`));
};

/** @template A, B @param {Decoder<A>} first @param {Decoder<B>} second @returns {Decoder<[A, B]>} */
export const pair = (first, second) => (value, path) => {
  if (!Array.isArray(value) || value.length !== 2) throw new DecodeError(path, "a pair", value);
  return [first(value[0], `${path}[0]`), second(value[1], `${path}[1]`)];
};

/** @template T @param {Decoder<T>} decode @returns {Decoder<Record<string, T>>} */
export const mapping = (decode) => (value, path) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new DecodeError(path, "an object", value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, decode(item, `${path}.${name}`)]));
};

/**
 * An object with exactly these fields.
 * @template {Record<string, Decoder<any>>} S
 * @param {S} shape
 * @returns {Decoder<{ [K in keyof S]: ReturnType<S[K]> }>}
 */
export const record = (shape) => {
  const fields = Object.entries(shape);
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new DecodeError(path, "an object", value);
    const given = /** @type {Record<string, unknown>} */ (value);
    for (const name in given) if (!Object.hasOwn(shape, name)) throw new DecodeError(`${path}.${name}`, "no such field", given[name]);
    /** @type {Record<string, any>} */
    const read = {};
    for (const [name, decode] of fields) read[name] = decode(given[name], `${path}.${name}`);
    return /** @type {any} */ (read);
  };
};
