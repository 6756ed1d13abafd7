import { getProgramme } from '@zaizao/modules/catalog';
import { partnerNames } from '@zaizao/modules/parties';
import type { Ctx } from '@zaizao/platform/http';
import { type Text, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { CoreView, getCoreView } from '../contract.ts';
import type { CoreState } from '../domain/core-machine.ts';
import { type CoreRow, gradingsOf } from '../repo.ts';

export type CoreViewJson = z.input<typeof CoreView>;

const STATES: Record<CoreState, Text> = {
  quoted: text('已报价', 'quoted'),
  accepted: text('已接受', 'accepted'),
  'in-transit': text('运输中', 'in transit'),
  received: text('已收货', 'received'),
  graded: text('已定级', 'graded'),
  disputed: text('异议中', 'disputed'),
  stocked: text('在库', 'in stock'),
  allocated: text('已分配', 'allocated'),
  'torn-down': text('已拆解', 'torn down'),
  returned: text('已退回', 'returned'),
  scrapped: text('已报废', 'scrapped'),
  declined: text('未成交', 'declined'),
};

export function stateName(state: CoreState): Text {
  return STATES[state];
}

/** Rows as the contract shows them, with the names of parts and suppliers filled in. */
export async function coreViews(ctx: Ctx, rows: readonly CoreRow[]): Promise<CoreViewJson[]> {
  const names = await partnerNames(ctx, [...new Set(rows.flatMap((r) => r.supplier_id ?? []))]);
  return rows.map((r) => {
    const supplier = r.supplier_id ? names.get(r.supplier_id) : undefined; // unknown to the supplier itself
    return {
      id: r.id,
      code: r.code,
      epc: r.epc,
      state: r.state,
      life: r.life,
      ...(r.part ? { part: r.part } : {}),
      numberSeen: r.number_seen,
      ...(r.identified_by ? { identifiedBy: r.identified_by } : {}),
      ...(r.supplier_id && supplier ? { supplier: { id: r.supplier_id, name: supplier } } : {}),
      channel: r.channel as CoreViewJson['channel'], // written from the same enumeration
      ...(r.donor ? { donor: r.donor } : {}),
      imported: r.imported,
      bonded: r.bonded,
      regulated: r.regulated,
      ...(r.grade ? { grade: r.grade } : {}),
      gradeReasons: r.reasons,
      ...(r.quoted_fen === null ? {} : { quotedFen: String(r.quoted_fen) }),
      ...(r.credit_fen === null ? {} : { creditFen: String(r.credit_fen) }),
      credited: r.credited_at !== null,
      byDeposit: r.by_deposit,
      photos: r.photos,
      ...(r.mass_g === null ? {} : { massG: r.mass_g }),
      ...(r.place ? { place: r.place } : {}),
      ...(r.pick_up_address ? { pickUpAddress: r.pick_up_address } : {}),
      ...(r.previous_unit_id ? { previousUnitId: r.previous_unit_id } : {}),
      ...(r.received_at ? { receivedAt: r.received_at.toISOString() } : {}),
      ...(r.graded_at ? { gradedAt: r.graded_at.toISOString() } : {}),
      createdAt: r.created_at.toISOString(),
      version: r.version,
    };
  });
}

export async function coreView(ctx: Ctx, row: CoreRow): Promise<CoreViewJson> {
  const [view] = await coreViews(ctx, [row]);
  if (!view) throw new Error('one row gives one view');
  return view;
}

type GradingJson = z.input<(typeof getCoreView)['response']>['gradings'][number];

/** Every grading of a core, newest first, each in the words of the programme version that judged it. */
export async function gradingViews(ctx: Ctx, coreId: string): Promise<GradingJson[]> {
  const views: GradingJson[] = [];
  for (const g of await gradingsOf(ctx, coreId)) {
    const programme = await getProgramme(ctx, g.programme_id);
    const criteria = programme.ok ? programme.value.criteria : [];
    views.push({
      id: g.id,
      grade: g.grade,
      creditFen: String(g.credit_fen),
      programme: {
        id: g.programme_id,
        code: programme.ok ? programme.value.code : g.programme_id,
        version: g.programme_version,
      },
      answers: Object.entries(g.answers).map(([criterion, met]) => ({
        criterion,
        text: criteria.find((c) => c.code === criterion)?.text ?? { zh: criterion, en: criterion },
        met,
      })),
      photos: g.photos,
      ...(g.note ? { note: g.note } : {}),
      by: g.graded_by,
      at: g.graded_at.toISOString(),
    });
  }
  return views;
}
