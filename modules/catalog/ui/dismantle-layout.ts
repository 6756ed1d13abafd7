/** Where each joint of a precedence picture stands: a column for each step of waiting. */
export interface JointAt {
  readonly code: string;
  readonly x: number;
  readonly y: number;
}

export const JOINT = { width: 176, height: 46, gapX: 36, gapY: 12 };

/**
 * Lays joints out from left to right: each stands right of all it waits for. Joints waiting for
 * unknown codes stand as if they did not wait.
 */
export function joinPicture(
  joins: readonly { readonly code: string; readonly after: readonly string[] }[],
): { nodes: JointAt[]; edges: { from: JointAt; to: JointAt }[]; width: number; height: number } {
  const byCode = new Map(joins.map((j) => [j.code, j]));
  const level = new Map<string, number>();
  const levelOf = (code: string, above: readonly string[]): number => {
    const known = level.get(code);
    if (known !== undefined) return known;
    if (above.includes(code)) return 0; // a ring cannot be stored; a draft may have one
    const before = (byCode.get(code)?.after ?? []).filter((c) => byCode.has(c));
    const own = Math.max(-1, ...before.map((c) => levelOf(c, [...above, code]))) + 1;
    level.set(code, own);
    return own;
  };
  const used: number[] = [];
  const nodes = joins.map(({ code }) => {
    const column = levelOf(code, []);
    const row = used[column] ?? 0;
    used[column] = row + 1;
    const x = column * (JOINT.width + JOINT.gapX) + 8;
    return { code, x, y: row * (JOINT.height + JOINT.gapY) + 8 };
  });
  const at = new Map(nodes.map((n) => [n.code, n]));
  const edges = joins.flatMap((j) =>
    j.after.flatMap((c) => {
      const from = at.get(c);
      const to = at.get(j.code);
      return from && to ? [{ from, to }] : [];
    }),
  );
  const rows = Math.max(1, ...used.filter((n) => n !== undefined));
  return {
    nodes,
    edges,
    width: used.length * (JOINT.width + JOINT.gapX) + 16,
    height: rows * (JOINT.height + JOINT.gapY) + 8,
  };
}
