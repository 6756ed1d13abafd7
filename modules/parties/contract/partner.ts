/** Partners: whom an organisation trades with. */
import { endpoint, id, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { creditCode, organisationKind } from './organisation.ts';
import { perm, version } from './shared.ts';

const partnerFields = z.object({
  name: line(120),
  kind: organisationKind,
  creditCode: creditCode.optional(),
  contact: line(80).optional(),
  phone: line(40).optional(),
  region: line(80).optional(),
  address: line(300).optional(),
  note: line(500).optional(),
});

const PartnerView = partnerFields.extend({
  id: id('partner'),
  code: z.string(),
  /** The organisation on this installation that the partner is, when it is one. */
  orgId: z.string().optional(),
  active: z.boolean(),
  version,
});

const partnerParams = z.object({ partnerId: id('partner') });

export const listPartners = endpoint({
  id: 'parties.listPartners',
  method: 'GET',
  path: '/api/v1/parties/partners',
  title: text('往来单位列表', 'List partners'),
  access: perm('parties.partner:read'),
  query: pageQuery.extend({
    q: z.string().max(80).optional(),
    kind: organisationKind.optional(),
    active: z.enum(['yes', 'no']).optional(),
  }),
  response: page(PartnerView),
});

export const addPartner = endpoint({
  id: 'parties.addPartner',
  method: 'POST',
  path: '/api/v1/parties/partners',
  title: text('登记往来单位', 'Add a partner'),
  access: perm('parties.partner:edit'),
  body: partnerFields.extend({ orgId: z.string().max(60).optional() }),
  response: PartnerView,
  status: 201,
});

export const readPartner = endpoint({
  id: 'parties.getPartner',
  method: 'GET',
  path: '/api/v1/parties/partners/:partnerId',
  title: text('查看往来单位', 'See a partner'),
  access: perm('parties.partner:read'),
  params: partnerParams,
  response: PartnerView,
});

export const editPartner = endpoint({
  id: 'parties.editPartner',
  method: 'PUT',
  path: '/api/v1/parties/partners/:partnerId',
  title: text('修改往来单位', 'Edit a partner'),
  access: perm('parties.partner:edit'),
  ifMatch: true,
  params: partnerParams,
  body: partnerFields.extend({ active: z.boolean() }),
  response: PartnerView,
});

export type PartnerView = z.output<typeof PartnerView>;
