import { type Module, route } from '../http/index.ts';
import { err } from '../kernel/index.ts';
import { fileErrors, getFile, uploadFile } from './contract.ts';
import { readStored, requireFile, storeFile } from './files.ts';

export { adoptFile, readStored, requireFile, type StoredFile, storeFile } from './files.ts';

const FOREVER = 31_536_000; // seconds: an address that names its content never changes

export const filesModule: Module = {
  name: 'files',
  routes: [
    route(uploadFile, (ctx, { file }) =>
      file ? storeFile(ctx, file.bytes, file.name) : Promise.resolve(err(fileErrors.FILE_EMPTY())),
    ),
    route(getFile, async (ctx, { params }) => {
      const row = await requireFile(ctx, params.sha256);
      if (!row.ok) return row;
      const body = await readStored(ctx.app, params.sha256);
      if (!body) return err(fileErrors.FILE_NOT_FOUND());
      const headers = { 'cache-control': `private, max-age=${FOREVER}, immutable` };
      const { mediaType, name } = row.value;
      return { ok: true, value: { mediaType, body, fileName: name, headers } };
    }),
  ],
};
