import type { DataType } from './input';
import type { JsonObject } from './json';
import { type Row, round4 } from './row';

// Column widths of Magento_Sales' tables; strings are varchar(255) where nothing else is said.
const widths: Readonly<Record<string, number>> = {
  increment_id: 50,
  ext_order_id: 32,
  ext_customer_id: 32,
  state: 32,
  status: 32,
  customer_email: 128,
  customer_firstname: 128,
  customer_lastname: 128,
  po_number: 32,
  method: 128,
  cc_last4: 100,
  country_id: 2,
  comment: 65535,
  additional_information: 65535,
  customer_note: 65535,
};

/** The simple values of an input object as a table line. Lists of strings are joined or written as JSON. */
export function rowFrom(input: JsonObject, type: DataType): Row {
  const row: Row = {};
  for (const [name, value] of Object.entries(input)) {
    const fieldType = type.fields[name];
    if (fieldType === 'string[]') {
      row[name] = Array.isArray(value) && name === 'street' ? value.join('\n') : JSON.stringify(value);
    } else if (typeof value === 'boolean') {
      row[name] = Number(value);
    } else if (value === null || typeof value === 'string' || typeof value === 'number') {
      row[name] = value;
    }
  }
  return row;
}

/** Each 4-byte character takes four bytes of a 3-byte column, and comes out as four question marks. */
const threeByteOnly = (value: string) => value.replace(/[\u{10000}-\u{10FFFF}]/gu, '????');

/**
 * What the database keeps of a line: strings are cut without a word, empty ones are null, decimals have four
 * places. Measured on 2.4.6.
 */
export function stored(row: Row): Row {
  const kept: Row = {};
  for (const [name, value] of Object.entries(row)) {
    if (value === null) kept[name] = null;
    else if (typeof value === 'number') kept[name] = round4(value);
    else kept[name] = threeByteOnly(value).slice(0, widths[name] ?? 255) || null;
  }
  return kept;
}

/** The fields of an interface that a line has a value for; `required` ones are shown even as null. */
export function viewRow(row: Row, type: DataType, required: readonly string[] = []): JsonObject {
  const view: JsonObject = {};
  for (const name of Object.keys(type.fields)) {
    const value = row[name];
    if (value !== undefined && value !== null) view[name] = value;
    else if (required.includes(name)) view[name] = null;
  }
  return view;
}
