/** The catalogue by Excel: template, upload with a dry run, commit, export. */
import { endpoint, id, instant, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { bilingual, perm, version } from './permissions.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MIB = 1024 * 1024;

/** What the dry run found: every fault by sheet and cell, or what the commit would change. */
export const ImportReport = z.object({
  /** All faults; `faults` holds the first of them. */
  faultCount: z.number().int(),
  faults: z.array(
    z.object({ sheet: z.string(), cell: z.string(), code: z.string(), message: bilingual }),
  ),
  sheets: z.array(
    z.object({
      sheet: z.string(),
      title: bilingual,
      rows: z.number().int(),
      added: z.number().int(),
      changed: z.number().int(),
      unchanged: z.number().int(),
    }),
  ),
});

const ImportView = z.object({
  id: id('imp'),
  no: z.number().int(),
  fileName: z.string(),
  state: z.enum(['checking', 'refused', 'ready', 'committing', 'committed', 'discarded']),
  report: ImportReport.optional(),
  /** The job that is at work on it, for its progress. */
  jobId: z.string().optional(),
  createdAt: instant,
  committedAt: instant.optional(),
  version,
});

const importParams = z.object({ importId: id('imp') });

export const startImport = endpoint({
  id: 'catalog.startImport',
  method: 'POST',
  path: '/api/v1/catalog/imports',
  title: text('上传工作簿并试运行', 'Upload a workbook for a dry run'),
  access: perm('catalog.import:run'),
  upload: true,
  bodyLimit: 65 * MIB,
  bucket: 'bulk',
  response: ImportView,
  status: 201,
});

export const listImports = endpoint({
  id: 'catalog.listImports',
  method: 'GET',
  path: '/api/v1/catalog/imports',
  title: text('导入记录', 'List imports'),
  access: perm('catalog.import:read'),
  query: pageQuery,
  response: page(ImportView),
});

export const getImport = endpoint({
  id: 'catalog.getImport',
  method: 'GET',
  path: '/api/v1/catalog/imports/:importId',
  title: text('查看导入', 'See an import'),
  access: perm('catalog.import:read'),
  params: importParams,
  response: ImportView,
});

export const commitImport = endpoint({
  id: 'catalog.commitImport',
  method: 'POST',
  path: '/api/v1/catalog/imports/:importId/commit',
  title: text('提交导入', 'Commit an import'),
  access: perm('catalog.import:run'),
  params: importParams,
  response: ImportView,
});

export const discardImport = endpoint({
  id: 'catalog.discardImport',
  method: 'POST',
  path: '/api/v1/catalog/imports/:importId/discard',
  title: text('放弃导入', 'Discard an import'),
  access: perm('catalog.import:run'),
  params: importParams,
  response: ImportView,
});

export const getTemplate = endpoint({
  id: 'catalog.getTemplate',
  method: 'GET',
  path: '/api/v1/catalog/template.xlsx',
  title: text('下载模板', 'Download the template'),
  access: perm('catalog.part:read'),
  binary: XLSX,
});

export const exportCatalogue = endpoint({
  id: 'catalog.exportCatalogue',
  method: 'GET',
  path: '/api/v1/catalog/export.xlsx',
  title: text('导出目录', 'Export the catalogue'),
  access: perm('catalog.part:read'),
  bucket: 'bulk',
  query: z.object({ partId: id('part').optional() }),
  binary: XLSX,
});

/** For a large catalogue: the job’s result is `{sha256}` of a stored file. */
export const startExport = endpoint({
  id: 'catalog.startExport',
  method: 'POST',
  path: '/api/v1/catalog/exports',
  title: text('后台导出目录', 'Export the catalogue in the background'),
  access: perm('catalog.part:read'),
  response: z.object({ jobId: z.string() }),
  status: 202,
});

const plant = z.enum(['A', 'B', 'C', 'D', 'E', 'F']);

export const listDemoPlants = endpoint({
  id: 'catalog.listDemoPlants',
  method: 'GET',
  path: '/api/v1/catalog/demo-plants',
  title: text('演示工厂', 'Demonstration plants'),
  access: perm('catalog.part:read'),
  response: z.object({ items: z.array(z.object({ plant, name: bilingual })) }),
});

export const getDemoWorkbook = endpoint({
  id: 'catalog.getDemoWorkbook',
  method: 'GET',
  path: '/api/v1/catalog/demo-plants/:plant/workbook.xlsx',
  title: text('下载演示工厂工作簿', 'Download the workbook of a demonstration plant'),
  access: perm('catalog.part:read'),
  params: z.object({ plant }),
  binary: XLSX,
});
