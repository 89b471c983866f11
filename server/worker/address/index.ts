/** Door of `address`: where clients come from. */
export { AddressLimit } from './address-limit.ts';
export { forwardedForIn, forwardedForOf, remoteAddressOf } from './request-address.ts';
