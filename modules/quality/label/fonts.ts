import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Noto Sans SC (SIL Open Font License 1.1) as TrueType: PDF and outlines need it so, not as WOFF. */
const FACES = { regular: '400Regular', bold: '700Bold' } as const;
export type Face = keyof typeof FACES;

const read = new Map<Face, Buffer>();

/** The bytes of a face; read once a thread. */
export function fontBytes(face: Face): Buffer {
  const known = read.get(face);
  if (known) return known;
  const name = FACES[face];
  const file = `@expo-google-fonts/noto-sans-sc/${name}/NotoSansSC_${name}.ttf`;
  const bytes = readFileSync(fileURLToPath(import.meta.resolve(file)));
  read.set(face, bytes);
  return bytes;
}
