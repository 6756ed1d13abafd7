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
  BOM_NOT_FOUND: {
    status: 404,
    ...text(
      '零件 {number} 还没有物料清单，请先建立或导入。',
      'Part {number} has no bill of material yet: add or import one.',
    ),
  },
  ROUTE_NOT_FOUND: {
    status: 404,
    ...text(
      '零件 {number} 还没有工艺路线，请先建立或导入。',
      'Part {number} has no route yet: add or import one.',
    ),
  },
  CHARACTERISTIC_NOT_FOUND: {
    status: 404,
    ...text('没有此检测特性。', 'There is no such characteristic.'),
  },
  PROGRAMME_NOT_FOUND: {
    status: 404,
    ...text(
      '零件 {number} 在 {day} 没有生效的回收规则，请先发布。',
      'No programme for part {number} is in force on {day}: publish one first.',
    ),
  },
  VALUE_NOT_DECIMAL: {
    status: 422,
    ...text(
      '“{value}”不是数字，请输入如 8.20 的数值。',
      '“{value}” is not a number: type it like 8.20.',
    ),
  },
  CATALOG_REFUSED: {
    status: 422,
    ...text(
      '内容有 {count} 处不符合要求：{first}',
      'There are {count} faults in what you entered: {first}',
    ),
  },
  EXPORT_TOO_LARGE: {
    status: 422,
    ...text(
      '数据超过 {rows} 行，请使用后台导出。',
      'There are more than {rows} rows: use the background export.',
    ),
  },
  DEMO_PLANT_NOT_FOUND: {
    status: 404,
    ...text(
      '没有此演示工厂，可选 A 至 F。',
      'There is no such demonstration plant: choose A to F.',
    ),
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
      '请选择 .xlsx 工作簿（Excel 2007 及以后格式），或号码对照的 .csv、.json 文件。',
      'Choose an .xlsx workbook (Excel 2007 or later), or a .csv or .json feed of numbers.',
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
  WORKBOOK_ENCRYPTED: {
    status: 422,
    ...text(
      '工作簿设有密码。请在 Excel 中去掉密码，另存后再上传。',
      'The workbook has a password: take it off in Excel, save the file and upload it again.',
    ),
  },
  WORKBOOK_OLD_FORMAT: {
    status: 422,
    ...text(
      '这是旧版 Excel 文件（.xls）。请用 Excel 另存为 .xlsx 后再上传。',
      'This is a file of old Excel (.xls): save it as .xlsx and upload it again.',
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
