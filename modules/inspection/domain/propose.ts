import { type Text, text } from '@zaizao/platform/kernel';

export type Disposition = 'reuse' | 'remanufacture' | 'recycle';

export interface Finding {
  readonly name: Text;
  readonly verdict: 'pass' | 'fail' | 'unlimited';
}

export interface NdtFinding {
  readonly method: string;
  readonly indication: boolean;
  /** What was found when there is an indication. */
  readonly kind: 'crack' | 'porosity' | 'corrosion' | 'wear' | 'delamination' | 'other' | undefined;
}

export interface Evidence {
  /** The plant’s rule for the position on the bill of material. */
  readonly policy: 'inspect-reuse' | 'inspect-repair' | 'replace' | 'consumable' | 'extra';
  readonly measured: readonly Finding[];
  readonly ndt: readonly NdtFinding[];
  /** Result of looking at it; false means damaged beyond what measuring shows. */
  readonly visualGood: boolean;
}

export interface Proposal {
  readonly disposition: Disposition;
  /** The rule that decided, a stable code. */
  readonly rule: 'always-replace' | 'crack' | 'all-within-limits' | 'restorable' | 'not-restorable';
  readonly reason: Text;
}

/**
 * What to do with a component, from what was found. In this order: parts the plant always replaces
 * are recycled; a crack ends a part; what is within every limit is reused; what is not is restored
 * where the plant restores that position, else recycled.
 */
export function propose(e: Evidence): Proposal {
  if (e.policy === 'replace' || e.policy === 'consumable') {
    return {
      disposition: 'recycle',
      rule: 'always-replace',
      reason: text('必换件：工艺规定一律更换', 'The plant always replaces this part'),
    };
  }
  const crack = e.ndt.find((n) => n.indication && n.kind === 'crack');
  if (crack) {
    return {
      disposition: 'recycle',
      rule: 'crack',
      reason: text(`${crack.method} 检出裂纹`, `${crack.method} shows a crack`),
    };
  }
  const failed = e.measured.filter((m) => m.verdict === 'fail');
  const indicated = e.ndt.filter((n) => n.indication);
  if (failed.length === 0 && indicated.length === 0 && e.visualGood) {
    return {
      disposition: 'reuse',
      rule: 'all-within-limits',
      reason: text(
        '全部特性在限值内，外观合格',
        'Every characteristic is within its limits and it looks good',
      ),
    };
  }
  const zh = [
    ...failed.map((f) => `${f.name.zh}超差`),
    ...indicated.map((n) => `${n.method} 有显示`),
    ...(e.visualGood ? [] : ['外观不合格']),
  ].join('，');
  const en = [
    ...failed.map((f) => `${f.name.en} out of limits`),
    ...indicated.map((n) => `${n.method} indication`),
    ...(e.visualGood ? [] : ['visual check failed']),
  ].join(', ');
  return e.policy === 'inspect-repair'
    ? {
        disposition: 'remanufacture',
        rule: 'restorable',
        reason: text(`${zh}；该位置可修复`, `${en}; the position is restorable`),
      }
    : {
        disposition: 'recycle',
        rule: 'not-restorable',
        reason: text(`${zh}；该位置不修复`, `${en}; the position is not restored`),
      };
}
