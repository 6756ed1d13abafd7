import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getJob } from '../jobs/contract.ts';
import { type Actor, startTestApp, type TestApp } from '../testkit/index.ts';
import * as c from './contract.ts';
import { isPrinterAddress } from './send.ts';

const HERE = '127.0.0.1';
let t: TestApp;
let admin: Actor;
let worker: Actor;
let printer: Server;
/** What the printer was sent. */
let heard = '';

const fields = { name: '收货台', place: '一号库', host: HERE, media: '60x40' };

beforeAll(async () => {
  t = await startTestApp({
    background: true,
    modules: [],
    identity: {
      kinds: {},
      roles: {
        owner: { title: { zh: '负责人', en: 'Owner' }, permissions: ['*'] },
        worker: {
          title: { zh: '工人', en: 'Worker' },
          permissions: ['platform.printer:use', 'platform.job:read'],
        },
      },
    },
  });
  const org = await t.org('第一家');
  admin = await org.as('owner');
  worker = await org.as('worker');
  printer = createServer((socket) => {
    socket.on('data', (d) => {
      heard += d.toString('ascii');
    });
    socket.on('error', () => {});
  });
  // of the two ports that labels may go to, the one that is seldom taken by something else
  printer.listen(6101, HERE);
  await once(printer, 'listening');
});
afterAll(async () => {
  await t.stop();
  if (printer.listening) printer.close();
});

async function ended(jobId: string) {
  for (let left = 200; left > 0; left--) {
    const job = await worker.ok(getJob, { params: { jobId } });
    if (job.state === 'done' || job.state === 'failed') return job;
    await setTimeout(50);
  }
  throw new Error('the job does not end');
}

test('a label goes to the printer as it is; nobody waits for its side to close', async () => {
  const made = await admin.ok(c.addPrinter, { body: { ...fields, port: 6101 } });
  const { jobId } = await worker.ok(c.testPrinter, { params: { printerId: made.id } });
  expect(await ended(jobId)).toMatchObject({ state: 'done' });
  expect(heard).toMatch(/^\^XA.*\^FDZaizao 60x40 mm\^FS\^XZ$/);
});

test('a printer that does not answer is named in the job', async () => {
  const away = await admin.ok(c.addPrinter, { body: { ...fields, name: '关着的', port: 6101 } });
  printer.close();
  await once(printer, 'close');
  const { jobId } = await worker.ok(c.testPrinter, { params: { printerId: away.id } });
  const job = await ended(jobId);
  expect(job).toMatchObject({ state: 'failed', error: { code: 'PRINTER_SILENT' } });
  expect(job.error?.title).toContain('127.0.0.1:6101');
});

test('only administrators name addresses, of private networks, at two ports, once a name', async () => {
  const add = (body: object) => admin.call(c.addPrinter, { body: { ...fields, ...body } as never }); // wrong on purpose
  expect((await add({ name: 'a', port: 80 })).status).toBe(400);
  for (const host of ['example.com', 'localhost', '8.8.8.8', '169.254.169.254', '0.0.0.0', '::']) {
    expect((await add({ name: 'b', host })).body, host).toMatchObject({ code: 'PRINTER_ADDRESS' });
  }
  expect((await add({})).body).toMatchObject({ code: 'PRINTER_NAME_TAKEN' });
  expect(await worker.refused(c.addPrinter, { body: fields })).toBe('PERMISSION_DENIED');
  const other = await (await t.org('第二家')).as('owner');
  expect(await other.refused(c.addPrinter, { body: fields })).toBe('PRINTER_ADDRESS');
  expect(await other.ok(c.listPrinters, {})).toEqual({ items: [] });
  const [mine] = (await worker.ok(c.listPrinters, {})).items;
  const params = { printerId: mine?.id ?? '' };
  expect(await other.refused(c.testPrinter, { params })).toBe('PRINTER_NOT_FOUND');
  const moved = { ...fields, name: '新名字', host: '192.168.1.50' };
  const edited = await admin.ok(c.editPrinter, { params, version: 1, body: moved });
  expect(edited).toMatchObject({ name: '新名字', host: '192.168.1.50', version: 2 });
  expect(await admin.refused(c.editPrinter, { params, version: 1, body: moved })).toBe(
    'STALE_VERSION',
  );
  await admin.ok(c.removePrinter, { params });
  expect(await admin.refused(c.removePrinter, { params })).toBe('PRINTER_NOT_FOUND');
});

test('private networks are printers’ places, this machine only for its administrator', () => {
  for (const host of ['10.1.2.3', '172.20.0.9', '192.168.0.7', '100.64.1.1', 'fd00::5']) {
    expect(isPrinterAddress(host, false), host).toBe(true);
  }
  for (const host of ['172.32.0.1', '::ffff:8.8.8.8', 'fe80::1', '224.0.0.1', 'printer.local']) {
    expect(isPrinterAddress(host, true), host).toBe(false);
  }
  expect([isPrinterAddress('127.0.0.1', false), isPrinterAddress('::1', true)]).toEqual([
    false,
    true,
  ]);
});
