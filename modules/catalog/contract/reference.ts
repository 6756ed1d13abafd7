/** The new product that a remanufactured one is measured by, and the package it leaves in. */
import { decimal, endpoint, instant, line } from '@zaizao/platform/contract';
import { defineErrors, text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { partParams } from './part.ts';
import { bilingual, perm, version } from './permissions.ts';

export const referenceErrors = defineErrors({
  NEW_PLAN_TWICE: {
    status: 422,
    ...text('试验 {code} 重复。', 'Test {code} is named twice.'),
  },
  NEW_PLAN_ENDS: {
    status: 422,
    ...text(
      '试验 {code} 的上下限有误：至少一个，且下限不大于上限。',
      'Test {code} needs one limit at least, and the lower must not exceed the upper.',
    ),
  },
  PACKAGE_INSIDE: {
    status: 422,
    ...text(
      '包装外尺寸不能小于内尺寸。',
      'The outer dimensions must not be smaller than the inner.',
    ),
  },
  PACKAGE_CHECK_TWICE: {
    status: 422,
    ...text('检查项 {code} 重复。', 'Check {code} is named twice.'),
  },
});

const names = z.object({ zh: line(200), en: line(200) });
const code = line(80);
const note = line(200, 0).default('');
/** Where an edit begins before there is anything: it follows version 0. */
const Standing = { version: version.min(0), createdAt: instant.optional(), note: z.string() };

// ── The test plan of the new product ────────────────────────────────────────

const newTest = z.object({
  /** The code of our own test that answers to it. */
  code,
  name: names,
  unit: line(20),
  condition: line(200, 0),
  min: decimal.optional(),
  max: decimal.optional(),
  source: line(500),
});

const Ends = z.object({
  unit: z.string(),
  min: z.string().optional(),
  max: z.string().optional(),
});

export const Shortfall = z.object({
  code: z.string(),
  name: bilingual,
  kind: z.enum(['missing', 'unit', 'looser']),
  asked: Ends,
  ours: Ends.optional(),
});

const NewPlanView = z.object({
  ...Standing,
  /** Of whom the plan is: the standard, the maker's drawing, the type approval. */
  source: z.string(),
  items: z.array(newTest),
  /** What today's own plan lacks; nothing: it covers the new product's. */
  shortfalls: z.array(Shortfall),
  covered: z.boolean(),
});

export const getNewPlan = endpoint({
  id: 'catalog.getNewPlan',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId/new-plan',
  title: text('新品试验计划与对照', 'Test plan of the new product, held against ours'),
  access: perm('catalog.part:read'),
  params: partParams,
  response: NewPlanView,
});

/** `If-Match` names the version it follows; 0 for the first. */
export const setNewPlan = endpoint({
  id: 'catalog.setNewPlan',
  method: 'PUT',
  path: '/api/v1/catalog/parts/:partId/new-plan',
  title: text('发布新品试验计划', 'Issue the test plan of the new product'),
  access: perm('catalog.part:edit'),
  ifMatch: true,
  params: partParams,
  body: z.object({ source: line(300), items: z.array(newTest).min(1).max(200), note }),
  response: NewPlanView,
});

// ── The package ─────────────────────────────────────────────────────────────

export const PACKAGE_TYPES = {
  carton: text('纸箱', 'carton'),
  'wooden-case': text('木箱', 'wooden case'),
  'plastic-box': text('周转箱', 'returnable plastic box'),
  pallet: text('托盘', 'pallet'),
  bag: text('袋', 'bag'),
  crate: text('框架箱', 'crate'),
} as const;

/** Marks on the outside. @see GB/T 191 (ISO 780), pictorial marking for handling of goods */
export const HANDLING_MARKS = {
  fragile: text('易碎物品', 'fragile'),
  'this-way-up': text('向上', 'this way up'),
  'keep-dry': text('怕雨', 'keep away from rain'),
  'no-hooks': text('禁用手钩', 'use no hooks'),
  'keep-from-heat': text('怕晒', 'keep away from sunlight'),
  'stack-limit': text('堆码层数极限', 'stacking limit by number'),
  'no-stacking': text('禁止堆码', 'do not stack'),
  'esd-sensitive': text('静电敏感', 'electrostatic sensitive'),
} as const;

/** Where a label sits on the package. */
export const LABEL_PLACES = {
  top: text('顶面', 'top'),
  'long-side': text('长侧面', 'long side'),
  'short-side': text('短侧面', 'short side'),
  'two-sides': text('相邻两侧面', 'two adjacent sides'),
  inside: text('箱内', 'inside'),
  product: text('产品本体', 'on the product'),
} as const;

export const LABEL_KINDS = {
  parcel: text('物流标签（SSCC）', 'logistic label (SSCC)'),
  product: text('产品标签（再制造标志）', 'product label with the mark'),
  handling: text('储运标志', 'handling marks'),
  'core-return': text('旧件退回标签', 'core return label'),
  certificate: text('合格证', 'certificate'),
} as const;

// Object.keys loses the literal types; the tables are the only source of these lists.
const keys = <T extends string>(table: Readonly<Record<T, unknown>>) =>
  z.enum(Object.keys(table) as [T, ...T[]]);

const size = z.object({
  lengthMm: z.number().int().min(1).max(20_000),
  widthMm: z.number().int().min(1).max(20_000),
  heightMm: z.number().int().min(1).max(20_000),
});

export const PackageSpec = z.object({
  type: keys(PACKAGE_TYPES),
  materials: z
    .array(
      z.object({
        name: names,
        massG: z.number().int().min(0).max(10_000_000),
        /** Comes back and is used again. */
        reusable: z.boolean(),
      }),
    )
    .min(1)
    .max(30),
  inner: size,
  outer: size,
  /** Of the empty package, grams. */
  tareG: z.number().int().min(0).max(10_000_000),
  unitsPerPackage: z.number().int().min(1).max(10_000),
  /** Packages on top of each other at most; 1: nothing goes on top. */
  stackLayers: z.number().int().min(1).max(100),
  stackLoadKg: z.number().min(0).max(100_000).optional(),
  /** Against electrostatic discharge: shielding bag, grounded station. */
  esd: z.boolean(),
  /** Volatile corrosion inhibitor: paper or film. */
  vci: z.boolean(),
  desiccantG: z.number().int().min(0).max(100_000).optional(),
  handling: z.array(keys(HANDLING_MARKS)).max(12),
  labels: z
    .array(z.object({ kind: keys(LABEL_KINDS), place: keys(LABEL_PLACES) }))
    .min(1)
    .max(20),
  /** What the packer confirms, one by one. */
  checks: z
    .array(z.object({ code, text: names }))
    .min(1)
    .max(30),
  basis: line(1000, 0),
});

const PackageView = z.object({ ...Standing, spec: PackageSpec.optional() });

export const getPackage = endpoint({
  id: 'catalog.getPackage',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId/package',
  title: text('包装规范', 'Package specification'),
  access: perm('catalog.part:read'),
  params: partParams,
  response: PackageView,
});

/** `If-Match` names the version it follows; 0 for the first. */
export const setPackage = endpoint({
  id: 'catalog.setPackage',
  method: 'PUT',
  path: '/api/v1/catalog/parts/:partId/package',
  title: text('发布包装规范', 'Issue a package specification'),
  access: perm('catalog.part:edit'),
  ifMatch: true,
  params: partParams,
  body: z.object({ spec: PackageSpec, note }),
  response: PackageView,
});
