import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import decodeJpeg, { init as initJpeg } from '@jsquash/jpeg/decode.js';
import decodePng, { init as initPng } from '@jsquash/png/decode.js';
import decodeWebp, { init as initWebp } from '@jsquash/webp/decode.js';
import type { Image } from '@zaizao/vision';

const require = createRequire(import.meta.url);
const wasm = async (path: string) => WebAssembly.compile(await readFile(require.resolve(path)));

interface Format {
  readonly starts: (b: Uint8Array) => boolean;
  readonly init: () => Promise<unknown>;
  readonly decode: (b: ArrayBuffer) => Promise<Image | null>;
}

/** The picture formats that the product keeps; each decoder is compiled when its first picture comes. */
const FORMATS: readonly Format[] = [
  {
    starts: (b) => b[0] === 0xff && b[1] === 0xd8,
    init: async () => initJpeg(await wasm('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm')),
    decode: decodeJpeg,
  },
  {
    starts: (b) => b[0] === 0x89 && b[1] === 0x50,
    init: async () => initPng(await wasm('@jsquash/png/codec/pkg/squoosh_png_bg.wasm')),
    decode: decodePng,
  },
  {
    starts: (b) => b[8] === 0x57 && b[9] === 0x45,
    init: async () => initWebp(await wasm('@jsquash/webp/codec/dec/webp_dec.wasm')),
    decode: decodeWebp,
  },
];

const ready = new Map<Format, Promise<unknown>>();

/** The pixels of a JPEG, PNG or WebP; throws on what is none of them or broken. */
export async function decode(bytes: Uint8Array): Promise<Image> {
  const format = FORMATS.find((f) => f.starts(bytes));
  if (!format) throw new Error('not a picture');
  const started = ready.get(format) ?? format.init();
  ready.set(format, started);
  await started;
  const image = await format.decode(new Uint8Array(bytes).buffer);
  if (!image) throw new Error('a broken picture');
  return image;
}
