/** Sites: where an organisation works. */
import { endpoint, id, line, page, pageQuery } from '@zaizao/platform/contract';
import { type Text, text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { keys, perm, version } from './shared.ts';

export const SITE_KINDS = {
  plant: text('工厂', 'Plant'),
  warehouse: text('仓库', 'Warehouse'),
  yard: text('堆场', 'Yard'),
  outlet: text('网点', 'Outlet'),
  laboratory: text('实验室', 'Laboratory'),
  office: text('办公室', 'Office'),
} as const satisfies Record<string, Text>;

const siteKind = keys(SITE_KINDS);

const siteFields = z.object({
  name: line(120),
  kind: siteKind,
  address: line(300).optional(),
  region: line(80).optional(),
});

const SiteView = siteFields.extend({
  id: id('site'),
  code: z.string(),
  gln: z.string(),
  epc: z.string(),
  isDefault: z.boolean(),
  active: z.boolean(),
  version,
});

const siteParams = z.object({ siteId: id('site') });

export const listSites = endpoint({
  id: 'parties.listSites',
  method: 'GET',
  path: '/api/v1/parties/sites',
  title: text('场所列表', 'List sites'),
  access: perm('parties.site:read'),
  query: pageQuery,
  response: page(SiteView),
});

export const openSite = endpoint({
  id: 'parties.openSite',
  method: 'POST',
  path: '/api/v1/parties/sites',
  title: text('新建场所', 'Open a site'),
  access: perm('parties.site:edit'),
  body: siteFields.extend({
    gln: z
      .string()
      .regex(/^\d{13}$/)
      .optional(),
  }),
  response: SiteView,
  status: 201,
});

export const getSite = endpoint({
  id: 'parties.getSite',
  method: 'GET',
  path: '/api/v1/parties/sites/:siteId',
  title: text('查看场所', 'See a site'),
  access: perm('parties.site:read'),
  params: siteParams,
  response: SiteView,
});

export const editSite = endpoint({
  id: 'parties.editSite',
  method: 'PUT',
  path: '/api/v1/parties/sites/:siteId',
  title: text('修改场所', 'Edit a site'),
  access: perm('parties.site:edit'),
  ifMatch: true,
  params: siteParams,
  body: siteFields.extend({ isDefault: z.boolean(), active: z.boolean() }),
  response: SiteView,
});

export type SiteView = z.output<typeof SiteView>;
