import type { JsonObject, JsonValue } from '@zaizao/tlog';

/** JSON of which some members may be undefined. */
export type Sparse = { readonly [name: string]: JsonValue | undefined };

/** JSON without the members that are undefined. */
export const compact = (members: Sparse): JsonObject =>
  Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
