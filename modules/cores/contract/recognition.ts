/** What a photo shows, told by the organisation's own confirmed photos. */
import { endpoint } from '@zaizao/platform/contract';
import { sha256 } from '@zaizao/platform/files/contract';
import { defineErrors, text } from '@zaizao/platform/kernel';
import { z } from 'zod';
import { bilingual, PartRef } from './core.ts';
import { corePermissions } from './permissions.ts';

export const recognitionErrors = defineErrors({
  RECOGNITION_UNASKED: {
    status: 404,
    ...text('还没有识别这张照片。', 'Nobody has asked about this photo yet.'),
  },
  RECOGNITION_UNREADABLE: {
    status: 422,
    ...text('照片无法读取，请重新拍摄。', 'The photo cannot be read: take it again.'),
  },
});

/** What a photo may show, by the organisation's own confirmed photos; a person decides. */
export const RecognitionView = z.object({
  photo: z.string(),
  /** Being looked at; confidence enough; not enough; or too few confirmed photos to say anything. */
  state: z.enum(['working', 'sure', 'not-sure', 'too-few']),
  jobId: z.string(),
  /** What it is founded on: confirmed photos, and how many of those were told rightly by the others. */
  founded: z
    .object({
      photos: z.number().int(),
      cores: z.number().int(),
      families: z.number().int(),
      tried: z.number().int(),
      right: z.number().int(),
    })
    .optional(),
  proposals: z.array(
    z.object({
      family: z.object({ code: z.string(), name: bilingual }),
      /** How often guesses as strong were right on photos held out. */
      confidence: z.number(),
      similarity: z.number(),
      parts: z.array(PartRef),
    }),
  ),
});

const photoParams = z.object({ photo: sha256 });

export const recognisePhoto = endpoint({
  id: 'cores.recognisePhoto',
  method: 'POST',
  path: '/api/v1/cores/recognitions',
  title: text('按照片识别旧件', 'Ask what a photo shows'),
  access: corePermissions('cores.core:receive'),
  body: photoParams,
  response: RecognitionView,
  status: 202,
});

export const getRecognition = endpoint({
  id: 'cores.getRecognition',
  method: 'GET',
  path: '/api/v1/cores/recognitions/:photo',
  title: text('查看识别结果', 'See what a photo shows'),
  access: corePermissions('cores.core:receive'),
  params: photoParams,
  response: RecognitionView,
});
