import fc from 'fast-check';
import { expect, describe as group, test } from 'vitest';
import {
  calibrate,
  confidenceOf,
  DESCRIPTOR_LENGTH,
  describe,
  type Example,
  guess,
  type Image,
  similarity,
  strengthOf,
} from './index.ts';

/** A small generator with a fixed seed. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

type Kind = 'disc' | 'bar' | 'teeth';

/** A grey thing on a bench, turned, moved, lit and dirty by chance. */
function drawn(kind: Kind, next: () => number, size = 160): Image {
  const data = new Uint8Array(size * size * 4);
  const [cx, cy] = [size * (0.45 + 0.1 * next()), size * (0.45 + 0.1 * next())];
  const turn = next() * 0.5;
  const light = 0.7 + 0.3 * next();
  const scale = size * (0.28 + 0.06 * next());
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [u, v] = [(x - cx) / scale, (y - cy) / scale];
      const [a, b] = [
        u * Math.cos(turn) + v * Math.sin(turn),
        v * Math.cos(turn) - u * Math.sin(turn),
      ];
      const d = Math.hypot(a, b);
      const isIn =
        kind === 'disc'
          ? d < 1
          : kind === 'bar'
            ? Math.abs(b) < 0.35 && Math.abs(a) < 1.4
            : d < 0.8 + 0.25 * Math.sign(Math.sin(12 * Math.atan2(b, a)));
      const tone = (isIn ? 150 : 60) * light + 20 * next();
      const rgb = isIn ? [tone, tone * 0.98, tone * 0.94] : [tone, tone * 0.8, tone * 0.6];
      for (let c = 0; c < 3; c++) data[4 * (y * size + x) + c] = rgb[c] ?? 0;
      data[4 * (y * size + x) + 3] = 255;
    }
  }
  return { width: size, height: size, data };
}

const KINDS: readonly Kind[] = ['disc', 'bar', 'teeth'];

function examples(each: number, seed: number): Example[] {
  const next = random(seed);
  return KINDS.flatMap((label) =>
    Array.from({ length: each }, (_, i) => ({
      label,
      group: `${label} ${i}`,
      vector: describe(drawn(label, next)),
    })),
  );
}

group('a descriptor', () => {
  test('has its length, length one, and is the same for the same picture at another size', () => {
    const next = random(1);
    const small = drawn('disc', next, 120);
    const v = describe(small);
    expect(v).toHaveLength(DESCRIPTOR_LENGTH);
    expect(similarity(v, v)).toBeCloseTo(1, 5);
    const large: Image = { width: 240, height: 240, data: new Uint8Array(240 * 240 * 4) };
    const pixels = large.data as Uint8Array; // made above
    for (let i = 0; i < 240 * 240; i++) {
      const from = 4 * (Math.floor(Math.floor(i / 240) / 2) * 120 + Math.floor((i % 240) / 2));
      for (let c = 0; c < 4; c++) pixels[4 * i + c] = small.data[from + c] ?? 0;
    }
    expect(similarity(v, describe(large))).toBeGreaterThan(0.99);
  });

  test('is made of any picture, however small or plain', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(255),
        (w, h, tone) => {
          const v = describe({ width: w, height: h, data: new Uint8Array(w * h * 4).fill(tone) });
          expect(v.every((x) => Number.isFinite(x) && x >= 0)).toBe(true);
          expect(similarity(v, v)).toBeLessThan(1.000_01);
        },
      ),
      { numRuns: 20 },
    );
  });
});

group('telling by neighbours', () => {
  const known = examples(12, 3);

  test('tells drawn kinds it has not seen, and never lets a thing vouch for itself', () => {
    const fresh = examples(10, 99);
    const right = fresh.filter((e) => guess(e.vector, known)[0]?.label === e.label).length;
    expect(right).toBeGreaterThanOrEqual(28); // of 30
    const [only] = known;
    if (!only) throw new Error('made above');
    expect(guess(only.vector, [only], only.group)).toEqual([]);
    const all = guess(only.vector, known);
    expect(all[0]).toMatchObject({ label: only.label });
    expect(all.reduce((n, g) => n + g.score, 0)).toBeCloseTo(1, 9);
  });

  test('confidence rises with strength, and is never certain of few examples', () => {
    const c = calibrate(known);
    expect(c.tried).toBe(36);
    const confidences = c.steps.map((s) => s.confidence);
    expect(confidences).toEqual(confidences.toSorted((a, b) => a - b));
    expect(confidenceOf(c, 1)).toBeLessThan(1);
    const two = calibrate(known.slice(0, 2));
    expect(confidenceOf(two, 1)).toBeLessThanOrEqual(0.75);
    expect(calibrate([])).toEqual({ tried: 0, right: 0, steps: [] });
    expect(confidenceOf(calibrate([]), 1)).toBe(0);
  });

  test('labels that mean nothing are not believed: right by chance, confidence near one half or below', () => {
    const next = random(5);
    const shuffled = examples(20, 7).map((e) => ({ ...e, label: next() < 0.5 ? 'a' : 'b' }));
    const c = calibrate(shuffled);
    const [best] = guess(shuffled[0]?.vector ?? new Float32Array(DESCRIPTOR_LENGTH), shuffled);
    expect(c.right / c.tried).toBeLessThan(0.75);
    expect(confidenceOf(c, best ? strengthOf(best) * 0.7 : 0)).toBeLessThan(0.7);
  });
});
