import { defineErrors, text } from '@zaizao/platform/kernel';

export const catalogErrors = defineErrors({
  PART_NOT_FOUND: {
    status: 404,
    ...text(
      '目录中没有此零件，请先建立或导入。',
      'The part is not in the catalogue: add or import it first.',
    ),
  },
  PART_NUMBER_TAKEN: {
    status: 409,
    ...text(
      '料号 {number} 已存在（忽略大小写、空格和连字符）。',
      'Number {number} exists already (case, spaces and dashes do not count).',
    ),
  },
  PART_GTIN_WRONG: {
    status: 422,
    ...text(
      'GTIN {gtin} 的位数或校验位不正确，请核对条码。',
      'GTIN {gtin} has a wrong length or check digit: compare it with the barcode.',
    ),
  },
  FAMILY_UNKNOWN: {
    status: 422,
    ...text(
      '没有产品族 {family}，请从列表中选择。',
      'There is no product family {family}: choose from the list.',
    ),
  },
  BOM_NOT_FOUND: {
    status: 404,
    ...text(
      '零件 {number} 还没有物料清单，请先建立或导入。',
      'Part {number} has no bill of material yet: add or import one.',
    ),
  },
  BOM_SHARES_WRONG: {
    status: 422,
    ...text(
      '第 {pos} 项的直接利用、恢复、更换比例之和应为 100，现为 {sum}。',
      'The shares reused, restored and replaced of position {pos} must add up to 100, not {sum}.',
    ),
  },
  BOM_CIRCULAR: {
    status: 422,
    ...text(
      '物料清单形成循环：{number} 最终包含它自己。',
      'The bill of material is circular: {number} contains itself.',
    ),
  },
  BOM_POSITION_TWICE: {
    status: 422,
    ...text(
      '项次 {pos} 出现两次，请改为不同的项次。',
      'Position {pos} appears twice: give each line its own.',
    ),
  },
  ROUTE_NOT_FOUND: {
    status: 404,
    ...text(
      '零件 {number} 还没有工艺路线，请先建立或导入。',
      'Part {number} has no route yet: add or import one.',
    ),
  },
  ROUTE_STEP_TWICE: {
    status: 422,
    ...text(
      '工序号 {seq} 出现两次，请改为不同的工序号。',
      'Operation {seq} appears twice: give each its own number.',
    ),
  },
  ROUTE_CONDITION_WRONG: {
    status: 422,
    ...text(
      '工序 {seq} 的条件“{condition}”写法不对，应如 defect:S-D02 | out:S-C01 | restore:30 | grade:B。',
      'The condition “{condition}” of operation {seq} is not understood: write it like defect:S-D02 | out:S-C01 | restore:30 | grade:B.',
    ),
  },
  ROUTE_RETURN_WRONG: {
    status: 422,
    ...text(
      '工序 {seq} 的返工去向 {onFail} 不存在或在其后。',
      'Operation {seq} returns to {onFail}, which does not exist or comes later.',
    ),
  },
  CHARACTERISTIC_NOT_FOUND: {
    status: 404,
    ...text('没有此检测特性。', 'There is no such characteristic.'),
  },
  CHARACTERISTIC_CODE_TAKEN: {
    status: 409,
    ...text('特性代码 {code} 在此产品中已存在。', 'Code {code} exists already on this product.'),
  },
  COMPONENT_POSITION_UNKNOWN: {
    status: 422,
    ...text('物料清单中没有项次 {pos}。', 'The bill of material has no position {pos}.'),
  },
  LIMIT_EMPTY: {
    status: 422,
    ...text(
      '上限和下限至少填一个，且下限不得大于上限。',
      'Give a lower or an upper limit, and the lower not above the upper.',
    ),
  },
  LIMIT_CUSTOMER_WRONG: {
    status: 422,
    ...text(
      '客户级限值须写明客户，其他级别不填客户。',
      'A customer limit names its customer; other levels name none.',
    ),
  },
  METHOD_UNKNOWN: {
    status: 422,
    ...text(
      '没有工艺方法 {method}，请从方法库中选择。',
      'There is no method {method}: choose from the method master.',
    ),
  },
  PROGRAMME_NOT_FOUND: {
    status: 404,
    ...text(
      '零件 {number} 在 {day} 没有生效的回收规则，请先发布。',
      'No programme for part {number} is in force on {day}: publish one first.',
    ),
  },
  PROGRAMME_GRADES_WRONG: {
    status: 422,
    ...text(
      '回收规则须有 A、B、C、R 四级各一次。',
      'A programme has each of the grades A, B, C and R once.',
    ),
  },
  PROGRAMME_CRITERIA_WRONG: {
    status: 422,
    ...text('判据代码 {code} 重复或缺失。', 'Criterion code {code} is repeated or missing.'),
  },
  PROGRAMME_PERIOD_WRONG: {
    status: 422,
    ...text(
      '失效日期不能早于生效日期。',
      'The programme ends before it begins: correct the dates.',
    ),
  },
  GRADING_INCOMPLETE: {
    status: 422,
    ...text('还有判据未回答：{codes}。', 'Criteria not answered yet: {codes}.'),
  },
  VALUE_NOT_DECIMAL: {
    status: 422,
    ...text(
      '“{value}”不是数字，请输入如 8.20 的数值。',
      '“{value}” is not a number: type it like 8.20.',
    ),
  },
  NUMBER_LINK_TO_ITSELF: {
    status: 422,
    ...text('号码不能替代自己。', 'A number cannot replace itself.'),
  },
  IMPORT_NOT_FOUND: {
    status: 404,
    ...text('没有此导入记录。', 'There is no such import.'),
  },
  IMPORT_NOT_READY: {
    status: 409,
    ...text(
      '此导入当前状态不能提交；请先解决检查出的错误，再重新上传。',
      'This import cannot be committed as it is: mend the errors found and upload the file again.',
    ),
  },
  IMPORT_FILE_REQUIRED: {
    status: 415,
    ...text(
      '请选择 .xlsx 工作簿（Excel 2007 及以后格式）。',
      'Choose an .xlsx workbook (Excel 2007 or later).',
    ),
  },
  IMPORT_REFUSED: {
    status: 422,
    ...text(
      '工作簿有 {count} 处错误，未导入任何内容。请按单元格修改后重新上传。',
      'The workbook has {count} errors and nothing was imported: mend the cells named and upload it again.',
    ),
  },
  WORKBOOK_UNREADABLE: {
    status: 422,
    ...text(
      '无法读取该工作簿：文件损坏、加密或不是 .xlsx。请用 Excel 另存为 .xlsx 后重试。',
      'The workbook cannot be read: it is damaged, encrypted or not .xlsx. Save it again as .xlsx.',
    ),
  },
  WORKBOOK_TOO_LARGE: {
    status: 413,
    ...text(
      '工作簿展开后超过 {mib} MB 或 {rows} 行，请分成几个文件。',
      'The workbook is larger than {mib} MB unpacked, or {rows} rows: split it into several files.',
    ),
  },
});
