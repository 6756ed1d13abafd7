/**
 * Reads a kernel array. The kernels keep every index in bounds (sentinel nodes stand in for "none"),
 * which the compiler cannot see; one checked place is better than a fallback value at every read.
 * Small enough to be inlined always.
 */
export function at(array: Int32Array, index: number): number {
  // In bounds by the callers' invariant, so never undefined.
  return array[index] as number;
}

/** As `at`, for real numbers. */
export function realAt(array: Float64Array, index: number): number {
  // In bounds by the callers' invariant, so never undefined.
  return array[index] as number;
}

/** An element of an ordinary list whose index is known to be in range. */
export function item<T>(list: readonly T[], index: number): T {
  // In range by the caller's invariant; a wrong index would be a bug of this package.
  return list[index] as T;
}

/** As `at`, for flags. Each kind of array has its own function, so that each stays fast. */
export function flagAt(array: Uint8Array, index: number): number {
  // In bounds by the callers' invariant, so never undefined.
  return array[index] as number;
}
