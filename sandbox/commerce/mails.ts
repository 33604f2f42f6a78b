import type { Shop } from './shop';

/** Counts a mail that Magento would have sent. The sandbox sends none. */
export const countMail = (shop: Shop): void => {
  shop.next('mails');
};

/** Mails sent so far. */
export const mailsSent = (shop: Shop): number => shop.last('mails');
