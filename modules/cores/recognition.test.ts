import { crc32, deflateSync } from 'node:zlib';
import { uploadFile } from '@zaizao/platform/files/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findCandidates } from '../catalog/contract.ts';
import { type Plant, startPlant } from '../testing-plant.ts';
import * as c from './contract.ts';

let p: Plant;
let alternatorNumber: string;

beforeAll(async () => {
  p = await startPlant();
  const found = await p.owner.ok(findCandidates, { query: { number: 'RA-14-90' } });
  alternatorNumber = found.items[0]?.part.number ?? '';
}, 120_000);
afterAll(() => p.app.stop());

let seed = 1;
const chance = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

/** A drawn core: a long starter or a round alternator on a bench, turned, moved and lit by chance. */
function png(kind: 'starter' | 'alternator'): Uint8Array {
  const [w, h] = [160, 120];
  const rows = Buffer.alloc(h * (1 + w * 3));
  const [cx, cy, turn, light] = [
    70 + 20 * chance(),
    50 + 20 * chance(),
    chance() * 0.4,
    0.7 + 0.3 * chance(),
  ];
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [u, v] = [x - cx, y - cy];
      const [a, b] = [
        u * Math.cos(turn) + v * Math.sin(turn),
        v * Math.cos(turn) - u * Math.sin(turn),
      ];
      const isIn =
        kind === 'starter'
          ? (Math.abs(b) < 18 && Math.abs(a) < 56) || (Math.abs(b + 26) < 9 && Math.abs(a) < 30)
          : Math.hypot(a, b) < 40 &&
            (Math.hypot(a, b) < 24 || Math.sin(14 * Math.atan2(b, a)) > -0.3);
      const tone = light * (isIn ? 170 : 90) + 25 * chance();
      rows.set(
        isIn ? [tone, tone, tone * 0.96] : [tone, tone * 0.85, tone * 0.7],
        y * (1 + w * 3) + 1 + x * 3,
      );
    }
  }
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const out = Buffer.alloc(8 + body.length);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), 4 + body.length);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(w, 0);
  header.writeUInt32BE(h, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    ...[
      magic,
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', Buffer.alloc(0)),
    ],
  ]);
}

const taken = async (kind: 'starter' | 'alternator') =>
  (await p.owner.ok(uploadFile, { file: { name: 'p.png', bytes: png(kind) } })).sha256;

/** Asks, and waits for the answer. */
async function told(photo: string) {
  const asked = await p.owner.ok(c.recognisePhoto, { body: { photo } });
  expect(asked.state).toBe('working');
  await expect
    .poll(async () => (await p.owner.ok(c.getRecognition, { params: { photo } })).state, {
      timeout: 20_000,
    })
    .not.toBe('working');
  return p.owner.ok(c.getRecognition, { params: { photo } });
}

/** A core that a person received and graded: what its photos show is confirmed. */
async function graded(kind: 'starter' | 'alternator') {
  const number = kind === 'starter' ? 'RS-12-14-9T' : alternatorNumber;
  const core = await p.owner.ok(c.receiveWalkIn, {
    body: { number, supplierId: p.supplierId, channel: 'direct' },
  });
  const params = { coreId: core.id };
  const { criteria } = await p.owner.ok(c.getCoreView, { params });
  const photos = {
    front: await taken(kind),
    side: await taken(kind),
    nameplate: await taken(kind),
  };
  await p.owner.ok(c.gradeCore, {
    params,
    body: { answers: criteria.map((x) => ({ criterion: x.code, met: true })), photos },
  });
  return { core, photos };
}

test('of too few confirmed photos nothing is claimed; graded cores teach; held-out accuracy is told', async () => {
  const unknown = await taken('starter');
  expect(await p.owner.refused(c.getRecognition, { params: { photo: unknown } })).toBe(
    'RECOGNITION_UNASKED',
  );
  const first = await told(unknown);
  expect(first).toMatchObject({ state: 'too-few', proposals: [], founded: { photos: 0 } });

  for (let i = 0; i < 8; i++) {
    await graded('starter');
    await graded('alternator');
  }
  await p.app.drain();
  await expect
    .poll(async () => (await told(await taken('starter'))).founded?.photos, { timeout: 30_000 })
    .toBe(32); // front and side of sixteen cores, not the nameplates
  const starter = await told(await taken('starter'));
  expect(starter.founded).toMatchObject({ cores: 16, families: 2, tried: 32 });
  expect((starter.founded?.right ?? 0) / 32).toBeGreaterThan(0.8); // drawn pictures
  expect(starter.proposals[0]).toMatchObject({
    family: { code: 'starter' },
    parts: [{ number: 'RS-12-14-9T' }],
  });
  const sum = starter.proposals.reduce((n, g) => n + g.confidence, 0);
  expect(sum).toBeLessThanOrEqual(1.000_001);
  const other = await told(await taken('alternator'));
  expect(other.proposals[0]?.family.code).toBe('alternator');
}, 120_000);

test('what is no readable picture is said; another organisation learns nothing from ours', async () => {
  const broken = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    Buffer.from('no'),
  ]);
  const { sha256: photo } = await p.owner.ok(uploadFile, {
    file: { name: 'b.png', bytes: broken },
  });
  await p.owner.ok(c.recognisePhoto, { body: { photo } });
  const stranger = await (await p.app.org('别家厂')).as('owner');
  expect(await stranger.refused(c.recognisePhoto, { body: { photo } })).toBe('PHOTO_REQUIRED');
  const bytes = png('starter');
  const { sha256 } = await stranger.ok(uploadFile, { file: { name: 'p.png', bytes } });
  await stranger.ok(c.recognisePhoto, { body: { photo: sha256 } });
  await expect
    .poll(async () => (await stranger.ok(c.getRecognition, { params: { photo: sha256 } })).state, {
      timeout: 20_000,
    })
    .toBe('too-few');
});
