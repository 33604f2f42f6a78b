import { badRequest } from './errors';
import { type Row, text } from './row';

// Magento\Sales\Model\Order\Address\Validator: the keys that must be there, even if empty. The telephone is
// one of them by default configuration.
const required: Readonly<Record<string, string>> = {
  postcode: 'Zip code',
  lastname: 'Last name',
  street: 'Street',
  city: 'City',
  country_id: 'Country',
  firstname: 'First Name',
  address_type: 'Address Type',
  telephone: 'Phone Number',
};

const validEmail = /^[^\s@<>()[\],;:"]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** 400 with all complaints about an order's address. Names, region and telephone are not looked at. */
export function validateAddress(address: Row): void {
  const complaints = Object.entries(required)
    .filter(([key]) => address[key] === undefined)
    .map(([, label]) => `"${label}" is required. Enter and try again.`);
  if (!validEmail.test(text(address, 'email') ?? '')) complaints.push('Email has a wrong format');
  if (!['billing', 'shipping'].includes(text(address, 'address_type') ?? '')) {
    complaints.push("Address type doesn't match required options");
  }
  if (complaints.length > 0) throw badRequest("We can't save the address:\n%1", [complaints.join('\n')]);
}
