import { readFile } from 'node:fs/promises';

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', '没有这个文件 / there is no such file'],
  ['EISDIR', '这是一个文件夹，不是文件 / this is a folder, not a file'],
  ['EACCES', '没有读取权限 / it may not be read'],
  ['ERR_FS_FILE_TOO_LARGE', '文件太大 / the file is too large'],
  ['ERR_STRING_TOO_LONG', '文件太大 / the file is too large'],
]);

/**
 * The text of a file that somebody named, as it is.
 *
 * @throws Error with a sentence that names the file and says why it cannot be read
 */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    // Text beyond what one string holds comes as a plain error of the decoder.
    const isLong = error instanceof Error && error.message === 'Invalid string length';
    const reason = REASONS.get(isLong ? 'ERR_STRING_TOO_LONG' : code);
    if (reason === undefined) throw error;
    throw new Error(`${file}: ${reason}`);
  }
}
