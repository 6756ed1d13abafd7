import bwipjs from 'bwip-js';

/** A two-dimensional symbol as its modules, row by row; true is dark. Without quiet zone. */
export interface Modules {
  readonly columns: number;
  readonly rows: number;
  readonly dark: readonly boolean[];
}

function modules(symbology: string, text: string, options: string): Modules {
  const [symbol] = bwipjs.raw(symbology, text, options);
  if (!symbol || !('pixs' in symbol)) throw new Error(`${symbology} gave no modules`);
  return { columns: symbol.pixx, rows: symbol.pixy, dark: symbol.pixs.map((p) => p === 1) };
}

/** A QR code (ISO/IEC 18004), error correction M: 15 % of it may be dirty or scratched. */
export function qrModules(text: string): Modules {
  return modules('qrcode', text, 'eclevel=M');
}

/** A GS1 DataMatrix (ISO/IEC 16022, FNC1 first). @param elements bracketed: `(01)…(21)…` */
export function dataMatrixModules(elements: string): Modules {
  return modules('gs1datamatrix', elements, '');
}

/** The dark modules as rectangles, joined along each row: `[column, row, width]`. */
export function* darkRuns(m: Modules): Generator<readonly [number, number, number]> {
  for (let row = 0; row < m.rows; row++) {
    let start = -1;
    for (let column = 0; column <= m.columns; column++) {
      const isDark = column < m.columns && m.dark[row * m.columns + column] === true;
      if (isDark && start < 0) start = column;
      if (!isDark && start >= 0) {
        yield [start, row, column - start];
        start = -1;
      }
    }
  }
}
