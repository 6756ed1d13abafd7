import { type AppError, errorSpec, fill, type Text, text } from '@zaizao/platform/kernel';

/** One fault of a workbook, at a cell. */
export interface Fault {
  readonly sheet: string;
  /** `B7`; a range for merged cells; empty when the fault is the whole sheet’s. */
  readonly cell: string;
  readonly code: string;
  readonly message: Text;
}

const SENTENCES = {
  SHEET_UNKNOWN: text(
    '没有名为“{name}”的工作表，请改用模板中的名称，或删除此表。',
    'There is no sheet “{name}”: use a name of the template, or delete the sheet.',
  ),
  SHEET_TWICE: text('工作表“{name}”出现两次。', 'Sheet “{name}” appears twice.'),
  NOTHING_TO_IMPORT: text('工作簿中没有可导入的数据行。', 'The workbook has no rows to import.'),
  COLUMN_UNKNOWN: text(
    '表头“{name}”不是此表的列，请改用模板中的列名，或删除此列。',
    'Column “{name}” does not belong to this sheet: use a name of the template, or delete the column.',
  ),
  COLUMN_TWICE: text('列“{name}”出现两次。', 'Column “{name}” appears twice.'),
  COLUMN_MISSING: text('缺少必填列“{name}”。', 'The column “{name}” is missing.'),
  CELL_OUTSIDE: text(
    '此单元格在没有表头的列中，请补上表头或删除内容。',
    'This cell is in a column without a header: add the header or clear the cell.',
  ),
  MERGED: text(
    '{cells} 是合并单元格，请取消合并并在每行填写。',
    '{cells} is merged: unmerge it and fill in every row.',
  ),
  FORMULA: text('此处是公式，请粘贴为数值。', 'This is a formula: paste its value instead.'),
  ERROR_VALUE: text(
    '此处是错误值 {value}，请改正。',
    'This is the error value {value}: correct it.',
  ),
  REQUIRED: text('“{name}”必填。', '“{name}” must be filled in.'),
  NOT_TEXT: text(
    '“{name}”应为文本：请把单元格格式设为“文本”后重新输入，以免丢失前导零。',
    '“{name}” must be text: format the cell as text and type it again, so that no leading zero is lost.',
  ),
  NOT_INTEGER: text(
    '“{name}”应为整数，不是“{value}”。',
    '“{name}” must be a whole number, not “{value}”.',
  ),
  NOT_NUMBER: text(
    '“{name}”应为数字，不是“{value}”。',
    '“{name}” must be a number, not “{value}”.',
  ),
  NOT_MONEY: text(
    '“{name}”应为金额，最多两位小数，不是“{value}”。',
    '“{name}” must be an amount with at most two decimals, not “{value}”.',
  ),
  NOT_YES_NO: text(
    '“{name}”应填“是”或“否”，不是“{value}”。',
    '“{name}” must be yes or no, not “{value}”.',
  ),
  NOT_DAY: text(
    '“{name}”应为日期，如 2026-03-01，不是“{value}”。',
    '“{name}” must be a date like 2026-03-01, not “{value}”.',
  ),
  NOT_CHOICE: text(
    '“{name}”不能是“{value}”，可填：{choices}。',
    '“{name}” cannot be “{value}”; choose from: {choices}.',
  ),
  TOO_LONG: text('“{name}”超过 {most} 个字符。', '“{name}” is longer than {most} characters.'),
  TOO_SMALL: text('“{name}”不得小于 {least}。', '“{name}” must be at least {least}.'),
  TOO_LARGE: text('“{name}”不得大于 {most}。', '“{name}” must be at most {most}.'),
  DUPLICATE: text('与第 {row} 行重复：{key}。', 'The same as row {row}: {key}.'),
  PART_UNKNOWN: text(
    '没有料号“{value}”：请加入“物料”表，或先在目录中建立。',
    'There is no part “{value}”: add it to the sheet “parts”, or to the catalogue first.',
  ),
  CODE_UNKNOWN: text(
    '产品 {product} 没有特性 {value}。',
    'Product {product} has no characteristic {value}.',
  ),
  CODE_IN_BOTH: text(
    '代码 {value} 同时出现在检测特性和试验项目中，请只留一处。',
    'Code {value} is both an inspection characteristic and a test: keep one of them.',
  ),
  POSITION_UNKNOWN: text(
    '产品 {product} 的物料清单没有项次 {value}。',
    'The bill of material of {product} has no position {value}.',
  ),
  NOT_A_PRODUCT: text('“{value}”不是产品。', '“{value}” is not a product.'),
  GTIN_WRONG: text(
    'GTIN“{value}”的位数或校验位不正确。',
    'GTIN “{value}” has a wrong length or check digit.',
  ),
  GTIN_TWICE: text(
    'GTIN {value} 已用于料号 {other}。',
    'GTIN {value} belongs to part {other} already.',
  ),
  SHARES_WRONG: text(
    '三项比例之和应为 100，现为 {sum}；或三项都不填。',
    'The three shares must add up to 100, not {sum}; or leave all three empty.',
  ),
  CIRCULAR: text('{value} 最终包含它自己。', '{value} ends up containing itself.'),
  LIMIT_EMPTY: text(
    '上限和下限至少填一个，且下限不得大于上限。',
    'Give a lower or an upper limit, the lower not above the upper.',
  ),
  LIMIT_CUSTOMER: text(
    '客户级限值须写明客户，其他级别不填客户。',
    'A customer limit names its customer; other levels name none.',
  ),
  CONDITION_WRONG: text(
    '条件“{value}”写法不对，应如 defect:S-D02 | out:S-C01 | restore:30 | grade:B。',
    'The condition “{value}” is not understood: write it like defect:S-D02 | out:S-C01 | restore:30 | grade:B.',
  ),
  FINDING_UNKNOWN: text(
    '产品 {product} 没有“{value}”：条件只能引用已登记的缺陷、特性或物料清单项次。',
    'Product {product} has no “{value}”: a condition may name only recorded defects, characteristics and positions of the bill of material.',
  ),
  RETURN_WRONG: text(
    '返回工序 {value} 不存在或在本工序之后；并须填写最多返工次数。',
    'Operation {value} to return to does not exist or comes later; the most reworks must be given too.',
  ),
  JOIN_OF_TWO: text(
    '连接 {value} 至少要连两个不同的项次，如 10 20。',
    'Joint {value} holds at least two different positions, as 10 20.',
  ),
  JOIN_UNKNOWN: text(
    '没有连接 {value}：须先拆的只能是同一产品的连接代码。',
    'There is no joint {value}: only joints of the same product can be in the way.',
  ),
  JOIN_RING: text('连接互相等待：{value}。', 'Joints wait for each other: {value}.'),
  GROUP_WRONG: text(
    '组 {value} 须有非数字代码和中英文名称。',
    'Group {value} needs a code that is not a number, and both names.',
  ),
  GROUP_TWICE: text('项次 {value} 已属于另一组。', 'Position {value} is in another group already.'),
  PERIOD_WRONG: text('失效日期早于生效日期。', 'It ends before it begins.'),
  LINK_TO_ITSELF: text('号码不能对应它自己。', 'A number cannot stand for itself.'),
  VERSION_FIXED: text(
    '版本 {version} 已经生效，内容不能更改；请改用版本 {next}。',
    'Version {version} stands already and cannot be changed: use version {next}.',
  ),
  VERSION_GAP: text(
    '下一个版本应为 {next}，不是 {version}。',
    'The next version is {next}, not {version}.',
  ),
  PROGRAMME_UNKNOWN: text(
    '没有回收规则 {value}（同一产品、代码和版本）。',
    'There is no programme {value} of this product, code and version.',
  ),
  GRADES_INCOMPLETE: text(
    '回收规则 {value} 须有 A、B、C、R 四级各一行。',
    'Programme {value} needs one row for each of the grades A, B, C and R.',
  ),
  CRITERIA_MISSING: text(
    '回收规则 {value} 至少要有一条判据。',
    'Programme {value} needs at least one criterion.',
  ),
} as const satisfies Record<string, Text>;

export type FaultCode = keyof typeof SENTENCES;

export function fault(
  code: FaultCode,
  sheet: string,
  cell: string,
  params: Readonly<Record<string, string | number>> = {},
): Fault {
  const sentence = SENTENCES[code];
  return {
    sheet,
    cell,
    code,
    message: text(fill(sentence.zh, params), fill(sentence.en, params)),
  };
}

/** Faults of one check: all are counted, the first are kept. */
export class Faults {
  readonly kept: Fault[] = [];
  #count = 0;
  readonly #most: number;

  constructor(most = 500) {
    this.#most = most;
  }

  add(
    code: FaultCode,
    sheet: string,
    cell: string,
    params?: Readonly<Record<string, string | number>>,
  ): void {
    this.#count++;
    if (this.kept.length < this.#most) this.kept.push(fault(code, sheet, cell, params));
  }

  /** The file as a whole is refused. */
  refuse(why: AppError): void {
    this.#count++;
    const { zh, en } = errorSpec(why.code) ?? text(why.code, why.code);
    const message = text(fill(zh, why.params), fill(en, why.params));
    this.kept.push({ sheet: '', cell: '', code: why.code, message });
  }

  /** The same faults, to which others may be added. */
  copy(): Faults {
    const copy = new Faults(this.#most);
    copy.kept.push(...this.kept);
    copy.#count = this.#count;
    return copy;
  }

  get count(): number {
    return this.#count;
  }
}
