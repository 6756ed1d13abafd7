/** Instruments and their calibration: a measured value is only worth what measured it. */
import {
  day,
  definePermissions,
  endpoint,
  id,
  instant,
  line,
  page,
  pageQuery,
} from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { defineErrors, text } from '@zaizao/platform/kernel';
import { z } from 'zod';

export { INSTRUMENT_KINDS, instrumentKind } from './kinds.ts';

export const instrumentErrors = defineErrors({
  INSTRUMENT_NOT_FOUND: {
    status: 422,
    ...text(
      '没有此仪器。请扫描仪器上的标签，或从列表中选择。',
      'There is no such instrument: scan the label on it, or choose it from the list.',
    ),
  },
  INSTRUMENT_CALIBRATION_EXPIRED: {
    status: 422,
    ...text(
      '仪器 {code}（{name}）在 {day} 校准无效（有效期至 {due}）。请换用校准有效的仪器，或先送校准并登记证书。',
      'Instrument {code} ({name}) is not in calibration on {day} (valid until {due}): use another one, or have it calibrated and record the certificate first.',
    ),
  },
  INSTRUMENT_RETIRED: {
    status: 422,
    ...text(
      '仪器 {code}（{name}）已停用。请换用其他仪器。',
      'Instrument {code} ({name}) is out of use: take another one.',
    ),
  },
  INSTRUMENT_CALIBRATION_FUTURE: {
    status: 422,
    ...text(
      '校准日期 {day} 晚于今天，请核对证书。',
      'The calibration day {day} lies in the future: check the certificate.',
    ),
  },
  INSTRUMENT_CALIBRATION_PERIOD: {
    status: 422,
    ...text(
      '有效期应不早于校准日期，请核对证书。',
      'The due day lies before the calibration: check the certificate.',
    ),
  },
});

export const perm = definePermissions({
  'instruments.instrument:read': text('查看仪器', 'See instruments'),
  'instruments.instrument:edit': text('登记仪器和校准', 'Record instruments and calibrations'),
});

export const CalibrationState = z.enum(['valid', 'due-soon', 'expired', 'never', 'retired']);

const CalibrationView = z.object({
  id: z.string(),
  calibratedOn: day,
  dueOn: day,
  good: z.boolean(),
  certificateNo: z.string(),
  laboratory: z.string(),
  document: z.string().optional(),
  by: z.string(),
  at: instant,
});

const instrumentFields = z.object({
  name: line(120),
  /** The word of the catalogue’s characteristics, `dial-indicator`: what it may measure hangs on it. */
  kind: line(60),
  maker: line(120).optional(),
  model: line(80).optional(),
  serial: line(80).optional(),
  /** Expanded uncertainty in the certificate’s words: “U = 0.02 V, k = 2”. */
  uncertainty: line(80).optional(),
  intervalDays: z.number().int().min(1).max(3660),
});

export const InstrumentView = instrumentFields.extend({
  id: z.string(),
  code: z.string(),
  calibratedOn: day.optional(),
  dueOn: day.optional(),
  state: CalibrationState,
  active: z.boolean(),
  version: z.number().int(),
});

const instrumentId = z.object({ instrumentId: id('inst') });

export const listInstruments = endpoint({
  id: 'instruments.listInstruments',
  method: 'GET',
  path: '/api/v1/instruments',
  title: text('仪器列表', 'List instruments'),
  access: perm('instruments.instrument:read'),
  query: pageQuery.extend({
    q: z.string().max(80).optional(),
    kind: z.string().max(60).optional(),
    /** Out of calibration, or due within 30 days. */
    due: z.enum(['yes']).optional(),
  }),
  response: page(InstrumentView),
});

export const getInstrument = endpoint({
  id: 'instruments.getInstrument',
  method: 'GET',
  path: '/api/v1/instruments/:instrumentId',
  title: text('查看仪器', 'See an instrument'),
  access: perm('instruments.instrument:read'),
  params: instrumentId,
  response: InstrumentView.extend({ calibrations: z.array(CalibrationView) }),
});

export const addInstrument = endpoint({
  id: 'instruments.addInstrument',
  method: 'POST',
  path: '/api/v1/instruments',
  title: text('登记仪器', 'Add an instrument'),
  access: perm('instruments.instrument:edit'),
  body: instrumentFields,
  response: InstrumentView,
  status: 201,
});

export const editInstrument = endpoint({
  id: 'instruments.editInstrument',
  method: 'PUT',
  path: '/api/v1/instruments/:instrumentId',
  title: text('修改仪器', 'Edit an instrument'),
  access: perm('instruments.instrument:edit'),
  ifMatch: true,
  params: instrumentId,
  body: instrumentFields.extend({ active: z.boolean() }),
  response: InstrumentView,
});

export const recalibrate = endpoint({
  id: 'instruments.recalibrate',
  method: 'POST',
  path: '/api/v1/instruments/:instrumentId/calibrations',
  title: text('登记校准证书', 'Record a calibration'),
  access: perm('instruments.instrument:edit'),
  params: instrumentId,
  body: z.object({
    calibratedOn: day,
    /** Absent: the calibration day and the instrument’s interval. */
    dueOn: day.optional(),
    /** A calibration that found it out of tolerance takes it out of use. */
    good: z.boolean().default(true),
    certificateNo: line(80),
    laboratory: line(120),
    document: sha256.optional(),
  }),
  response: InstrumentView,
});

export type InstrumentView = z.output<typeof InstrumentView>;
