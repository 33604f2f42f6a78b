/** How far an order is on its way to the ERP. */
export interface HandOff {
  /**
   * - `open`: not submitted
   * - `submitted`: the ERP has it and has not decided
   * - `accepted`, `rejected`, `cancelled`: the ERP's word
   * - `missed`: a parcel left before it was accepted, so it is not submitted by itself any more
   * - `none`: the order goes to no ERP
   */
  stage: 'open' | 'submitted' | 'accepted' | 'rejected' | 'cancelled' | 'missed' | 'none';
  /** 1, and one more for each time that the operator hands it over again. */
  revision: number;
  erpOrderNumber?: string;
  /** The ERP that the order was submitted to, from the first attempt on: it may have the order, whatever it answered. */
  erp?: string;
  /** At the operator's word, so that the rest goes there although something has left. */
  again?: true;
  /** A submission is on its way at this moment. */
  underWay?: true;
  /** How often it was asked to stop, each time for a reason of its own. */
  stops?: number;
  /** It was asked to stop because Amazon has cancelled the order, and its first answer was heard. */
  cancelTold?: true;
  /** It was asked to stop and has not answered. */
  stopAsked?: true;
  /** Why the ERP does not stop, in answer to the latest request. */
  stopRefused?: string;
}
