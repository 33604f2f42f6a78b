/** One line of a database table, by column name. An absent column is null. */
export type Row = Record<string, string | number | null>;

/** Magento keeps four decimals of amounts and quantities. */
export const round4 = (value: number): number => Math.round((value + Number.EPSILON) * 1e4) / 1e4;

export const number = (row: Row, column: string): number => Number(row[column] ?? 0);

export const text = (row: Row, column: string): string | null => {
  const value = row[column];
  return value === undefined || value === null ? null : String(value);
};

export function increase(row: Row, column: string, by: number): void {
  row[column] = round4(number(row, column) + by);
}

/** Increases an amount in the order's currency and its `base_` twin by their own parts. */
export function increaseBoth(row: Row, column: string, by: number, baseBy: number): void {
  increase(row, column, by);
  increase(row, `base_${column}`, baseBy);
}
