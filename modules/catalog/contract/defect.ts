/** Defects of a product, and what its parts cost. */
import { day, endpoint } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { PRICE_KINDS } from '../domain/code-lists.ts';
import { defectCodes } from '../domain/vocabulary.ts';
import { basis, code, codes, keys, names, position, share } from './fields.ts';
import { partParams } from './part.ts';
import { amount, perm } from './permissions.ts';

const defectFields = z.object({
  code,
  name: names,
  mode: codes(defectCodes()),
  componentPos: position.optional(),
  ratePct: share.optional(),
  per: z.enum(['core', 'unit', 'warranty']),
  basis,
});

export const listDefects = endpoint({
  id: 'catalog.listDefects',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId/defects',
  title: text('常见缺陷', 'Defects of a part'),
  access: perm('catalog.part:read'),
  params: partParams,
  response: z.object({ items: z.array(defectFields) }),
});

export const putDefect = endpoint({
  id: 'catalog.putDefect',
  method: 'POST',
  path: '/api/v1/catalog/parts/:partId/defects',
  title: text('登记或修改缺陷', 'Record or change a defect'),
  access: perm('catalog.part:edit'),
  params: partParams,
  body: defectFields,
  response: defectFields,
  status: 201,
});

const priceFields = z.object({ kind: keys(PRICE_KINDS), validFrom: day, fen: amount, basis });

export const listPrices = endpoint({
  id: 'catalog.listPrices',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId/prices',
  title: text('价格', 'Prices of a part'),
  access: perm('catalog.part:read'),
  params: partParams,
  response: z.object({ items: z.array(priceFields) }),
});

export const setPrice = endpoint({
  id: 'catalog.setPrice',
  method: 'POST',
  path: '/api/v1/catalog/parts/:partId/prices',
  title: text('登记价格', 'Set a price'),
  access: perm('catalog.part:edit'),
  params: partParams,
  body: priceFields,
  response: priceFields,
  status: 201,
});
