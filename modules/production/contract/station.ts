/** The stations of the floor. */
import { endpoint, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm } from './shared.ts';

const StationView = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  kind: z.string(),
  line: z.string(),
});

export const stationKind = z.string().regex(/^[a-z-]{3,20}$/);

export const listStations = endpoint({
  id: 'production.listStations',
  method: 'GET',
  path: '/api/v1/production/stations',
  title: text('工位列表', 'List stations'),
  access: perm('production.order:read'),
  query: pageQuery,
  response: page(StationView),
});

export const addStation = endpoint({
  id: 'production.addStation',
  method: 'POST',
  path: '/api/v1/production/stations',
  title: text('新增工位', 'Add a station'),
  access: perm('production.station:edit'),
  body: z.object({
    name: line(60),
    kind: stationKind,
    line: line(40, 0).default(''),
  }),
  response: StationView,
  status: 201,
});
