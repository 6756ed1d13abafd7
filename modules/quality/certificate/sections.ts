import type { Text } from '@zaizao/platform/kernel';
import type { CertificateContent } from './content.ts';

/** What a certificate shows, as plain texts; the drawing knows no trade. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  /** Shares of the width; they add up to 1. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly string[])[];
}

const both = (t: Text) => (t.zh === t.en ? t.zh : `${t.zh} ${t.en}`);
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

export function facts(c: CertificateContent): (readonly [label: string, value: string])[] {
  const { counts, rates } = c;
  return [
    ['证书编号 Certificate', c.code],
    ['生产者 Maker', c.maker.legalName ?? c.maker.name],
    ['产品 Product', both(c.product.name)],
    ['型号 Part number', c.product.number],
    ['序列号 Serial number', c.serial],
    ['生命次数 Life', `第 ${c.life} 次生命 / life no. ${c.life}`],
    ['装配日期 Assembled on', c.assembledOn],
    ['质量 Mass', `${(c.massG / 1000).toFixed(2)} kg`],
    ['再制造率（质量） Rate by mass', percent(rates.byMass)],
    ['再制造率（件数） Rate by count', percent(rates.byCount)],
    [
      '零部件 Parts',
      `利用 reused ${counts.reused} · 修复 restored ${counts.restored} · 新 new ${counts.new}`,
    ],
    ['旧件 Cores', c.previousCores.join(', ')],
  ];
}

const LEVELS = {
  national: '国标 nat.',
  enterprise: '企标 plant',
  customer: '客户 cust.',
} as const;

type Row = CertificateContent['test']['rows'][number];

function limitsOf(r: Row): string {
  if (r.limits.length === 0) return '—';
  return r.limits
    .map((l) => {
      const range =
        r.unit === 'bool'
          ? l.min === '1'
            ? '是 yes'
            : '否 no'
          : `${l.min === undefined ? '' : `${l.min} ≤ `}x${l.max === undefined ? '' : ` ≤ ${l.max}`}`;
      return `${LEVELS[l.level]} v${l.version}: ${range}${l.pass ? '' : ' ×'}`;
    })
    .join('\n');
}

function reading(r: Row): string {
  if (r.unit === 'bool') return r.value === '1' ? '是 yes' : '否 no';
  return `${r.value} ${r.unit}`;
}

export function testTable(c: CertificateContent): Table {
  return {
    title: '出厂试验 Tests before release',
    head: [
      '项目 Test',
      '条件 Condition',
      '实测 Value',
      '限值与版本 Limits and versions',
      '仪器',
      '判定',
    ],
    widths: [0.3, 0.17, 0.12, 0.23, 0.1, 0.08],
    rows: c.test.rows.map((r) => [
      `${r.code} ${both(r.name)}`,
      r.condition || '—',
      reading(r),
      limitsOf(r),
      r.instrument || '—',
      r.verdict === 'fail' ? '✕' : r.verdict === 'pass' ? '合格' : '—',
    ]),
  };
}

const ORIGINS = { reused: '利用 reused', restored: '修复 restored', new: '新 new' } as const;

export function builtTable(c: CertificateContent): Table {
  return {
    title: '装配清单 As built',
    head: ['位置', '零部件 Part', '来源 Origin', '数量', '追溯码 Trace'],
    widths: [0.08, 0.44, 0.18, 0.08, 0.22],
    rows: c.parts.map((p) => [
      String(p.pos),
      both(p.name),
      ORIGINS[p.origin],
      String(p.quantity),
      p.trace || '—',
    ]),
  };
}
