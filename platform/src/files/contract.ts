import { z } from 'zod';
import { definePermissions, endpoint } from '../http/contract.ts';
import { defineErrors, text } from '../kernel/index.ts';

export const fileErrors = defineErrors({
  FILE_NOT_FOUND: { status: 404, ...text('没有此文件。', 'There is no such file.') },
  FILE_TYPE_REFUSED: {
    status: 415,
    ...text(
      '文件内容不是允许的类型（JPEG、PNG、WebP 图片，PDF，Excel，CSV）。请检查文件后重新上传。',
      'The content is not of an allowed type (JPEG, PNG or WebP picture, PDF, Excel, CSV). Check the file and upload it again.',
    ),
  },
  FILE_EMPTY: { status: 400, ...text('文件是空的。', 'The file is empty.') },
  FILE_TOO_LARGE: {
    status: 413,
    ...text(
      '文件超过 {mib} MB，请缩小后上传。',
      'The file is larger than {mib} MB: make it smaller.',
    ),
  },
  PHOTO_REQUIRED: {
    status: 422,
    ...text(
      '照片 {sha256} 不存在或不是图片，请先上传照片。',
      'The photo {sha256} does not exist or is not a picture: upload it first.',
    ),
  },
});

const perm = definePermissions({
  'platform.file:read': text('查看文件', 'See files'),
  'platform.file:upload': text('上传文件', 'Upload files'),
});

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const FileView = z.object({
  sha256,
  mediaType: z.string(),
  size: z.number().int(),
  name: z.string(),
});

export const uploadFile = endpoint({
  id: 'platform.uploadFile',
  method: 'POST',
  path: '/api/v1/files',
  title: text('上传照片或文件', 'Upload a photo or document'),
  access: perm('platform.file:upload'),
  upload: true,
  bodyLimit: 65 * 1024 * 1024,
  response: FileView,
  status: 201,
});

export const getFile = endpoint({
  id: 'platform.getFile',
  method: 'GET',
  path: '/api/v1/files/:sha256',
  title: text('查看文件', 'See a file'),
  access: perm('platform.file:read'),
  params: z.object({ sha256 }),
  binary: 'application/octet-stream',
});
