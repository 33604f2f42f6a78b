export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly align?: 'right';
}

/** Columns as wide as their longest cell; a column without any content is left out. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const filled = columns
    .map((column) => ({ ...column, cells: rows.map((row) => plain(column.value(row))) }))
    .filter(({ cells }) => cells.some(Boolean));
  const lineOf = (cell: (column: (typeof filled)[number]) => string) =>
    filled
      .map((column) => {
        const blanks = ' '.repeat(
          Math.max(...[column.title, ...column.cells].map(width)) - width(cell(column)),
        );
        return column.align === 'right' ? blanks + cell(column) : cell(column) + blanks;
      })
      .join('  ')
      .trimEnd();
  return [
    lineOf(({ title }) => title),
    ...rows.map((_, index) => lineOf(({ cells }) => cells[index] ?? '')),
  ].join('\n');
}

/** In places of a terminal: East Asian characters take two. */
function width(text: string): number {
  const wide = text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\uFF01-\uFF60]/gu) ?? [];
  return [...text.normalize('NFC')].length + wide.length;
}

/** Names and notes come from outside: no control or formatting character of theirs reaches the terminal. */
export function plain(text: string): string {
  return text.replace(/[\p{C}\u2028\u2029]+/gu, ' ');
}
