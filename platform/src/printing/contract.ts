import { z } from 'zod';
import { definePermissions, endpoint, id, line } from '../http/contract.ts';
import { defineErrors, text } from '../kernel/index.ts';

export const printerErrors = defineErrors({
  PRINTER_NOT_FOUND: {
    status: 404,
    ...text('没有此打印机。', 'There is no such printer.'),
  },
  PRINTER_NAME_TAKEN: {
    status: 409,
    ...text('已有名为“{name}”的打印机。', 'There is a printer named "{name}" already.'),
  },
  PRINTER_ADDRESS: {
    status: 422,
    ...text(
      '{host} 不是工厂内网的 IP 地址；请填打印机在内网的地址，如 192.168.1.50。',
      '{host} is no IP address of a private network: give the printer’s own, such as 192.168.1.50.',
    ),
  },
  PRINTER_SILENT: {
    status: 503,
    ...text(
      '打印机“{name}”（{address}）没有应答，请检查电源、网线和地址后重试。',
      'Printer "{name}" ({address}) does not answer: check its power, cable and address, then try again.',
    ),
  },
});

const perm = definePermissions({
  'platform.printer:use': text('使用标签打印机', 'Print on label printers'),
  'platform.printer:manage': text('管理标签打印机', 'Manage label printers'),
});

export const PrinterFields = z.object({
  name: line(60),
  /** The site or station where it stands. */
  place: line(60, 0).default(''),
  /** An IP address of the private network; names are not looked up. */
  host: line(45),
  /** Raw printing: 9100, on some mobile printers 6101. */
  port: z.union([z.literal(9100), z.literal(6101)]).default(9100),
  /** Width and height of its labels in millimetres. */
  media: z.string().regex(/^\d{2,3}x\d{2,3}$/),
  /** Dots a millimetre: 8 is 203 dpi, 12 is 300 dpi. */
  dpmm: z.number().int().min(6).max(24).default(8),
});

const PrinterView = PrinterFields.extend({
  id: z.string(),
  port: z.number().int(),
  version: z.number().int(),
});

const printerParams = z.object({ printerId: id('printer') });
const queued = z.object({ jobId: z.string() });

export const listPrinters = endpoint({
  id: 'platform.listPrinters',
  method: 'GET',
  path: '/api/v1/printers',
  title: text('标签打印机', 'Label printers'),
  access: perm('platform.printer:use'),
  response: z.object({ items: z.array(PrinterView) }),
});

export const addPrinter = endpoint({
  id: 'platform.addPrinter',
  method: 'POST',
  path: '/api/v1/printers',
  title: text('添加打印机', 'Add a printer'),
  access: perm('platform.printer:manage'),
  body: PrinterFields,
  response: PrinterView,
  status: 201,
});

export const editPrinter = endpoint({
  id: 'platform.editPrinter',
  method: 'PUT',
  path: '/api/v1/printers/:printerId',
  title: text('修改打印机', 'Edit a printer'),
  access: perm('platform.printer:manage'),
  params: printerParams,
  body: PrinterFields,
  ifMatch: true,
  response: PrinterView,
});

export const removePrinter = endpoint({
  id: 'platform.removePrinter',
  method: 'DELETE',
  path: '/api/v1/printers/:printerId',
  title: text('移除打印机', 'Remove a printer'),
  access: perm('platform.printer:manage'),
  params: printerParams,
  response: z.object({ id: z.string() }),
});

export const testPrinter = endpoint({
  id: 'platform.testPrinter',
  method: 'POST',
  path: '/api/v1/printers/:printerId/test',
  title: text('打印测试页', 'Print a test label'),
  access: perm('platform.printer:use'),
  params: printerParams,
  response: queued,
  status: 202,
});
