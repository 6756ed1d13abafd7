import { day, endpoint, id, instant, line, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { perm, stationKind, version } from './shared.ts';

const minute = z.number().int().min(0).max(1439);
const until = z.number().int().min(1).max(2880);

const calendarFields = z.object({
  name: line(60),
  siteId: id('site').optional(),
  isDefault: z.boolean().default(false),
  /** Minutes from midnight of the plant's zone; an end beyond 1440 is on the next day. */
  shifts: z
    .array(
      z.object({
        name: line(30),
        weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
        from: minute,
        to: until,
      }),
    )
    .max(12),
  /** Holidays (no shifts) and days worked otherwise. */
  days: z
    .array(
      z.object({
        day,
        name: line(40, 0).default(''),
        shifts: z
          .array(z.object({ from: minute, to: until }))
          .max(6)
          .default([]),
      }),
    )
    .max(400)
    .default([]),
});

const CalendarView = calendarFields.extend({
  id: z.string(),
  siteId: z.string().optional(),
  version,
});
const calendarId = z.object({ calendarId: id('shift') });

export const listCalendars = endpoint({
  id: 'planning.listCalendars',
  method: 'GET',
  path: '/api/v1/planning/calendars',
  title: text('班次日历列表', 'List shift calendars'),
  access: perm('planning.resource:read'),
  query: pageQuery,
  response: page(CalendarView),
});

export const addCalendar = endpoint({
  id: 'planning.addCalendar',
  method: 'POST',
  path: '/api/v1/planning/calendars',
  title: text('新建班次日历', 'Add a shift calendar'),
  access: perm('planning.resource:edit'),
  body: calendarFields,
  response: CalendarView,
  status: 201,
});

export const editCalendar = endpoint({
  id: 'planning.editCalendar',
  method: 'PUT',
  path: '/api/v1/planning/calendars/:calendarId',
  title: text('修改班次日历', 'Edit a shift calendar'),
  access: perm('planning.resource:edit'),
  ifMatch: true,
  params: calendarId,
  body: calendarFields,
  response: CalendarView,
});

const ruleFields = z.object({
  calendarId: id('shift').optional(),
  /** Codes of the route's steps it can do; none: all of its kind. */
  steps: z
    .array(z.string().regex(/^[A-Za-z0-9][\w.-]{0,29}$/))
    .max(60)
    .default([]),
  /** Somebody with its skill stays with the work. */
  attended: z.boolean().default(true),
  /** An oven or a washer: so many pieces of one product at once. */
  batchCapacity: z.number().int().min(1).max(10_000).optional(),
  /** Time to change over from one product to another. */
  setupSeconds: z.number().int().min(0).max(86_400).default(0),
  inUse: z.boolean().default(true),
});

export const StationRuleView = ruleFields.extend({
  stationId: z.string(),
  code: z.string(),
  name: z.string(),
  kind: z.string(),
  line: z.string(),
  version,
});

export const listStationRules = endpoint({
  id: 'planning.listStationRules',
  method: 'GET',
  path: '/api/v1/planning/stations',
  title: text('工位计划参数列表', 'List what planning knows of stations'),
  access: perm('planning.resource:read'),
  query: pageQuery,
  response: page(StationRuleView),
});

export const editStationRule = endpoint({
  id: 'planning.editStationRule',
  method: 'PUT',
  path: '/api/v1/planning/stations/:stationId',
  title: text('修改工位计划参数', 'Edit what planning knows of a station'),
  access: perm('planning.resource:edit'),
  ifMatch: true,
  params: z.object({ stationId: id('station') }),
  body: ruleFields,
  response: StationRuleView,
});

const personFields = z.object({
  name: line(40),
  /** Kinds of stations this person can work at. */
  skills: z.array(stationKind).max(20),
  calendarId: id('shift').optional(),
  active: z.boolean().default(true),
});

const PersonView = personFields.extend({ id: z.string(), version });

export const listPeople = endpoint({
  id: 'planning.listPeople',
  method: 'GET',
  path: '/api/v1/planning/people',
  title: text('操作员列表', 'List operators'),
  access: perm('planning.resource:read'),
  query: pageQuery,
  response: page(PersonView),
});

export const addPerson = endpoint({
  id: 'planning.addPerson',
  method: 'POST',
  path: '/api/v1/planning/people',
  title: text('登记操作员', 'Enter an operator'),
  access: perm('planning.resource:edit'),
  body: personFields,
  response: PersonView,
  status: 201,
});

export const editPerson = endpoint({
  id: 'planning.editPerson',
  method: 'PUT',
  path: '/api/v1/planning/people/:personId',
  title: text('修改操作员', 'Edit an operator'),
  access: perm('planning.resource:edit'),
  ifMatch: true,
  params: z.object({ personId: id('person') }),
  body: personFields,
  response: PersonView,
});

const closureFields = z.object({
  kind: z.enum(['station', 'person']),
  subjectId: line(60),
  from: instant,
  to: instant,
  reason: line(120),
});

const ClosureView = closureFields.extend({
  id: z.string(),
  subject: z.string(),
  /** Lent to another organisation by this request. */
  requestId: z.string().optional(),
});

export const listClosures = endpoint({
  id: 'planning.listClosures',
  method: 'GET',
  path: '/api/v1/planning/closures',
  title: text('停用与缺勤列表', 'List closures and absences'),
  access: perm('planning.resource:read'),
  query: pageQuery,
  response: page(ClosureView),
});

export const addClosure = endpoint({
  id: 'planning.addClosure',
  method: 'POST',
  path: '/api/v1/planning/closures',
  title: text('登记停用或缺勤', 'Record a closure or an absence'),
  access: perm('planning.resource:edit'),
  body: closureFields,
  response: ClosureView,
  status: 201,
});

export const endClosure = endpoint({
  id: 'planning.endClosure',
  method: 'DELETE',
  path: '/api/v1/planning/closures/:closureId',
  title: text('撤销停用或缺勤', 'Take back a closure or an absence'),
  access: perm('planning.resource:edit'),
  params: z.object({ closureId: id('clo') }),
  response: z.object({ id: z.string() }),
});

const settingFields = z.object({
  transportSeconds: z.number().int().min(0).max(86_400),
  freezeMinutes: z.number().int().min(0).max(10_080),
  horizonDays: z.number().int().min(7).max(120),
  /** Price of moving a start by an hour, and of another station; in hours of lateness. */
  perShift: z.number().min(0).max(100),
  perMove: z.number().min(0).max(100),
  iterations: z.number().int().min(100).max(5_000_000),
  deadlineSeconds: z.number().int().min(1).max(600),
});

const SettingView = settingFields.extend({ version });

export const getSettings = endpoint({
  id: 'planning.getSettings',
  method: 'GET',
  path: '/api/v1/planning/settings',
  title: text('查看计划参数', 'See planning settings'),
  access: perm('planning.resource:read'),
  response: SettingView,
});

export const editSettings = endpoint({
  id: 'planning.editSettings',
  method: 'PUT',
  path: '/api/v1/planning/settings',
  title: text('修改计划参数', 'Edit planning settings'),
  access: perm('planning.resource:edit'),
  ifMatch: true,
  body: settingFields,
  response: SettingView,
});
