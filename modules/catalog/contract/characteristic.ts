/** What is measured on a part, and within which limits. */
import { day, decimal, endpoint, id, line } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { LEVELS, SEVERITIES } from '../domain/code-lists.ts';
import { basis, code, follows, keys, names, position } from './fields.ts';
import { partParams } from './part.ts';
import { perm, version } from './permissions.ts';

const level = keys(LEVELS);

const limitFields = z.object({
  level,
  customer: line(80).optional(),
  min: decimal.optional(),
  max: decimal.optional(),
  validFrom: day,
  source: line(500),
});

const LimitView = limitFields.extend({ version });

/** What is said of a characteristic, whoever asks for it. */
export const CharacteristicFields = z.object({
  code,
  purpose: z.enum(['inspection', 'test', 'both']),
  seq: z.number().int().min(0).max(99_999),
  name: names,
  componentPos: position.optional(),
  /** `bool` is yes/no, valued 1 and 0. */
  unit: line(20),
  method: line(200, 0),
  instrumentKind: line(80).optional(),
  condition: line(200, 0),
  severity: keys(SEVERITIES),
  active: z.boolean(),
  basis,
});

const CharacteristicView = CharacteristicFields.extend({
  id: id('char'),
  partId: id('part'),
  componentId: id('part').optional(),
  /** Every version; those in force are named in `inForce`. */
  limits: z.array(LimitView),
  inForce: z.array(LimitView),
  version,
});

export const listCharacteristics = endpoint({
  id: 'catalog.listCharacteristics',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId/characteristics',
  title: text('检测特性与试验项目', 'Characteristics and tests'),
  access: perm('catalog.part:read'),
  params: partParams,
  query: z.object({ day: day.optional() }),
  response: z.object({ items: z.array(CharacteristicView) }),
});

export const addCharacteristic = endpoint({
  id: 'catalog.addCharacteristic',
  method: 'POST',
  path: '/api/v1/catalog/parts/:partId/characteristics',
  title: text('新建特性', 'Add a characteristic'),
  access: perm('catalog.part:edit'),
  params: partParams,
  body: CharacteristicFields.extend({ limits: z.array(limitFields).max(20) }),
  response: CharacteristicView,
  status: 201,
});

const characteristicParams = z.object({ characteristicId: id('char') });

export const editCharacteristic = endpoint({
  id: 'catalog.editCharacteristic',
  method: 'PUT',
  path: '/api/v1/catalog/characteristics/:characteristicId',
  title: text('修改特性', 'Edit a characteristic'),
  access: perm('catalog.part:edit'),
  ifMatch: true,
  params: characteristicParams,
  body: CharacteristicFields.omit({ code: true, purpose: true }),
  response: CharacteristicView,
});

export const addLimit = endpoint({
  id: 'catalog.addLimit',
  method: 'POST',
  path: '/api/v1/catalog/characteristics/:characteristicId/limits',
  title: text('发布限值新版本', 'Issue a new limit'),
  access: perm('catalog.part:edit'),
  params: characteristicParams,
  body: limitFields.extend({ follows }),
  response: CharacteristicView,
  status: 201,
});

export const judgeValue = endpoint({
  id: 'catalog.judgeValue',
  method: 'GET',
  path: '/api/v1/catalog/characteristics/:characteristicId/judgement',
  title: text('按限值判定数值', 'Judge a value by the limits'),
  access: perm('catalog.part:read'),
  params: characteristicParams,
  query: z.object({
    value: z.string().min(1).max(30),
    customer: z.string().max(80).optional(),
    day: day.optional(),
  }),
  response: z.object({
    verdict: z.enum(['pass', 'fail', 'unlimited']),
    levels: z.array(LimitView.extend({ pass: z.boolean() })),
    strictest: z.object({ min: z.string().optional(), max: z.string().optional() }),
  }),
});
