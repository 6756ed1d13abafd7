import { type Text, text } from '@zaizao/platform/kernel';

/** What is done with a position of a bill of material. */
export const POLICIES = {
  'inspect-reuse': text('检用', 'inspect, reuse'),
  'inspect-repair': text('检修', 'inspect, restore'),
  replace: text('必换', 'always replace'),
  consumable: text('耗材', 'consumable'),
} as const satisfies Record<string, Text>;

/** How much a characteristic matters. */
export const SEVERITIES = {
  critical: text('关键', 'critical'),
  major: text('主要', 'major'),
  minor: text('次要', 'minor'),
} as const satisfies Record<string, Text>;

/** Who set a limit. */
export const LEVELS = {
  national: text('国家/行业标准', 'national or industry standard'),
  enterprise: text('企业标准', 'enterprise standard'),
  customer: text('客户要求', 'customer requirement'),
} as const satisfies Record<string, Text>;

/** Kinds of station that an operation needs. */
export const STATION_KINDS = {
  receiving: text('收货', 'receiving'),
  dismantling: text('拆解', 'dismantling'),
  cleaning: text('清洗', 'cleaning'),
  inspection: text('检测', 'inspection'),
  forming: text('成形加工', 'forming and machining'),
  assembly: text('装配', 'assembly'),
  test: text('试验', 'test'),
  coating: text('涂装', 'coating'),
  labelling: text('标识', 'labelling'),
  packing: text('包装', 'packing'),
  'data-wipe': text('数据清除', 'data wiping'),
  yard: text('堆场与破碎', 'yard and shredding'),
  office: text('评审与文件', 'review and papers'),
  field: text('现场', 'in the field'),
} as const satisfies Record<string, Text>;

/** Kinds of list price. */
export const PRICE_KINDS = {
  'new-retail': text('新件零售价', 'new part, retail'),
  'reman-retail': text('再制造件零售价', 'remanufactured, retail'),
  'ex-works': text('出厂价', 'ex works'),
  'repair-service': text('来件修复价', 'repair of customer’s own'),
  used: text('拆车件价', 'used part'),
  scrap: text('残值', 'scrap value'),
} as const satisfies Record<string, Text>;
