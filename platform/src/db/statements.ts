/**
 * Splits a migration into statements: Citus and prepared statements take one at a time.
 * Knows quotes, dollar quotes and comments; a `;` inside them does not end a statement.
 */
export function statementsOf(sql: string): string[] {
  const out: string[] = [];
  let start = 0;
  let i = 0;
  const push = (end: number) => {
    const statement = sql.slice(start, end).trim();
    if (statement.replace(/--[^\n]*/g, '').trim() !== '') out.push(statement);
    start = end + 1;
  };
  while (i < sql.length) {
    const c = sql[i];
    if (c === "'" || c === '"') i = endOf(sql, c, i + 1);
    else if (sql.startsWith('--', i)) i = endOf(sql, '\n', i + 2);
    else if (sql.startsWith('/*', i)) i = endOf(sql, '*/', i + 2);
    else if (c === '$') {
      const tag = /^\$\w*\$/.exec(sql.slice(i, i + 64))?.[0];
      i = tag ? endOf(sql, tag, i + tag.length) : i + 1;
    } else if (c === ';') push(i++);
    else i++;
  }
  push(sql.length);
  return out;
}

function endOf(sql: string, mark: string, from: number): number {
  const at = sql.indexOf(mark, from);
  return at < 0 ? sql.length : at + mark.length;
}
