import { type Text, text } from '@zaizao/platform/kernel';
import { LEVELS, POLICIES, PRICE_KINDS, SEVERITIES, STATION_KINDS } from '../domain/code-lists.ts';
import { DIRECTIONS, JOIN_KINDS, SKILLS, STREAMS } from '../domain/dismantle-lists.ts';
import { defectCodes, methodMaster, productFamilies } from '../domain/vocabulary.ts';

/**
 * `code` is text that must be typed as text, so that Excel drops no leading zero; `decimal` and
 * `money` are exact decimal texts (money in yuan); `day` is `YYYY-MM-DD`.
 */
export type ColumnType =
  | 'code'
  | 'text'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'yes-no'
  | 'day'
  | 'choice';

export interface Column {
  readonly key: string;
  readonly name: Text;
  readonly type: ColumnType;
  readonly required: boolean;
  /** Longest text. */
  readonly longest: number;
  /** Bounds of a number, ends included. */
  readonly least?: number;
  readonly most?: number;
  readonly choices?: Readonly<Record<string, Text>>;
  /** The value is the number of a part, in this workbook or in the catalogue. */
  readonly part?: boolean;
  /** Several words in one cell, however separated. */
  readonly list?: boolean;
}

export interface Sheet {
  readonly key: SheetKey;
  readonly name: Text;
  readonly columns: readonly Column[];
  /** Columns that together name a row; no two rows agree on them. */
  readonly keys: readonly string[];
}

export type SheetKey =
  | 'sources'
  | 'facts'
  | 'parts'
  | 'numbers'
  | 'links'
  | 'bom'
  | 'route'
  | 'joins'
  | 'removal'
  | 'characteristics'
  | 'tests'
  | 'limits'
  | 'programmes'
  | 'criteria'
  | 'grades'
  | 'defects'
  | 'prices';

type More = Partial<Omit<Column, 'key' | 'name' | 'type' | 'required'>>;

function column(type: ColumnType, key: string, name: Text, more: More = {}): Column {
  const required = key.endsWith('*');
  const longest = type === 'text' ? 500 : 80;
  return { longest, ...more, key: required ? key.slice(0, -1) : key, name, type, required };
}

const choices = (list: readonly { code: string; name: Text }[]) =>
  Object.fromEntries(list.map((x) => [x.code, x.name]));

const t = text;
const basis = column('text', 'basis', t('依据', 'basis'), { longest: 1000 });
const partColumn = (key: string, name: Text) => column('code', key, name, { part: true });
const product = partColumn('product*', t('产品料号', 'product number'));
const nameZh = column('text', 'name_zh*', t('中文名称', 'Chinese name'), { longest: 200 });
const nameEn = column('text', 'name_en*', t('英文名称', 'English name'), { longest: 200 });
const pct = (key: string, name: Text) => column('decimal', key, name, { least: 0, most: 100 });
const position = column('integer', 'component_pos', t('部件项次', 'component position'), {
  ...{ least: 1, most: 99_999 },
});

const characteristicColumns: readonly Column[] = [
  column('code', 'code*', t('代码', 'code')),
  column('integer', 'seq', t('顺序', 'order'), { least: 0, most: 99_999 }),
  nameZh,
  nameEn,
  position,
  column('code', 'unit*', t('单位', 'unit'), { longest: 20 }),
  column('text', 'method', t('方法', 'method'), { longest: 200 }),
  column('code', 'instrument_kind', t('仪器类别', 'kind of instrument')),
  column('text', 'condition', t('条件', 'condition'), { longest: 200 }),
  column('choice', 'severity*', t('重要度', 'severity'), { choices: SEVERITIES }),
];
const active = column('yes-no', 'active', t('启用', 'active'));

/** Every sheet of a catalogue workbook, in the order in which they are read and written. */
export const SHEETS: readonly Sheet[] = [
  {
    key: 'sources',
    name: t('来源', 'sources'),
    keys: ['key'],
    columns: [
      column('code', 'key*', t('代号', 'key')),
      column('text', 'reference*', t('出处', 'reference'), { longest: 1000 }),
    ],
  },
  {
    key: 'facts',
    name: t('工厂数据', 'plant figures'),
    keys: ['key'],
    columns: [
      column('code', 'key*', t('代号', 'key')),
      nameZh,
      nameEn,
      column('text', 'value*', t('值', 'value')),
      column('text', 'unit', t('单位', 'unit'), { longest: 40 }),
      basis,
    ],
  },
  {
    key: 'parts',
    name: t('物料', 'parts'),
    keys: ['number'],
    columns: [
      column('code', 'number*', t('料号', 'part number'), { longest: 60 }),
      column('choice', 'kind*', t('类别', 'kind'), {
        choices: {
          product: t('产品', 'product'),
          component: t('零部件', 'component'),
          consumable: t('耗材', 'consumable'),
        },
      }),
      column('choice', 'family*', t('产品族', 'family'), { choices: choices(productFamilies()) }),
      nameZh,
      nameEn,
      column('code', 'gtin', t('商品条码', 'GTIN'), { longest: 14 }),
      column('decimal', 'mass_g', t('质量(克)', 'mass in grams'), {
        least: 0.001,
        most: 999_999_999,
      }),
      column('money', 'new_price_cny', t('新件价(元)', 'price of a new one, CNY'), {
        ...{ least: 0, most: 9_999_999_999 },
      }),
      column('yes-no', 'needs_coding', t('需编程匹配', 'needs coding')),
      column('yes-no', 'vin_bound', t('限单一VIN', 'bound to one VIN')),
      column('yes-no', 'restricted', t('流向受控', 'regulated flow')),
      active,
      basis,
    ],
  },
  {
    key: 'numbers',
    name: t('对照号码', 'numbers others use'),
    keys: ['part', 'kind', 'number'],
    columns: [
      partColumn('part*', t('料号', 'part number')),
      column('choice', 'kind*', t('号码类别', 'kind of number'), {
        choices: {
          oe: t('原厂号', 'OE number'),
          aftermarket: t('售后件号', 'aftermarket number'),
          reman: t('再制造号', 'remanufacturer’s number'),
          internal: t('内部号', 'internal number'),
        },
      }),
      column('code', 'number*', t('号码', 'number'), { longest: 60 }),
      column('text', 'maker', t('厂家', 'maker'), { longest: 80 }),
      basis,
    ],
  },
  {
    key: 'links',
    name: t('替代互换', 'supersession and interchange'),
    keys: ['from', 'to', 'relation'],
    columns: [
      column('code', 'from*', t('号码', 'number'), { longest: 60 }),
      column('code', 'to*', t('对应号码', 'stands for'), { longest: 60 }),
      column('choice', 'relation*', t('关系', 'relation'), {
        choices: {
          supersession: t('被替代为', 'superseded by'),
          interchange: t('可互换', 'interchangeable'),
        },
      }),
      column('yes-no', 'needs_coding', t('需编程匹配', 'needs coding')),
      column('yes-no', 'vin_bound', t('限单一VIN', 'bound to one VIN')),
      column('day', 'valid_from', t('生效日期', 'valid from')),
      basis,
    ],
  },
  {
    key: 'bom',
    name: t('物料清单', 'bill of material'),
    keys: ['product', 'pos'],
    columns: [
      product,
      column('integer', 'pos*', t('项次', 'position'), { least: 1, most: 99_999 }),
      partColumn('component*', t('零部件料号', 'component number')),
      column('integer', 'qty*', t('数量', 'quantity'), { least: 1, most: 100_000 }),
      column('choice', 'policy*', t('处置策略', 'policy'), { choices: POLICIES }),
      pct('reuse_pct', t('直接利用%', 'reused %')),
      pct('restore_pct', t('恢复%', 'restored %')),
      pct('replace_pct', t('更换%', 'replaced %')),
      column('yes-no', 'critical', t('关键件', 'critical')),
      column('yes-no', 'serialised', t('单件编码', 'own identity')),
      basis,
    ],
  },
  {
    key: 'route',
    name: t('工艺路线', 'route'),
    keys: ['product', 'seq'],
    columns: [
      product,
      column('integer', 'seq*', t('工序号', 'operation'), { least: 1, most: 99_999 }),
      column('code', 'code*', t('工序代码', 'code')),
      nameZh,
      nameEn,
      column('choice', 'station_kind*', t('工位类别', 'kind of station'), {
        choices: STATION_KINDS,
      }),
      column('text', 'station', t('工位', 'station'), { longest: 80 }),
      column('integer', 'std_seconds', t('标准工时(秒)', 'standard seconds'), {
        ...{ least: 0, most: 10_000_000 },
      }),
      column('code', 'when', t('进入条件', 'when'), { longest: 200 }),
      column('integer', 'on_fail', t('不合格返回工序', 'on failure back to'), {
        ...{ least: 1, most: 99_999 },
      }),
      column('integer', 'max_rework', t('最多返工次数', 'most reworks'), { least: 1, most: 9 }),
      column('choice', 'method', t('工艺方法', 'method'), { choices: choices(methodMaster()) }),
      column('text', 'instruction_zh', t('作业指导(中)', 'instruction, Chinese'), {
        longest: 4000,
      }),
      column('text', 'instruction_en', t('作业指导(英)', 'instruction, English'), {
        longest: 4000,
      }),
      column('text', 'records', t('记录内容', 'what is recorded')),
      basis,
    ],
  },
  {
    key: 'joins',
    name: t('拆解连接', 'joints'),
    keys: ['product', 'code'],
    columns: [
      product,
      column('code', 'code*', t('代码', 'code')),
      nameZh,
      nameEn,
      column('choice', 'kind*', t('连接方式', 'kind of joint'), { choices: JOIN_KINDS }),
      column('text', 'parts*', t('连接项次', 'positions held'), { list: true }),
      column('text', 'after', t('须先拆', 'undone before'), { list: true }),
      column('integer', 'seconds*', t('工时(秒)', 'seconds'), { least: 0, most: 10_000_000 }),
      column('text', 'tool', t('工具', 'tool'), { longest: 80 }),
      column('choice', 'direction', t('方向', 'direction'), { choices: DIRECTIONS }),
      column('integer', 'hazard', t('危险度0-10', 'hazard 0 to 10'), { least: 0, most: 10 }),
      column('text', 'hazard_zh', t('危险说明(中)', 'hazard, Chinese'), { longest: 200 }),
      column('text', 'hazard_en', t('危险说明(英)', 'hazard, English'), { longest: 200 }),
      column('yes-no', 'destructive', t('破坏性', 'destructive')),
      pct('seized_pct', t('卡死率%', 'seized %')),
      column('money', 'force_cny', t('强拆损失(元)', 'loss when forced, CNY'), {
        ...{ least: 0, most: 9_999_999_999 },
      }),
      column('integer', 'crew', t('人数', 'people'), { least: 1, most: 12 }),
      column('choice', 'skill', t('技能', 'skill'), { choices: SKILLS }),
      column('text', 'zone', t('区域', 'zone'), { longest: 40 }),
      basis,
    ],
  },
  {
    key: 'removal',
    name: t('拆解对象', 'what is taken out'),
    keys: ['product', 'item'],
    columns: [
      product,
      column('code', 'item*', t('项次或组代码', 'position or group')),
      column('text', 'name_zh', t('组中文名称', 'group, Chinese name'), { longest: 200 }),
      column('text', 'name_en', t('组英文名称', 'group, English name'), { longest: 200 }),
      column('text', 'members', t('组成项次', 'positions of the group'), { list: true }),
      column('yes-no', 'must_out', t('必须拆下', 'must come out')),
      column('choice', 'stream', t('去向', 'stream'), { choices: STREAMS }),
      column('text', 'zone', t('区域', 'zone'), { longest: 40 }),
      column('money', 'whole_cny', t('整组价值(元)', 'worth of the whole, CNY'), {
        ...{ least: 0, most: 9_999_999_999 },
      }),
      pct('good_pct', t('整组完好%', 'whole is good %')),
      column('money', 'look_cny', t('检验费(元)', 'cost of looking, CNY'), {
        ...{ least: 0, most: 9_999_999_999 },
      }),
      basis,
    ],
  },
  {
    key: 'characteristics',
    name: t('检测特性', 'inspection characteristics'),
    keys: ['product', 'code'],
    columns: [product, ...characteristicColumns, active, basis],
  },
  {
    key: 'tests',
    name: t('试验项目', 'tests'),
    keys: ['product', 'code'],
    columns: [
      product,
      ...characteristicColumns,
      column('yes-no', 'also_inspection', t('部件检测也做', 'also at component inspection')),
      active,
      basis,
    ],
  },
  {
    key: 'limits',
    name: t('限值', 'limits'),
    keys: ['product', 'code', 'level', 'customer', 'version'],
    columns: [
      product,
      column('code', 'code*', t('特性代码', 'characteristic')),
      column('choice', 'level*', t('级别', 'level'), { choices: LEVELS }),
      column('text', 'customer', t('客户', 'customer'), { longest: 80 }),
      column('integer', 'version*', t('版本', 'version'), { least: 1, most: 9999 }),
      column('decimal', 'min', t('下限', 'lower limit')),
      column('decimal', 'max', t('上限', 'upper limit')),
      column('day', 'valid_from*', t('生效日期', 'valid from')),
      column('text', 'source*', t('来源', 'source')),
    ],
  },
  {
    key: 'programmes',
    name: t('回收规则', 'programmes'),
    keys: ['product', 'code', 'version'],
    columns: [
      product,
      column('code', 'code*', t('规则代码', 'code')),
      column('integer', 'version*', t('版本', 'version'), { least: 1, most: 9999 }),
      column('day', 'valid_from*', t('生效日期', 'valid from')),
      column('day', 'valid_to', t('失效日期', 'valid to')),
      column('integer', 'window_days*', t('返还期限(天)', 'days to return'), {
        least: 1,
        most: 3660,
      }),
      column('choice', 'start_event*', t('起算', 'counted from'), {
        choices: {
          invoice: t('开票', 'invoice'),
          delivery: t('交货', 'delivery'),
          installation: t('装机', 'installation'),
          'month-end': t('月末', 'end of the month'),
        },
      }),
      column('money', 'deposit_cny*', t('押金(元)', 'deposit, CNY'), {
        least: 0,
        most: 99_999_999,
      }),
      column(
        'integer',
        'quota_full_pct',
        t('全额返还占购买量%', 'full credit up to % of purchases'),
        {
          ...{ least: 0, most: 1000 },
        },
      ),
      column('integer', 'quota_half_pct', t('其后半额%', 'then half credit for %'), {
        ...{ least: 0, most: 1000 },
      }),
      column('integer', 'quota_months', t('购买量统计月数', 'months of purchases counted'), {
        ...{ least: 1, most: 60 },
      }),
      basis,
    ],
  },
  {
    key: 'criteria',
    name: t('定级判据', 'grading criteria'),
    keys: ['product', 'programme', 'version', 'code'],
    columns: [
      product,
      column('code', 'programme*', t('规则代码', 'programme')),
      column('integer', 'version*', t('版本', 'version'), { least: 1, most: 9999 }),
      column('code', 'code*', t('判据代码', 'criterion')),
      column('text', 'text_zh*', t('问题(中)', 'question, Chinese')),
      column('text', 'text_en*', t('问题(英)', 'question, English')),
      column('choice', 'fails_to*', t('否则最高', 'if not, at best'), {
        choices: { B: t('B 级', 'grade B'), C: t('C 级', 'grade C'), R: t('R 拒收', 'grade R') },
      }),
      basis,
    ],
  },
  {
    key: 'grades',
    name: t('等级与返还', 'grades and credit'),
    keys: ['product', 'programme', 'version', 'grade'],
    columns: [
      product,
      column('code', 'programme*', t('规则代码', 'programme')),
      column('integer', 'version*', t('版本', 'version'), { least: 1, most: 9999 }),
      column('choice', 'grade*', t('等级', 'grade'), {
        choices: {
          A: t('A 级', 'grade A'),
          B: t('B 级', 'grade B'),
          C: t('C 级', 'grade C'),
          R: t('R 拒收', 'grade R'),
        },
      }),
      column('text', 'text_zh*', t('说明(中)', 'meaning, Chinese')),
      column('text', 'text_en*', t('说明(英)', 'meaning, English')),
      column('integer', 'deposit_pct*', t('押金返还%', 'deposit given back %'), {
        ...{ least: 0, most: 100 },
      }),
      column('money', 'credit_cny*', t('收购价(元)', 'purchase price, CNY'), {
        ...{ least: 0, most: 99_999_999 },
      }),
      basis,
    ],
  },
  {
    key: 'defects',
    name: t('缺陷', 'defects'),
    keys: ['product', 'code'],
    columns: [
      product,
      column('code', 'code*', t('代码', 'code')),
      nameZh,
      nameEn,
      column('choice', 'mode*', t('损伤形式', 'damage mode'), { choices: choices(defectCodes()) }),
      position,
      pct('rate_pct', t('发生率%', 'rate %')),
      column('choice', 'per*', t('占比基数', 'share of'), {
        choices: {
          core: t('旧件', 'cores'),
          unit: t('再制造产品', 'remanufactured units'),
          warranty: t('质保退回', 'warranty returns'),
        },
      }),
      basis,
    ],
  },
  {
    key: 'prices',
    name: t('价格', 'prices'),
    keys: ['product', 'kind', 'valid_from'],
    columns: [
      product,
      column('choice', 'kind*', t('价格类别', 'kind of price'), { choices: PRICE_KINDS }),
      column('day', 'valid_from*', t('生效日期', 'valid from')),
      column('money', 'amount_cny*', t('金额(元)', 'amount, CNY'), {
        least: 0,
        most: 9_999_999_999,
      }),
      basis,
    ],
  },
];

const byKey = new Map(SHEETS.map((s) => [s.key as string, s]));

export function sheetByKey(key: SheetKey): Sheet {
  const found = byKey.get(key);
  if (!found) throw new Error(`no sheet ${key}`);
  return found;
}

/** What a sheet is called in the workbook: `物料 parts`. */
export function sheetTitle(sheet: Sheet): string {
  return `${sheet.name.zh} ${sheet.key}`;
}

/** The sheet of a tab’s title: the key alone, the Chinese name alone, or both. */
export function sheetOfTitle(title: string): Sheet | undefined {
  const t = title.trim().toLowerCase();
  return SHEETS.find((s) => t === s.key || t === s.name.zh || t === sheetTitle(s));
}

/** What a column is called in the header row: `料号 number`. */
export function headerOf(c: Column): string {
  return `${c.name.zh} ${c.key}`;
}

export function columnOfHeader(sheet: Sheet, header: string): Column | undefined {
  const h = header.trim().toLowerCase();
  return sheet.columns.find(
    (c) => h === c.key || h === c.name.zh || h === headerOf(c).toLowerCase(),
  );
}

/** Sheets of notes for people; not read. */
export const NOTES_TITLE = '说明 readme';

/** One value of a row: decimals and days are canonical texts; `undefined` is an empty cell. */
export type Value = string | number | boolean | undefined;
export type Row = Readonly<Record<string, Value>>;
/** The rows of a workbook, checked. */
export type Rows = Record<SheetKey, Row[]>;

export function noRows(): Rows {
  // every key of SheetKey is in SHEETS
  return Object.fromEntries(SHEETS.map((s) => [s.key, []])) as unknown as Rows;
}
