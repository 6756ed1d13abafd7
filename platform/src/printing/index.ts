import { sql } from 'kysely';
import type { z } from 'zod';
import { sqlState } from '../db/index.ts';
import { httpErrors } from '../http/contract.ts';
import { type Ctx, type Module, route } from '../http/index.ts';
import { defineJob, startJob } from '../jobs/index.ts';
import { err, newId, ok, type Result } from '../kernel/index.ts';
import * as c from './contract.ts';
import { isPrinterAddress, sendRaw } from './send.ts';

type Fields = z.output<typeof c.PrinterFields>;

/** A label printer of the organisation. */
export interface Printer extends Omit<Fields, 'port'> {
  readonly id: string;
  readonly port: number;
  readonly version: number;
}

/** The organisation that set the installation up: only it may name this machine as a printer. */
const OPERATOR = 1;
const UNIQUE = '23505';

const columns = sql`id, name, place, host, port, media, dpmm, version`;

/** A printer of the caller's organisation. */
export async function findPrinter(
  ctx: Pick<Ctx, 'tx' | 'org'>,
  id: string,
): Promise<Result<Printer>> {
  const r = await sql<Printer>`select ${columns} from zaizao.printer
    where org_id = ${ctx.org.no} and id = ${id}`.execute(ctx.tx);
  return r.rows[0] ? ok(r.rows[0]) : err(c.printerErrors.PRINTER_NOT_FOUND());
}

const printJob = defineJob<{ printerId: string; bytes: string }>({
  kind: 'platform.print',
  handle: async (run, { printerId, bytes }) => {
    const printer = await run.inTx((ctx) => findPrinter(ctx, printerId));
    if (!printer.ok) return printer;
    const { name, host, port } = printer.value;
    try {
      await sendRaw({ host, port }, Buffer.from(bytes, 'base64'), run.signal);
      return ok({ printer: name });
    } catch {
      return err(c.printerErrors.PRINTER_SILENT({ name, address: `${host}:${port}` }));
    }
  },
});

/** Queues bytes in the printer's own language (ZPL II); answers the job that brings them there. */
export function queuePrint(ctx: Ctx, printer: Printer, bytes: Uint8Array): Promise<string> {
  const body = Buffer.from(bytes).toString('base64');
  return startJob(ctx, printJob, { printerId: printer.id, bytes: body });
}

export const printingModule: Module = {
  name: 'printing',
  routes: [
    route(c.listPrinters, async (ctx) => {
      const r = await sql<Printer>`select ${columns} from zaizao.printer
        where org_id = ${ctx.org.no} order by place, name`.execute(ctx.tx);
      return ok({ items: r.rows });
    }),
    route(c.addPrinter, (ctx, { body }) =>
      written(ctx, body, async () => {
        const id = newId('printer', ctx.now.getTime());
        const r = await sql<Printer>`
          insert into zaizao.printer (org_id, id, name, place, host, port, media, dpmm, added_by, added_at)
          values (${ctx.org.no}, ${id}, ${body.name}, ${body.place}, ${body.host}, ${body.port},
            ${body.media}, ${body.dpmm}, ${`${ctx.principal.kind}:${ctx.principal.id}`}, ${ctx.now})
          returning ${columns}`.execute(ctx.tx);
        await ctx.audit('platform.printer-added', id, { host: body.host, port: body.port });
        return r.rows[0];
      }),
    ),
    route(c.editPrinter, async (ctx, { params, version, body }) => {
      const standing = await findPrinter(ctx, params.printerId);
      if (!standing.ok) return standing;
      return written(ctx, body, async () => {
        const r = await sql<Printer>`
          update zaizao.printer set name = ${body.name}, place = ${body.place}, host = ${body.host},
            port = ${body.port}, media = ${body.media}, dpmm = ${body.dpmm}, version = version + 1
          where org_id = ${ctx.org.no} and id = ${params.printerId} and version = ${version}
          returning ${columns}`.execute(ctx.tx);
        await ctx.audit('platform.printer-edited', params.printerId, {
          ...{ host: body.host, port: body.port },
        });
        return r.rows[0];
      });
    }),
    route(c.removePrinter, async (ctx, { params }) => {
      const r = await sql<{ id: string }>`delete from zaizao.printer
        where org_id = ${ctx.org.no} and id = ${params.printerId} returning id`.execute(ctx.tx);
      if (!r.rows[0]) return err(c.printerErrors.PRINTER_NOT_FOUND());
      await ctx.audit('platform.printer-removed', params.printerId, {});
      return ok({ id: params.printerId });
    }),
    route(c.testPrinter, async (ctx, { params }) => {
      const printer = await findPrinter(ctx, params.printerId);
      if (!printer.ok) return printer;
      return ok({ jobId: await queuePrint(ctx, printer.value, testLabel(printer.value)) });
    }),
  ],
};

/** Writes a printer whose address is good; its name stands once in an organisation. */
async function written(
  ctx: Ctx,
  body: Fields,
  write: () => Promise<Printer | undefined>,
): Promise<Result<Printer>> {
  if (!isPrinterAddress(body.host, ctx.org.no === OPERATOR)) {
    return err(c.printerErrors.PRINTER_ADDRESS({ host: body.host }));
  }
  try {
    const row = await write();
    return row ? ok(row) : err(httpErrors.STALE_VERSION());
  } catch (e) {
    if (sqlState(e) !== UNIQUE) throw e;
    return err(c.printerErrors.PRINTER_NAME_TAKEN({ name: body.name }));
  }
}

/** A frame as large as the label, so that one sees whether size and resolution are right. */
function testLabel({ media, dpmm }: Printer): Uint8Array {
  const [width = 0, height = 0] = media.split('x').map((mm) => Number(mm) * dpmm);
  const zpl = [
    `^XA^PW${width}^LL${height}`,
    `^FO8,8^GB${width - 16},${height - 16},4^FS`,
    `^FO${3 * dpmm},${3 * dpmm}^A0N,${4 * dpmm},${4 * dpmm}^FDZaizao ${media} mm^FS^XZ`,
  ];
  return Buffer.from(zpl.join(''), 'ascii');
}
