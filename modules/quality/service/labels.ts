import { parseDigitalLink } from '@zaizao/gs1';
import { getPart } from '@zaizao/modules/catalog';
import { getCore } from '@zaizao/modules/cores';
import { getComponent } from '@zaizao/modules/dismantling';
import { findThing, type Thing } from '@zaizao/modules/ledger';
import { organisationOf } from '@zaizao/modules/parties';
import { getUnit, parcelBySscc } from '@zaizao/modules/production';
import type { Ctx } from '@zaizao/platform/http';
import { dayIn, err, ok, type Result } from '@zaizao/platform/kernel';
import { findPrinter, queuePrint } from '@zaizao/platform/printing';
import type { z } from 'zod';
import { productStandard } from '../certificate/standards.ts';
import { LabelSize, type printLabel, qualityErrors, type sendLabel } from '../contract.ts';
import { linkOn } from '../domain/link.ts';
import type { LabelSubject } from '../label/layout.ts';

type Asked = z.output<(typeof printLabel)['query']>;

/** The label of a scanned thing in the format asked for. A unit’s without its mark is refused. */
export async function labelOf(ctx: Ctx, asked: Asked) {
  const sscc = SSCC.exec(asked.epc)?.[1];
  const thing = sscc ? undefined : await findThing(ctx, asked.epc);
  if (!sscc && !thing) {
    return err(qualityErrors.LABEL_THING_UNKNOWN({ code: asked.epc.slice(0, 80) }));
  }
  const subject = sscc
    ? await parcelSubject(ctx, sscc)
    : thing
      ? await subjectOf(ctx, thing)
      : err(qualityErrors.LABEL_KIND());
  if (!subject.ok) return subject;
  // Drawing needs fonts and symbols of megabytes, which a server reads only once a label is asked for.
  const { drawLabel } = await import('../label/draw.ts');
  const drawn = await drawLabel(subject.value, asked, ctx.now);
  if (!drawn) return err(qualityErrors.LABEL_MARK_MISSING());
  return ok({ ...drawn, fileName: `${subject.value.code}.${asked.format}` });
}

/** Sends the label of a thing to a printer, in the printer's own size; answers the job that does. */
export async function sendLabelTo(
  ctx: Ctx,
  { epc, printerId, copies }: z.output<(typeof sendLabel)['body']>,
): Promise<Result<{ jobId: string }>> {
  const printer = await findPrinter(ctx, printerId);
  if (!printer.ok) return printer;
  const { name, media, dpmm } = printer.value;
  const size = LabelSize.safeParse(media);
  if (!size.success) return err(qualityErrors.LABEL_SIZE_UNKNOWN({ name, media }));
  const drawn = await labelOf(ctx, { epc, format: 'zpl', size: size.data, dpmm });
  if (!drawn.ok) return drawn;
  const one = Buffer.from(drawn.value.body);
  const all = Buffer.concat(Array.from({ length: copies }, () => one));
  return ok({ jobId: await queuePrint(ctx, printer.value, all) });
}

/** A serial shipping container code: as Digital Link, element string or digits. */
const SSCC = /^(?:https?:\/\/[^/]+\/00\/|\(00\)|00)?(\d{18})$/;

/** The logistic label: the parcel’s number, what is in it, what it weighs. */
async function parcelSubject(ctx: Ctx, sscc: string): Promise<Result<LabelSubject>> {
  const parcel = await parcelBySscc(ctx, sscc);
  if (!parcel.ok) return parcel;
  const unit = await getUnit(ctx, parcel.value.unitId);
  if (!unit.ok) return unit;
  const { part, serial } = unit.value;
  return ok({
    about: 'parcel',
    code: sscc,
    name: part.name[ctx.lang],
    number: part.number,
    lines: [serial, `${parcel.value.grossG} g`, ctx.org.name],
    link: linkOn(ctx.app.config.publicUrl, parcel.value.epc),
    elements: `(00)${sscc}`,
  });
}

type Described = Pick<LabelSubject, 'about' | 'name' | 'number' | 'lines'>;

async function subjectOf(ctx: Ctx, thing: Thing): Promise<Result<LabelSubject>> {
  const described = await describe(ctx, thing);
  if (!described.ok) return described;
  const parsed = parseDigitalLink(thing.epc);
  if (!parsed.ok) return err(qualityErrors.LABEL_KIND());
  const elements = parsed.value.path.map((e) => `(${e.ai})${e.value}`).join('');
  const link = linkOn(ctx.app.config.publicUrl, thing.epc);
  return ok({ ...described.value, code: thing.code, link, elements });
}

async function describe(ctx: Ctx, thing: Thing): Promise<Result<Described>> {
  const maker = await organisationOf(ctx);
  const day = (at: Date) => dayIn(maker.zone, at);
  const about = thing.kind;
  if (about === 'unit') {
    const unit = await getUnit(ctx, thing.ref);
    if (!unit.ok) return unit;
    const part = await getPart(ctx, unit.value.part_id);
    if (!part.ok) return part;
    const lines = [
      maker.legal_name ?? ctx.org.name,
      `${day(unit.value.assembled_at)}  ${productStandard(part.value.family)}`,
      ctx.lang === 'zh' ? `第 ${unit.value.life} 次生命` : `Life no. ${unit.value.life}`,
    ];
    return ok({ about, name: part.value.name[ctx.lang], number: part.value.number, lines });
  }
  if (about === 'component' || about === 'lot') {
    const component = await getComponent(ctx, thing.ref);
    if (!component.ok) return component;
    const { part, core_code, qty } = component.value;
    const lines = [`← ${core_code}`, ...(about === 'lot' ? [`× ${qty}`] : []), ctx.org.name];
    return ok({ about, name: part.name[ctx.lang], number: part.number, lines });
  }
  if (about === 'core') {
    const core = await getCore(ctx, thing.ref);
    if (!core.ok) return core;
    const { part, number_seen, grade, received_at } = core.value;
    const name = part?.name[ctx.lang] ?? thing.name[ctx.lang];
    const words = ctx.lang === 'zh' ? ['旧件', '定级'] : ['Core', 'grade'];
    const lines = [
      `${words[0]}${grade ? ` · ${words[1]} ${grade}` : ''}`,
      ...(received_at ? [day(received_at)] : []),
      ctx.org.name,
    ];
    return ok({ about, name, number: part?.number ?? number_seen, lines });
  }
  return err(qualityErrors.LABEL_KIND());
}
