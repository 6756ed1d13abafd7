import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPart } from '../catalog/contract.ts';
import { addPartner } from '../parties/contract.ts';
import { type Plant, STARTER, startPlant } from '../testing-plant.ts';
import * as c from './contract.ts';

let p: Plant;
beforeAll(async () => {
  p = await startPlant();
});
afterAll(() => p.app.stop());

/** The parts of the pilot of returns through service networks: annex 3 of the white paper of 2018. */
const PILOT = ['engine', 'gearbox', 'alternator', 'starter', 'steering'] as const;

test('the five part types of the pilot come back through a maker’s service network, and say so (RL-09)', async () => {
  const receiver = await p.org.as('receiver');
  const network = await p.owner.ok(addPartner, {
    body: { name: '售后服务站', kind: 'repair-shop' },
  });
  for (const family of PILOT) {
    const number = family === 'starter' ? STARTER : `SN-${family.toUpperCase()}`;
    if (family !== 'starter') {
      await p.owner.ok(addPart, {
        body: {
          ...{ number, name: { zh: family, en: family }, kind: 'product', family, basis: '' },
          ...{ needsCoding: false, vinBound: false, restricted: false },
        },
      });
    }
    const taken = await receiver.ok(c.receiveWalkIn, {
      body: { supplierId: network.id, channel: 'service-network', number },
    });
    expect(taken).toMatchObject({ channel: 'service-network', part: { number } });
  }
  const { items } = await receiver.ok(c.listCores, { query: { supplierId: network.id } });
  expect(items.map((x) => x.channel)).toEqual(PILOT.map(() => 'service-network'));
});
