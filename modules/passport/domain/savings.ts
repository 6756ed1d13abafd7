import { type Text, text } from '@zaizao/platform/kernel';
import type { Saving } from '../contract/public.ts';

/**
 * What the trade says a remanufactured product of a family saves against a new one. Statements about
 * a whole industry, not about this piece: they are shown with their source and the words "rule of thumb".
 */
const RULES: readonly {
  readonly families: readonly string[];
  readonly kind: Saving['kind'];
  readonly value: string;
  readonly unit: Saving['unit'];
  readonly source: Text;
}[] = [
  {
    families: ['starter', 'alternator'],
    kind: 'energy',
    value: '15',
    unit: 'kWh',
    source: text(
      '河间产业集聚区：100 万台约节电 1500 万千瓦时，平均每台',
      'Hejian cluster: about 15,000,000 kWh for 1,000,000 units, per unit',
    ),
  },
  {
    families: ['starter', 'alternator'],
    kind: 'carbon',
    value: '4.5',
    unit: 'kgCO2e',
    source: text(
      '河间产业集聚区：100 万台约减碳 4500 吨，平均每台',
      'Hejian cluster: about 4,500 t for 1,000,000 units, per unit',
    ),
  },
  {
    families: ['alternator'],
    kind: 'cost',
    value: '50',
    unit: '%',
    source: text(
      '与新品相比，行业资料：再制造发电机',
      'Against a new one, trade literature: remanufactured alternator',
    ),
  },
  {
    families: ['alternator'],
    kind: 'material',
    value: '70',
    unit: '%',
    source: text(
      '与新品相比，行业资料：再制造发电机',
      'Against a new one, trade literature: remanufactured alternator',
    ),
  },
];

/**
 * What one product saved: the mass kept in use, summed over its own as-built list, and the trade's
 * rules of thumb of its family where there are any.
 * @param keptG grams of reused and restored pieces
 */
export function savingsOf(family: string, keptG: number): Saving[] {
  const rules = RULES.filter(({ families }) => families.includes(family));
  return [
    {
      kind: 'mass',
      value: String(Math.round(keptG)),
      unit: 'g',
      evidence: 'measured',
      basis: text(
        '本件装配清单逐项合计：再用与修复的零件（拆解时称重，未称重的按目录单重）',
        'Summed over the as-built list of this piece: reused and restored parts (weighed at teardown; else the catalogue mass)',
      ),
    },
    ...rules.map(
      ({ kind, value, unit, source }): Saving => ({
        kind,
        value,
        unit,
        evidence: 'rule-of-thumb',
        basis: source,
      }),
    ),
  ];
}
