import { type Text, text } from '@zaizao/platform/kernel';

export interface FormItem {
  readonly item: string;
  readonly pos?: number;
  readonly name: Text;
  readonly hint?: Text;
  readonly needsPhoto: boolean;
}

export interface FormZone {
  readonly zone: string;
  readonly name: Text;
  readonly items: readonly FormItem[];
}

const WHOLE = { zone: 'whole', name: text('整车整机', 'The whole') };
const OTHER = { zone: 'other', name: text('其他', 'Other') };

/** What concerns the whole thing, by family of products (DM-07, deep check of each car). */
const ITEMS: Readonly<Record<string, readonly FormItem[]>> = {
  vehicle: [
    {
      item: 'W-VIN',
      name: text('车架号', 'VIN plate'),
      hint: text('拍照，与证件核对', 'photograph it, compare with the papers'),
      needsPhoto: true,
    },
    {
      item: 'W-PAPERS',
      name: text('证件与注销手续', 'Papers and deregistration'),
      hint: text('行驶证、登记证、号牌', 'licence, registration, plates'),
      needsPhoto: false,
    },
    {
      item: 'W-CRASH',
      name: text('碰撞', 'Crash damage'),
      hint: text('前、左、后、右、顶', 'front, left, rear, right, roof'),
      needsPhoto: true,
    },
    {
      item: 'W-FIRE',
      name: text('过火、水淹痕迹', 'Traces of fire or flood'),
      hint: text('线束焦痕、座椅水线、插头锈迹', 'burnt wires, water line, rusty plugs'),
      needsPhoto: false,
    },
    {
      item: 'W-LEAKS',
      name: text('油液泄漏', 'Leaks'),
      hint: text('车底、机舱', 'under the car, in the engine bay'),
      needsPhoto: false,
    },
    {
      item: 'W-HV',
      name: text('高压电池与高压线', 'High-voltage battery and cables'),
      hint: text('没有则选“缺失”', 'choose “missing” when there is none'),
      needsPhoto: false,
    },
    {
      item: 'W-LEFT',
      name: text('车内遗留物', 'Things left in the car'),
      hint: text('清空并登记', 'take them out and note them'),
      needsPhoto: false,
    },
  ],
  'machine-tool': [
    { item: 'W-PLATE', name: text('铭牌与编号', 'Nameplate and number'), needsPhoto: true },
    {
      item: 'W-POWER',
      name: text('通电运行', 'Runs under power'),
      hint: text('各轴全行程、主轴各档', 'every axis over its travel, every spindle speed'),
      needsPhoto: false,
    },
    {
      item: 'W-ACCURACY',
      name: text('几何精度与定位精度记录', 'Record of geometric and positioning accuracy'),
      needsPhoto: false,
    },
    {
      item: 'W-LEAKS',
      name: text('油、液、气泄漏', 'Leaks of oil, coolant, air'),
      needsPhoto: false,
    },
    {
      item: 'W-LIFT',
      name: text('吊点与搬运通道', 'Lifting points and the way out'),
      needsPhoto: true,
    },
  ],
};

/** The form of a product: what concerns the whole, then every position, zone by zone. */
export function checkForm(
  family: string,
  positions: readonly { readonly pos: number; readonly name: Text; readonly zone: string }[],
): FormZone[] {
  const whole = ITEMS[family] ?? [];
  const zones = new Map<string, { zone: string; name: Text; items: FormItem[] }>();
  if (whole.length > 0) zones.set(WHOLE.zone, { ...WHOLE, items: [...whole] });
  for (const p of positions) {
    const { zone, name } = p.zone === '' ? OTHER : { zone: p.zone, name: zoneName(p.zone) };
    const at = zones.get(zone) ?? { zone, name, items: [] };
    at.items.push({ item: String(p.pos), pos: p.pos, name: p.name, needsPhoto: false });
    zones.set(zone, at);
  }
  return [...zones.values()];
}

/** A zone is one text of the plant’s; `机舱 engine bay` is read in both languages. */
function zoneName(zone: string): Text {
  const [, zh, en] = /^(\S*[\u3400-\u9fff]\S*)\s+([\x20-\x7e]+)$/.exec(zone) ?? [];
  return zh && en ? text(zh, en) : text(zone, zone);
}
