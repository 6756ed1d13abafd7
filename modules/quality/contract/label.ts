/** Labels of cores, components, lots and units. */
import { endpoint, id, line } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './permissions.ts';

export const LabelFormat = z.enum(['svg', 'png', 'pdf', 'zpl']);
export const LabelSize = z.enum(['60x40', '50x30', '25x15']);

export const printLabel = endpoint({
  id: 'quality.printLabel',
  method: 'GET',
  path: '/api/v1/quality/labels',
  title: text('打印标签', 'Print a label'),
  access: perm('quality.label:read'),
  query: z.object({
    /** EPC, Digital Link or code of a core, component, lot or unit. */
    epc: line(500),
    format: LabelFormat.default('svg'),
    size: LabelSize.default('60x40'),
    /** Dots a millimetre of the printer: 8 is 203 dpi, 12 is 300 dpi. */
    dpmm: z.coerce.number().int().min(6).max(24).default(8),
  }),
  binary: 'application/octet-stream',
});

export const sendLabel = endpoint({
  id: 'quality.sendLabel',
  method: 'POST',
  path: '/api/v1/quality/labels/prints',
  title: text('把标签发到打印机', 'Send a label to a printer'),
  access: perm('quality.label:read'),
  body: z.object({
    epc: line(500),
    printerId: id('printer'),
    copies: z.number().int().min(1).max(20).default(1),
  }),
  /** The job that brings it to the printer. */
  response: z.object({ jobId: z.string() }),
  status: 202,
});
