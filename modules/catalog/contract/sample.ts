/** Sample pictures beside the questions of a programme. */
import { endpoint, id } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { defineErrors, text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { code } from './fields.ts';
import { partParams } from './part.ts';
import { perm } from './permissions.ts';

/** Pictures that one question may carry: more are not looked at. */
export const MOST_SAMPLES_EACH = 6;

export const sampleErrors = defineErrors({
  CRITERION_NOT_FOUND: {
    status: 404,
    ...text(
      '回收规则 {programme} 没有判据 {criterion}，请先发布含此判据的版本。',
      'Programme {programme} has no criterion {criterion}: publish a version that has it first.',
    ),
  },
  SAMPLE_TOO_MANY: {
    status: 422,
    ...text(
      '每个判据最多 {most} 张样图，请先删除一张。',
      'A criterion carries {most} sample pictures at most: remove one first.',
    ),
  },
  SAMPLE_KNOWN: {
    status: 409,
    ...text('这张图片已是此判据的样图。', 'This picture is a sample of the criterion already.'),
  },
  SAMPLE_NOT_FOUND: {
    status: 404,
    ...text('没有此样图。', 'There is no such sample picture.'),
  },
});

const SampleFields = z.object({
  programme: code,
  criterion: code,
  /** What it shows: the criterion met, or not met. */
  shows: z.enum(['good', 'bad']),
  sha256,
});

const SampleView = SampleFields.extend({ id: z.string() });

export const listSamples = endpoint({
  id: 'catalog.listSamples',
  method: 'GET',
  path: '/api/v1/catalog/parts/:partId/criterion-samples',
  title: text('判据样图', 'Sample pictures of the criteria'),
  access: perm('catalog.part:read'),
  params: partParams,
  response: z.object({ items: z.array(SampleView) }),
});

export const addSample = endpoint({
  id: 'catalog.addSample',
  method: 'POST',
  path: '/api/v1/catalog/parts/:partId/criterion-samples',
  title: text('添加判据样图', 'Add a sample picture to a criterion'),
  access: perm('catalog.programme:edit'),
  params: partParams,
  body: SampleFields,
  response: SampleView,
  status: 201,
});

export const removeSample = endpoint({
  id: 'catalog.removeSample',
  method: 'DELETE',
  path: '/api/v1/catalog/criterion-samples/:sampleId',
  title: text('删除判据样图', 'Remove a sample picture'),
  access: perm('catalog.programme:edit'),
  params: z.object({ sampleId: id('sample') }),
  response: z.object({ id: z.string() }),
});
